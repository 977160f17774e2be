// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/error.hpp>
#include <baro/estimate/tally.hpp>
#include <baro/totals/detail/unit_sums.hpp>
#include <baro/trend/detail/berger_priam.hpp>
#include <baro/trend/detail/first_stage_part.hpp>
#include <baro/trend/detail/level_link.hpp>
#include <baro/trend/detail/link_products.hpp>
#include <baro/trend/detail/linked_covariance.hpp>
#include <baro/trend/detail/linked_units.hpp>
#include <baro/trend/detail/times_of_waves.hpp>
#include <baro/trend/link_rule.hpp>
#include <baro/trend/wave.hpp>
#include <baro/trend/wave_series.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace baro::detail {

/// Makes the series, statistic after statistic.
template <class Real>
class series_maker {
 public:
  series_maker(std::span<const wave<Real>> waves, link_rule rule)
      : waves_(waves),
        rule_(rule),
        times_(times_of(waves)),
        who_(waves),
        linked_(rule != link_rule::independent && !who_.linked_more().empty()),
        levels_(rule == link_rule::pattern || !linked_ ? level_link<Real>::of(waves, who_)
                                                       : std::nullopt) {
    for (const wave<Real>& w : waves_) {
      const auto &first = waves_.front().requests(), &here = w.requests();
      bool same = first.size() == here.size();
      for (std::size_t r = 0; same && r < here.size(); ++r)
        same = first[r].kind == here[r].kind;
      if (!same)
        throw value_error("follow: wave '" + w.name() + "' has other statistics than wave '" +
                          waves_.front().name() + "', must have the same in the same order");
    }
  }

  /// Calls use(series) for each, some statistics at a time.
  template <class Use>
  void each(Use use) const {
    const std::size_t count = waves_.front().requests().size();
    for (std::size_t r = 0; r < count;) {
      std::vector<wave_series<Real>> some;
      std::size_t last = r;
      while (last < count && last - r < most_questions && has_levels_only(last)) ++last;
      if (last > r)
        some_questions(r, last, some);
      else
        one_statistic(last++, some);
      for (auto& series : some) use(std::move(series));
      r = last;
    }
  }

 private:
  static constexpr std::size_t most_together = 16;  // figures of one pass: 128 bytes a unit
  /// Where a figure is in each wave: the number of its entry, or −1.
  using places = std::vector<std::ptrdiff_t>;
  struct asked {
    respondents rows;
    totals_shape shape;
    estimate<Real> figures;
    std::vector<linear_form<Real>> forms;

    void take(const tally<Real>& t) {
      shape = t.sums().shape();
      auto found = t.result_with_forms();
      figures = std::move(found.figures);
      forms = std::move(found.forms);
    }
  };

  asked ask(const wave<Real>& w, std::size_t r) const {
    asked out;
    const request<Real>& q = w.requests()[r];
    const tally<Real> t(w.design(), w.breaks(), w.domain(), w.how(), separately{}, q);
    out.take(t);
    out.rows.who = &w.design();
    out.rows.breaks = w.breaks();
    out.rows.domain = w.domain();
    out.rows.variables = {q.columns};
    return out;
  }

  bool has_levels_only(std::size_t r) const {
    return levels_ && std::all_of(waves_.begin(), waves_.end(), [&](const wave<Real>& w) {
             return levels_->suits(w.requests()[r]);
           });
  }

  static constexpr std::size_t most_questions = 16;  // of one pass over rows

  /// Questions with levels, several at a time, by their sums alone.
  void some_questions(std::size_t first, std::size_t last,
                      std::vector<wave_series<Real>>& out) const {
    using level_sums = typename level_link<Real>::sums;
    const std::size_t count = last - first, waves = waves_.size();
    std::vector<std::vector<const categories*>> columns(waves);
    std::vector<std::vector<level_sums>> sums;
    for (std::size_t t = 0; t < waves; ++t) {
      for (std::size_t r = first; r < last; ++r)
        columns[t].push_back(&*waves_[t].requests()[r].columns.levels);
      sums.push_back(levels_->read(t, columns[t]));
    }
    std::vector<std::vector<std::vector<Real>>> pairs;
    for (std::size_t k = 0; linked_ && k < levels_->pairs(); ++k) {
      const std::size_t a = levels_->first_of_pair(k), b = levels_->second_of_pair(k);
      pairs.push_back(levels_->read_pairs(k, columns[a], columns[b], sums[a], sums[b]));
    }
    for (std::size_t q = 0; q < count; ++q) {
      std::vector<level_sums> of_question;
      std::vector<std::vector<Real>> of_pairs;
      for (std::size_t t = 0; t < waves; ++t) of_question.push_back(std::move(sums[t][q]));
      for (auto& p : pairs) of_pairs.push_back(std::move(p[q]));
      one_question(first + q, of_question, of_pairs, out);
    }
  }

