// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/estimate/estimate.hpp>
#include <baro/estimate/statistic_request.hpp>
#include <baro/totals/covariance.hpp>
#include <baro/totals/degrees.hpp>
#include <baro/totals/execution.hpp>

#include <cstddef>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace baro {

/// Leaves out the covariance between different statistics of one pass (it is NaN), which saves
/// time where each respondent is a sampling unit. Levels and domains of one statistic keep
/// theirs.
struct separately {};

/// A pass over respondents that can go on: one or several statistics by domains, as sums that
/// take further rows, merge with other tallies, travel as bytes, and give an estimate at any
/// time.
///
///   tally<> t(monday, by(region), share_of(q1), mean_of(income));
///   t.add(tuesday, by(region2), share_of(q1_2), mean_of(income2));
///   estimate<> e = t.result();
///
/// Entries are in the order of the statistics, then levels, then domains (combinations that no
/// respondent has are left out).
template <class Real = double>
class tally {
 public:
  /// @param words `by(…)`, `where(…)`, `threads(…)`, `separately{}` and the statistics, which
  ///              come out in the order given
  /// @throws size_error  a column that is not as long as the design
  /// @throws value_error an infinite answer; no statistic
  template <class... Words>
  explicit tally(const design& d, const Words&... words)
      : tally(checked{}, d, setting(words...), 0, true) {}

  /// The same, for rows that begin at another block than the first: one part of a large file.
  template <class... Words>
  static tally part(std::uint64_t first_block, const design& d, const Words&... words) {
    return tally(checked{}, d, setting(words...), first_block, true);
  }

  /// No rows yet, for the bytes of another tally.
  template <class... Words>
  static tally from_bytes(std::span<const std::byte> bytes, const design& d,
                          const Words&... words) {
    tally t(checked{}, d, setting(words...), 0, false);
    t.sums_ = totals<Real>::from_bytes(t.sums_.shape(), bytes);
    return t;
  }

  /// The same of a state that was summed elsewhere.
  /// @param make  the shape of the state → its totals
  template <class Make, class... Words>
  static tally of_totals(const Make& make, const design& d, const Words&... words) {
    tally t(checked{}, d, setting(words...), 0, false);
    t.sums_ = make(t.sums_.shape());
    return t;
  }

  /// Further respondents, with the same statistics in the same order. Their design must be made
  /// with `same_frame`, breaks and questions must have the same levels.
  /// @throws value_error another frame, other levels, other statistics
  template <class... Words>
  void add(const design& d, const Words&... words) {
    add_rows(d, setting(words...));
  }

  /// @throws value_error a tally of other statistics or of another design, or rows twice
  void merge(const tally& other) {
    if (residual_covariance_ || other.residual_covariance_) refuse_parts();
    sums_.merge(other.sums_);
  }

  std::vector<std::byte> to_bytes() const { return sums_.to_bytes(); }
  const totals<Real>& sums() const noexcept { return sums_; }

  /// The figures with their joint covariance.
  estimate<Real> result() const { return result_with_forms().figures; }

  /// The figures, and the linear form of each: what a covariance with something else than these
  /// respondents (another wave) is made of.
  struct figures_with_forms {
    estimate<Real> figures;
    std::vector<linear_form<Real>> forms;
  };
  figures_with_forms result_with_forms() const;

 private:
  struct settings {
    by breaks;
    where domain;
    threads how{1};
    bool joint = true;
    std::vector<request<Real>> requests;

    void take(const by& b) { breaks = b; }
    void take(const where& w) { domain = w; }
    void take(const threads& t) { how = t; }
    void take(separately) { joint = false; }
    void take(const request<Real>& r) { requests.push_back(r); }
    void take(const std::vector<request<Real>>& r) {
      requests.insert(requests.end(), r.begin(), r.end());
    }
  };

  template <class... Words>
  static settings setting(const Words&... words) {
    settings s;
    (s.take(words), ...);
    if (s.requests.empty()) throw value_error("tally: no statistic is asked for");
    return s;
  }

  struct checked {};
  tally(checked, const design& d, settings s, std::uint64_t first_block, bool with_rows);
  void add_rows(const design& d, const settings& more);

  /// The columns belong to the host and may be gone when more rows come.
  void forget_columns() {
    for (request<Real>& r : requests_) {
      r.columns.numbers.clear();
      if (r.columns.levels)
        levels_.push_back(r.columns.levels->labels());
      else
        levels_.emplace_back();
      r.columns.levels.reset();
    }
  }

