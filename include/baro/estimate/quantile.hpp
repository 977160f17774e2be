// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/probability.hpp>
#include <baro/estimate/detail/weighted_cdf.hpp>
#include <baro/estimate/quantile_rule.hpp>
#include <baro/estimate/share.hpp>

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace baro {

/// Quantiles of one question by domain, with what an interval needs: the share of answers at or
/// below each of them, under the design, and the way back from a share to an answer. The design
/// and the columns must still be there when an interval is asked for.
template <class Real = double>
class quantile_estimate {
 public:
  std::size_t size() const noexcept { return value_.size(); }
  Real value(std::size_t i) const { return value_.at(i); }
  /// Label, bases, degrees of freedom and status; `deff` is that of the share below.
  const baro::entry<Real>& entry(std::size_t i) const { return entries_.at(i); }
  /// F̂(q): the share of answers at or below each quantile, with their joint covariance.
  const estimate<Real>& share_below() const noexcept { return below_; }
  baro::probability probability() const noexcept { return probability_; }

  /// The quantiles of other probabilities, by the same rule: (which domain, probability in [0,
  /// 1]).
  std::vector<Real> invert(const std::vector<std::pair<std::size_t, Real>>& wanted) const {
    std::vector<std::pair<std::size_t, Real>> at;
    for (const auto& [i, p] : wanted) at.emplace_back(domain_.at(i), p);
    return cdf_->at(at, rule_);
  }

 private:
  template <class R, class... How>
  friend quantile_estimate<R> quantile(const design&, const answers&, baro::probability,
                                       const How&...);

  baro::probability probability_{0.5};
  quantile_rule rule_ = quantile_rule::hf1;
  std::shared_ptr<detail::respondents> rows_;
  std::shared_ptr<detail::weighted_cdf<Real>> cdf_;
  std::vector<std::size_t> domain_;
  std::vector<Real> value_;
  std::vector<baro::entry<Real>> entries_;
  estimate<Real> below_;
};

namespace detail {

struct quantile_settings {
  by breaks;
  where domain;
  quantile_rule rule = quantile_rule::hf1;
  threads how{1};
  void take(const by& b) { breaks = b; }
  void take(const where& w) { domain = w; }
  void take(quantile_rule r) { rule = r; }
  void take(const threads& t) { how = t; }
};

}  // namespace detail

namespace detail {

/// One byte a row: is the answer at or below the limit of its domain (1) or above it (0)? −1
/// where there is no answer or no domain.
template <class Real>
std::unique_ptr<signed char[]> sides_of(const respondents& rows,
                                        const std::vector<Real>& limits, threads how) {
  constexpr std::size_t batch = 512;
  const std::size_t n = rows.who->size(), batches = (n + batch - 1) / batch;
  const std::size_t workers = std::min(how.count, 1 + n / 16384);
  auto side = std::make_unique_for_overwrite<signed char[]>(n);
  run_together(workers, [&](std::size_t t) {
    std::vector<Real> buffer(batch);
    std::vector<std::int32_t> domain(batch, 0), scratch(batch);
    for (std::size_t b = batches * t / workers; b < batches * (t + 1) / workers; ++b) {
      const std::size_t first = b * batch, count = std::min(batch, n - first);
      const Real* const y = rows.variables[0].numbers[0].read(first, count, buffer.data());
      if (rows.has_domains()) rows.read_domains(first, count, domain.data(), scratch.data());
      for (std::size_t i = 0; i < count; ++i) {
        const Real& limit = limits[domain[i] < 0 ? 0 : static_cast<std::size_t>(domain[i])];
        const bool answered = (y[i] == y[i]) & (domain[i] >= 0);
        side[first + i] = static_cast<signed char>(answered ? int{y[i] <= limit} : -1);
      }
    }
  });
  return side;
}

}  // namespace detail

/// Weighted quantile by domain. Its standard error comes with its interval: see `woodruff`.
/// @param p    probability(0.5) is the median
/// @param how  a `quantile_rule` (default hf1), `by(…)`, `where(…)`, `threads(…)` in any order
/// @status empty_domain  nobody with an answer and a positive weight
/// @cost   three passes of O(n) as a rule; memory for the answers near the quantile and one
///         byte a row
/// @see    Woodruff (1952), JASA 47:635; Francisco and Fuller (1991), Annals of Statistics
/// 19:454
/// @checked R survey svyquantile(), tests/reference/quantiles.csv
template <class Real = double, class... How>
quantile_estimate<Real> quantile(const design& d, const answers& y, probability p,
                                 const How&... how) {
  detail::quantile_settings s;
  (s.take(how), ...);
  quantile_estimate<Real> q;
  q.probability_ = p;
  q.rule_ = s.rule;
  q.rows_ = std::make_shared<detail::respondents>();
  q.rows_->who = &d;
  q.rows_->breaks = s.breaks;
  q.rows_->domain = s.domain;
  q.rows_->variables.push_back({{y}, {}});
  q.rows_->check();
  const std::size_t domains = s.breaks.domains();
  q.cdf_ =
      std::make_shared<detail::weighted_cdf<Real>>(*q.rows_, domains, Real(p.value()), s.how);

  std::vector<std::pair<std::size_t, Real>> wanted;
  for (std::size_t dom = 0; dom < domains; ++dom)
    if (q.cdf_->weight(dom) > Real(0)) wanted.emplace_back(dom, Real(p.value()));
  const std::vector<Real> found = q.cdf_->at(wanted, s.rule);
  std::vector<Real> by_domain(domains, std::numeric_limits<Real>::quiet_NaN());
  for (std::size_t i = 0; i < wanted.size(); ++i) by_domain[wanted[i].first] = found[i];

  const auto side = detail::sides_of(*q.rows_, by_domain, s.how);
  const std::span<const signed char> below(side.get(), d.size());
  const categories sides = categories(below, coded_labels{{"above", "below"}}).named(y.name());
  q.below_ = tabulate<Real>(d, s.breaks, s.domain, s.how, share_of<Real>(sides, {"below"}));
  for (std::size_t i = 0; i < q.below_.size(); ++i) {
    baro::entry<Real> e = q.below_.entry(i);
    std::size_t dom = 0;
    while (s.breaks.labels(dom) != e.label.domain) ++dom;
    e.label.statistic = statistic::quantile;
    e.label.level.clear();
    q.domain_.push_back(dom);
    q.value_.push_back(by_domain[dom]);
    q.entries_.push_back(std::move(e));
  }
  return q;
}

}  // namespace baro