  void one_question(std::size_t r, const std::vector<typename level_link<Real>::sums>& sums,
                    const std::vector<std::vector<Real>>& pairs,
                    std::vector<wave_series<Real>>& out) const {
    std::vector<asked> of_wave(waves_.size());
    for (std::size_t t = 0; t < waves_.size(); ++t) {
      const wave<Real>& w = waves_[t];
      of_wave[t].take(tally<Real>::of_totals(
          [&](const totals_shape& shape) { return levels_->state(t, shape, sums[t]); },
          w.design(), w.breaks(), w.domain(), w.how(), separately{}, w.requests()[r]));
    }
    const std::vector<places> figures = match(of_wave);
    typename level_link<Real>::workspace work;
    for (std::size_t i = 0; i < figures.size(); ++i) {
      std::vector<const linear_form<Real>*> forms(waves_.size(), nullptr);
      for (std::size_t t = 0; t < waves_.size(); ++t)
        if (figures[i][t] >= 0)
          forms[t] = &of_wave[t].forms[static_cast<std::size_t>(figures[i][t])];
      linked_covariance<Real> linked(who_, entries_of(of_wave, figures, i), times_);
      if (linked_) linked.scale_products(levels_->products(forms, sums, pairs, work), 0, 1);
      out.push_back(std::move(linked).series());
    }
  }

  void one_statistic(std::size_t r, std::vector<wave_series<Real>>& out) const {
    std::vector<asked> of_wave;
    for (const wave<Real>& w : waves_) of_wave.push_back(ask(w, r));
    const std::vector<places> figures = match(of_wave);
    for (std::size_t first = 0; first < figures.size(); first += most_together) {
      const std::size_t count = std::min(most_together, figures.size() - first);
      some_figures(of_wave, std::span(figures).subspan(first, count), out);
    }
  }

  /// The figures of all waves by level and domain, levels first, in the order they are met.
  std::vector<places> match(const std::vector<asked>& of_wave) const {
    std::vector<std::string> levels;
    std::vector<std::vector<std::string>> domains;
    const auto place = [](auto& all, const auto& one) {
      const auto it = std::find(all.begin(), all.end(), one);
      if (it != all.end()) return static_cast<std::size_t>(it - all.begin());
      all.push_back(one);
      return all.size() - 1;
    };
    std::map<std::pair<std::size_t, std::size_t>, places> found;
    for (std::size_t t = 0; t < of_wave.size(); ++t)
      for (std::size_t i = 0; i < of_wave[t].figures.size(); ++i) {
        const label& l = of_wave[t].figures.entry(i).label;
        const std::pair key{place(levels, l.level), place(domains, l.domain)};
        places& p = found[key];
        if (p.empty()) p.assign(of_wave.size(), -1);
        p[t] = static_cast<std::ptrdiff_t>(i);
      }
    std::vector<places> out;
    for (auto& [key, p] : found) out.push_back(std::move(p));
    return out;
  }