  static totals_shape shape_of(const frame& tree, const by& breaks,
                               const std::vector<request<Real>>& requests, bool joint) {
    std::vector<variable_shape> variables;
    for (const request<Real>& r : requests) variables.push_back(r.shape);
    return totals_shape(tree, breaks.domains(), std::move(variables), joint);
  }

  static detail::respondents rows_of(const design& d, const settings& s) {
    detail::respondents rows;
    rows.who = &d;
    rows.breaks = s.breaks;
    rows.domain = s.domain;
    for (const request<Real>& r : s.requests) rows.variables.push_back(r.columns);
    return rows;
  }

  void check_same(const settings& more) const {
    const auto fail = [](const std::string& what) {
      throw value_error("tally: " + what +
                        " of the rows added must be those of the first rows");
    };
    if (more.requests.size() != requests_.size()) fail("the statistics");
    if (more.breaks.breaks.size() != breaks_.breaks.size()) fail("the breaks");
    for (std::size_t b = 0; b < breaks_.breaks.size(); ++b)
      if (more.breaks.breaks[b].labels() != breaks_.breaks[b].labels())
        fail("the levels of break " + std::to_string(b + 1));
    for (std::size_t v = 0; v < requests_.size(); ++v) {
      const request<Real>&a = requests_[v], &b = more.requests[v];
      if (a.kind != b.kind || a.shape.columns != b.shape.columns) fail("statistic " + a.name);
      if (b.columns.levels && b.columns.levels->labels() != levels_[v])
        fail("the levels of " + a.name);
    }
  }

  [[noreturn]] static void refuse_parts() {
    throw value_error(
        "tally: calibrated weights belong to all rows together, which must be in one design");
  }

  /// All figures with their forms.
  struct collected {
    std::vector<linear_form<Real>> forms;
    std::vector<detail::linearized<Real>> figures;
    std::vector<entry<Real>> entries;
  };
  collected collect(const detail::reading<Real>& data) const {
    collected all;
    for (std::size_t v = 0; v < requests_.size(); ++v)
      collect(data, v, all.forms, all.figures, all.entries);
    return all;
  }

  void collect(const detail::reading<Real>& data, std::size_t v,
               std::vector<linear_form<Real>>& forms,
               std::vector<detail::linearized<Real>>& figures,
               std::vector<entry<Real>>& entries) const {
    std::vector<std::size_t> domains;
    std::vector<std::vector<detail::linearized<Real>>> by_domain;
    for (std::size_t d = 0; d < breaks_.domains(); ++d) {
      if (count_domains_ && !(data.domain_rows(d) > Real(0))) continue;
      domains.push_back(d);
      by_domain.push_back(requests_[v].figures(data, v, d));
    }
    const std::size_t levels = by_domain.empty() ? 0 : by_domain.front().size();
    for (std::size_t l = 0; l < levels; ++l)
      for (std::size_t i = 0; i < domains.size(); ++i) {
        detail::linearized<Real>& f = by_domain[i][l];
        entry<Real> e;
        e.label = {
            requests_[v].kind, requests_[v].name, f.level, breaks_.labels(domains[i]), {}};
        forms.push_back({v, domains[i], f.coefficients});
        figures.push_back(std::move(f));
        entries.push_back(std::move(e));
      }
  }

  /// Fills in value, bases, degrees of freedom and design effects, and blanks what has no
  /// value.
  static void finish(const detail::degrees_of<Real>& degrees, const linear_form<Real>& form,
                     const detail::linearized<Real>& f, Eigen::Index i,
                     typename estimate<Real>::vector& value,
                     typename estimate<Real>::matrix& cov, entry<Real>& e) {
    const Real nan = std::numeric_limits<Real>::quiet_NaN();
    e.status = f.status;
    e.bases = {f.n, f.count, f.sum_weights,
               f.sum_squared_weights > Real(0)
                   ? Real(f.sum_weights * f.sum_weights / f.sum_squared_weights)
                   : Real(0)};
    e.df = degrees(form.variable, form.domain);
    const auto finite = [](const Real& x) { return x - x == Real(0); };
    if (e.status == status::ok && !(finite(f.value) && finite(cov(i, i))))
      e.status = status::undefined;  // beyond what a Real can hold
    value(i) = e.status == status::ok ? f.value : nan;
    const bool told = e.status == status::ok && degrees.estimable(form.variable, form.domain);
    if (!told) {
      cov.row(i).setConstant(nan);
      cov.col(i).setConstant(nan);
    }
    if (e.status == status::ok && (!told || !(e.df > Real(0)))) e.status = status::no_degrees;
    if (!told || !(f.srs_variance > Real(0))) return;
    e.deff = cov(i, i) / f.srs_variance;
    if (f.sum_weights > f.n) e.deff_without = e.deff / (Real(1) - f.n / f.sum_weights);
  }

