// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/sum.hpp>
#include <baro/estimate/detail/bracket.hpp>
#include <baro/estimate/detail/quantile_in.hpp>
#include <baro/estimate/detail/row_reader.hpp>
#include <baro/estimate/quantile_rule.hpp>
#include <baro/totals/execution.hpp>
#include <baro/totals/respondents.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

namespace baro::detail {

/// The weighted distribution of one question in each domain, without a sorted copy of it. A
/// sample of the rows brackets the quantile (Floyd and Rivest 1975); one pass adds up the
/// weights below the bracket and keeps the answers within it, which decide. Where they do not
/// (an unlucky sample, an interval that is wider) all answers of the domain are kept instead:
/// what comes out never depends on the sample.
template <class Real>
class weighted_cdf {
 public:
  weighted_cdf(const respondents& rows, std::size_t domains, const Real& p, threads how)
      : rows_(rows), how_(how), brackets_(domains) {
    place_brackets(p);
    collect();
  }

  /// Σ w of those who answered in domain d; 0 for an empty domain.
  const Real& weight(std::size_t d) const { return brackets_[d].weight; }

  /// The quantiles of each (domain, probability) asked for; of domains that are not empty.
  std::vector<Real> at(const std::vector<std::pair<std::size_t, Real>>& wanted,
                       quantile_rule rule) {
    if (rule == quantile_rule::hf7) find_largest();
    std::vector<Real> out(wanted.size());
    bool widened = false;
    const auto decide = [&](bool last) {
      for (std::size_t i = 0; i < wanted.size(); ++i) {
        const auto& [d, p] = wanted[i];
        const std::optional<Real> x = quantile_in<Real>(brackets_[d], p, rule).value();
        if (x) {
          out[i] = *x;
        } else if (!last) {
          brackets_[d] = bracket<Real>();
          widened = true;
        }
      }
    };
    decide(false);
    if (widened) {
      collect();
      if (rule == quantile_rule::hf7) find_largest();
      decide(true);
    }
    return out;
  }

 private:
  using item = weighted_answer<Real>;

  /// Brackets from about n^(2/3) rows; none (all answers are kept) for few rows.
  void place_brackets(const Real& p) {
    const std::size_t n = rows_.who->size();
    if (n < 4096) return;
    const auto step = static_cast<std::size_t>(std::cbrt(static_cast<double>(n)));
    std::vector<std::vector<item>> sample(brackets_.size());
    row_reader<Real> reader(rows_);
    for (std::size_t i = 0; i < n; i += step)
      reader.each(i, i + 1, [&](std::size_t d, const Real& y, const Real& w, std::size_t) {
        sample[d].emplace_back(y, w);
      });
    for (std::size_t d = 0; d < brackets_.size(); ++d)
      brackets_[d].place(std::move(sample[d]), p);
  }

  /// What one thread keeps of a domain.
  struct kept {
    std::vector<item> items{};
    bool above = false;
  };

  /// One pass for the brackets not yet collected. Rows are summed in stretches that depend on
  /// the number of domains alone, so any number of threads gives the same bits.
  void collect() {
    const std::size_t n = rows_.who->size(), domains = brackets_.size();
    const std::size_t stretch = std::bit_ceil(std::max<std::size_t>(16384, 64 * domains));
    const std::size_t stretches = (n + stretch - 1) / stretch;
    const std::size_t workers = std::min(how_.count, stretches);
    std::vector<Real> sums(stretches * domains * 2, Real(0));
    std::vector<std::vector<kept>> found(workers, std::vector<kept>(domains));
    run_together(workers, [&](std::size_t t) {
      row_reader<Real> reader(rows_);
      for (std::size_t s = stretches * t / workers; s < stretches * (t + 1) / workers; ++s)
        collect_stretch(reader, s * stretch, std::min(n, (s + 1) * stretch), found[t],
                        sums.data() + s * domains * 2);
    });
    for (std::size_t d = 0; d < domains; ++d) {
      bracket<Real>& of = brackets_[d];
      if (of.collected) continue;
      of.collected = true;
      compensated_sum<Real> weight, below;
      for (std::size_t s = 0; s < stretches; ++s) {
        weight.add(sums[(s * domains + d) * 2]);
        below.add(sums[(s * domains + d) * 2 + 1]);
      }
      of.weight = weight.value();
      of.below = below.value();
      for (std::size_t t = 0; t < workers; ++t) {
        kept& k = found[t][d];
        of.above = of.above || k.above;
        if (t == 0)
          of.items = std::move(k.items);
        else
          of.items.insert(of.items.end(), k.items.begin(), k.items.end());
      }
      of.fill_buckets();
    }
  }

  void collect_stretch(row_reader<Real>& reader, std::size_t first, std::size_t last,
                       std::vector<kept>& found, Real* sums) const {
    const std::size_t domains = brackets_.size();
    const bracket<Real>* const brackets = brackets_.data();
    std::vector<Real> lanes(4 * domains * 2, Real(0));
    std::vector<std::pair<std::size_t, item>> room(1024);
    std::size_t in = 0;
    const auto empty_room = [&] {
      for (std::size_t k = 0; k < in; ++k) {
        const auto& [d, inside] = room[k];
        if (!brackets[d].collected) found[d].items.push_back(inside);
      }
      in = 0;
    };
    reader.each(first, last, [&](std::size_t d, const Real& y, const Real& w, std::size_t i) {
      const bracket<Real>& of = brackets[d];
      Real* const lane = lanes.data() + ((i & 3) * domains + d) * 2;
      const bool below = y<of.low, above = y> of.high;
      lane[0] += w;
      lane[1] += below ? w : Real(0);
      room[in] = {d, item(y, w)};  // kept if the next row is not put over it
      in += static_cast<std::size_t>(!below & !above);
      found[d].above |= above;
      if (in == room.size()) empty_room();
    });
    empty_room();
    for (std::size_t k = 0; k < lanes.size(); ++k) sums[k % (domains * 2)] += lanes[k];
  }

  /// The weight of the largest answer of each domain; of several, of the heaviest.
  void find_largest() {
    std::vector<item> largest(brackets_.size(),
                              {-std::numeric_limits<Real>::infinity(), Real(0)});
    row_reader<Real>(rows_).each(0, rows_.who->size(),
                                 [&](std::size_t d, const Real& y, const Real& w, std::size_t) {
                                   if (item(y, w) > largest[d]) largest[d] = item(y, w);
                                 });
    for (std::size_t d = 0; d < brackets_.size(); ++d)
      brackets_[d].largest_weight = largest[d].second;
  }

  const respondents& rows_;
  threads how_;
  std::vector<bracket<Real>> brackets_;
};

}  // namespace baro::detail