  void some_figures(const std::vector<asked>& of_wave, std::span<const places> figures,
                    std::vector<wave_series<Real>>& out) const {
    const std::size_t k = figures.size(), waves = of_wave.size();
    std::vector<std::vector<Real>> z(waves);
    if (linked_)
      for (std::size_t t = 0; t < waves; ++t) z[t] = sums_of(of_wave[t], figures, t);
    std::vector<typename estimate<Real>::matrix> first_stage(waves);
    for (std::size_t t = 0; t < waves && linked_; ++t)
      if (!is_all_first_stage(waves_[t].design(), who_.waves()[t]))
        first_stage[t] = first_stage_part(waves_[t].design(), who_.waves()[t], z[t], k);
    pattern_products<Real> products;
    if (!z.front().empty() && rule_ == link_rule::pattern)
      products = link_products<Real>(who_, z, k).by_pattern();
    else if (!z.front().empty() && rule_ == link_rule::stratum)
      products = link_products<Real>(who_, z, k).by_stratum();
    std::vector<linked_covariance<Real>> linked;
    for (std::size_t i = 0; i < k; ++i) {
      linked.emplace_back(who_, entries_of(of_wave, figures, i), times_);
      for (std::size_t t = 0; t < waves; ++t)
        if (first_stage[t].size() > 0)
          linked[i].link_only(
              t, first_stage[t](static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(i)));
      if (!products.empty()) linked.back().scale_products(products, i, k);
    }
    if (!z.front().empty() && rule_ == link_rule::berger_priam)
      for (std::size_t b = 1; b < waves; ++b)
        for (std::size_t a = 0; a < b; ++a) {
          const auto rho = berger_priam_correlation(who_, a, b, z[a], z[b], k);
          for (std::size_t i = 0; i < k; ++i) linked[i].correlate(a, b, rho[i]);
        }
    for (auto& l : linked) out.push_back(std::move(l).series());
  }

  std::vector<Real> sums_of(const asked& here, std::span<const places> figures,
                            std::size_t t) const {
    std::vector<linear_form<Real>> forms;
    for (const places& p : figures) {
      if (p[t] >= 0) {
        forms.push_back(here.forms[static_cast<std::size_t>(p[t])]);
      } else {  // nobody there
        const std::size_t features = here.shape.variables().front().features();
        forms.push_back({0, 0, std::vector<Real>(features, Real(0))});
      }
    }
    return unit_sums<Real>(here.rows, here.shape, who_.waves()[t].stage, forms);
  }

  /// One figure in all waves, with its variances and nothing beside the diagonal.
  estimate<Real> entries_of(const std::vector<asked>& of_wave, std::span<const places> figures,
                            std::size_t i) const {
    const std::size_t waves = of_wave.size();
    const Real nan = std::numeric_limits<Real>::quiet_NaN();
    typename estimate<Real>::vector value(static_cast<Eigen::Index>(waves));
    typename estimate<Real>::matrix v =
        estimate<Real>::matrix::Zero(value.size(), value.size());
    std::vector<entry<Real>> entries(waves);
    const label* about = nullptr;
    for (std::size_t t = 0; t < waves && about == nullptr; ++t)
      if (figures[i][t] >= 0)
        about = &of_wave[t].figures.entry(static_cast<std::size_t>(figures[i][t])).label;
    for (std::size_t t = 0; t < waves; ++t) {
      const auto at = static_cast<Eigen::Index>(t);
      const estimate<Real>& e = of_wave[t].figures;
      if (figures[i][t] >= 0) {
        const auto from = static_cast<std::size_t>(figures[i][t]);
        value(at) = e.value(from);
        v(at, at) = e.variance(from);
        entries[t] = e.entry(from);
      } else if (const std::ptrdiff_t other = other_level(e, *about); other >= 0) {
        value(at) = Real(0);
        entries[t] = e.entry(static_cast<std::size_t>(other));
        entries[t].bases.count = Real(0);
        entries[t].deff = entries[t].deff_without = nan;
        entries[t].label = *about;
      } else {
        value(at) = v(at, at) = nan;
        entries[t].label = *about;
        entries[t].status = status::empty_domain;
        entries[t].df = Real(0);
      }
      entries[t].label.wave = waves_[t].name();
      if (value(at) == value(at)) continue;
      v.row(at).setConstant(nan);
      v.col(at).setConstant(nan);
    }
    return estimate<Real>(std::move(value), std::move(v), std::move(entries));
  }

  /// Another level of the same share in the same domain, answered by somebody; or −1.
  static std::ptrdiff_t other_level(const estimate<Real>& e, const label& about) {
    if (about.statistic != statistic::share) return -1;
    for (std::size_t i = 0; i < e.size(); ++i)
      if (e.entry(i).label.domain == about.domain &&
          (e.entry(i).status == status::ok || e.entry(i).status == status::no_degrees))
        return static_cast<std::ptrdiff_t>(i);
    return -1;
  }

  std::span<const wave<Real>> waves_;
  link_rule rule_;
  std::vector<double> times_;
  linked_units who_;
  bool linked_;  ///< is there a covariance between waves to look for?
  std::optional<level_link<Real>> levels_;
};

}  // namespace baro::detail