  std::shared_ptr<const frame> tree_;
  single_psu policy_;
  degrees_of_freedom df_;
  by breaks_;
  std::vector<request<Real>> requests_;
  std::vector<std::vector<std::string>> levels_;
  bool count_domains_ = false;
  totals<Real> sums_;
  /// Of calibrated weights: it takes the rows a second time.
  std::optional<typename estimate<Real>::matrix> residual_covariance_;
};

// The three below are all that is heavy. They are not in the class, so that a program of many
// files can compile them once: `extern template class baro::tally<double>;`

template <class Real>
tally<Real>::tally(checked, const design& d, settings s, std::uint64_t first_block,
                   bool with_rows)
    : tree_(d.shared_tree()),
      policy_(d.single_psu_policy()),
      df_(d.df_policy()),
      breaks_(std::move(s.breaks)),
      requests_(std::move(s.requests)),
      sums_(shape_of(*tree_, breaks_, requests_, s.joint), first_block) {
  settings views;
  views.breaks = breaks_;
  views.domain = s.domain;
  views.requests = requests_;
  count_domains_ = !breaks_.breaks.empty() && !rows_of(d, views).single_break();
  if (with_rows) {
    detail::respondents rows = rows_of(d, views);
    rows.check();
    detail::add_all(sums_, rows, s.how);
    if (d.weight_chain() != nullptr) {
      if (first_block != 0) refuse_parts();
      const detail::reading<Real> data(*tree_, sums_);
      const detail::tree_walk<Real> walk(*tree_, data);
      auto [forms, figures, entries] = collect(data);
      // An answer far from 0 is a constant and what varies: of the first nothing would be left
      // but its rounding.
      if (!rows.has_domains() &&
          detail::residual_pass<Real>::explains_constants(*d.weight_chain()))
        for (std::size_t i = 0; i < forms.size(); ++i)
          if (requests_[forms[i].variable].shape.what == variable_shape::kind::shifted &&
              figures[i].n == Real(static_cast<double>(d.size())))
            forms[i].coefficients[1] = Real(0);
      residual_covariance_ =
          detail::covariance_of<Real>(walk, policy_, data)
              .of_residuals(detail::residual_pass<Real>(rows, sums_.shape(), forms));
    }
  }
  forget_columns();
}

template <class Real>
void tally<Real>::add_rows(const design& d, const settings& more) {
  if (d.shared_tree() != tree_)
    throw value_error("tally: the design of the rows added must be made with same_frame");
  if (d.weight_chain() != nullptr || residual_covariance_) refuse_parts();
  check_same(more);
  detail::respondents rows = rows_of(d, more);
  rows.check();
  detail::add_all(sums_, rows, more.how);
}

template <class Real>
typename tally<Real>::figures_with_forms tally<Real>::result_with_forms() const {
  const detail::reading<Real> data(*tree_, sums_);
  const detail::tree_walk<Real> walk(*tree_, data);
  const detail::degrees_of<Real> degrees(walk, policy_, df_);
  auto [forms, figures, entries] = collect(data);
  typename estimate<Real>::matrix cov =
      residual_covariance_ ? *residual_covariance_
                           : detail::covariance_of<Real>(walk, policy_, data)(forms);
  typename estimate<Real>::vector value(static_cast<Eigen::Index>(figures.size()));
  for (std::size_t i = 0; i < figures.size(); ++i)
    finish(degrees, forms[i], figures[i], static_cast<Eigen::Index>(i), value, cov, entries[i]);
  return {estimate<Real>(std::move(value), std::move(cov), std::move(entries)),
          std::move(forms)};
}

/// Several statistics in one pass, with their joint covariance:
///   tabulate(d, by(region), share_of(q1), mean_of(income), threads(2))
template <class Real = double, class... Words>
estimate<Real> tabulate(const design& d, const Words&... words) {
  return tally<Real>(d, words...).result();
}

}  // namespace baro
