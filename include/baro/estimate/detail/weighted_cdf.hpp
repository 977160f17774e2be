// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/sum.hpp>
#include <baro/estimate/quantile_rule.hpp>
#include <baro/totals/execution.hpp>
#include <baro/totals/respondents.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
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
      : rows_(rows), how_(how), parts_(domains) {
    place_brackets(p);
    collect();
  }

  /// Σ w of those who answered in domain d; 0 for an empty domain.
  const Real& weight(std::size_t d) const { return parts_[d].weight; }

  /// The quantiles of each (domain, probability) asked for; of domains that are not empty.
  std::vector<Real> at(const std::vector<std::pair<std::size_t, Real>>& wanted,
                       quantile_rule rule) {
    if (rule == quantile_rule::hf7) find_largest();
    std::vector<Real> out(wanted.size());
    bool widened = false;
    const auto decide = [&](bool last) {
      for (std::size_t i = 0; i < wanted.size(); ++i) {
        const auto& [d, p] = wanted[i];
        const std::optional<Real> x = quantile(parts_[d], p, rule);
        if (x) {
          out[i] = *x;
        } else if (!last) {
          parts_[d] = part();
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
  using item = std::pair<Real, Real>;  // an answer and its weight

  /// One domain: the answers from `low` to `high`, and what lies beside them.
  struct part {
    Real low = -std::numeric_limits<Real>::infinity();
    Real high = std::numeric_limits<Real>::infinity();
    bool collected = false, above = false;  ///< above: is an answer higher than `high`?
    Real weight{0}, below{0};               ///< Σ w of all, of those below `low`
    Real largest_weight{0};                 ///< of the largest answer, where a rule wants it
    std::vector<item> items{};
    std::vector<Real> bucket_weight{};
    std::vector<std::size_t> bucket_end{};  ///< bucket → its last item and one
  };
  /// The items around a quantile.
  struct window {
    Real before{0};     ///< Σ w of the answers below the first item
    bool more = false;  ///< are there answers above the last item?
    std::vector<item> items{};
  };

  /// Reads rows, a batch at a time.
  class row_reader {
   public:
    explicit row_reader(const respondents& rows)
        : rows_(rows), y_(batch), w_(batch, Real(1)), domain_(batch, 0), scratch_(batch) {}

    /// Calls use(domain, answer, weight, row of its batch) for the rows from `first` to before
    /// `last` that count.
    template <class F>
    void each(std::size_t first, std::size_t last, F use) {
      const design& who = *rows_.who;
      const answers& column = rows_.variables[0].numbers[0];
      const bool weighted = who.is_weighted(), domains = rows_.has_domains();
      for (; first < last; first += batch) {
        const std::size_t n = std::min(batch, last - first);
        const Real* const y = column.read(first, n, y_.data());
        const Real* const w =
            weighted ? who.weights_column().read(first, n, w_.data()) : w_.data();
        if (domains) rows_.read_domains(first, n, domain_.data(), scratch_.data());
        const std::int32_t* const domain = domain_.data();
        for (std::size_t i = 0; i < n; ++i) {
          const Real answer = y[i], weight = w[i];
          if (!(weight + (answer - answer) > Real(0))) [[unlikely]] {
            if (answer == answer && !(answer - answer == Real(0)))
              refuse("quantile", column.name().empty() ? "answers" : column.name(), first + i,
                     static_cast<double>(answer),
                     "must be finite, or NaN where there is no answer");
            continue;
          }
          if (domain[i] < 0) continue;
          use(static_cast<std::size_t>(domain[i]), answer, weight, i);
        }
      }
    }

   private:
    static constexpr std::size_t batch = 512;
    const respondents& rows_;
    std::vector<Real> y_, w_;
    std::vector<std::int32_t> domain_, scratch_;
  };

  /// Brackets from about n^(2/3) rows; none (all answers are kept) for few rows.
  void place_brackets(const Real& p) {
    const std::size_t n = rows_.who->size();
    if (n < 4096) return;
    const auto step = static_cast<std::size_t>(std::cbrt(static_cast<double>(n)));
    std::vector<std::vector<item>> sample(parts_.size());
    row_reader reader(rows_);
    for (std::size_t i = 0; i < n; i += step)
      reader.each(i, i + 1, [&](std::size_t d, const Real& y, const Real& w, std::size_t) {
        sample[d].emplace_back(y, w);
      });
    for (std::size_t d = 0; d < parts_.size(); ++d) place_bracket(parts_[d], sample[d], p);
  }

  static void place_bracket(part& of, std::vector<item>& sample, const Real& p) {
    using std::sqrt;
    Real all(0), squares(0);
    for (const item& s : sample) {
      all += s.second;
      squares += s.second * s.second;
    }
    if (!(all * all > Real(100) * squares)) return;
    std::sort(sample.begin(), sample.end());
    const Real margin = Real(4) * Real(sqrt(squares)) / all;
    Real sum(0);
    bool begun = false;
    for (const item& s : sample) {
      sum += s.second;
      if (!begun && sum >= (p - margin) * all) {
        begun = true;
        if (p > margin) of.low = s.first;
      }
      if (p + margin < Real(1) && sum >= (p + margin) * all) {
        of.high = s.first;
        return;
      }
    }
  }

  /// What one thread keeps of a domain.
  struct kept {
    std::vector<item> items{};
    bool above = false;
  };

  /// One pass for the parts not yet collected. Rows are summed in stretches that depend on
  /// the number of domains alone, so any number of threads gives the same bits.
  void collect() {
    const std::size_t n = rows_.who->size(), domains = parts_.size();
    const std::size_t stretch = std::bit_ceil(std::max<std::size_t>(16384, 64 * domains));
    const std::size_t stretches = (n + stretch - 1) / stretch;
    const std::size_t workers = std::min(how_.count, stretches);
    std::vector<Real> sums(stretches * domains * 2, Real(0));
    std::vector<std::vector<kept>> found(workers, std::vector<kept>(domains));
    run_together(workers, [&](std::size_t t) {
      row_reader reader(rows_);
      for (std::size_t s = stretches * t / workers; s < stretches * (t + 1) / workers; ++s)
        collect_stretch(reader, s * stretch, std::min(n, (s + 1) * stretch), found[t],
                        sums.data() + s * domains * 2);
    });
    for (std::size_t d = 0; d < domains; ++d) {
      part& of = parts_[d];
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
      fill_buckets(of);
    }
  }

  void collect_stretch(row_reader& reader, std::size_t first, std::size_t last,
                       std::vector<kept>& found, Real* sums) const {
    const std::size_t domains = parts_.size();
    const part* const parts = parts_.data();
    std::vector<Real> lanes(4 * domains * 2, Real(0));
    std::vector<std::pair<std::size_t, item>> room(1024);
    std::size_t in = 0;
    const auto empty_room = [&] {
      for (std::size_t k = 0; k < in; ++k) {
        const auto& [d, inside] = room[k];
        if (!parts[d].collected) found[d].items.push_back(inside);
      }
      in = 0;
    };
    reader.each(first, last, [&](std::size_t d, const Real& y, const Real& w, std::size_t i) {
      const part& of = parts[d];
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

  /// Puts the items in narrow buckets of the answers, so that a quantile sorts only a few.
  static void fill_buckets(part& of) {
    if (of.items.empty()) return;
    const std::size_t buckets = std::clamp<std::size_t>(of.items.size() / 8, 1, 4096);
    const auto [low, high] = std::minmax_element(of.items.begin(), of.items.end());
    const Real least = low->first, width = high->first - least;
    Real scale = Real(static_cast<double>(buckets)) / width;
    if (!(width > Real(0)) || !(scale - scale == Real(0))) scale = Real(0);
    std::vector<std::uint16_t> bucket(of.items.size());
    of.bucket_weight.assign(buckets, Real(0));
    of.bucket_end.assign(buckets, 0);
    for (std::size_t i = 0; i < bucket.size(); ++i) {
      const auto& [y, w] = of.items[i];
      const Real at = scale > Real(0) ? Real((y - least) * scale) : Real(0);  // grows with y
      const std::size_t b =
          std::min(static_cast<std::size_t>(static_cast<double>(at)), buckets - 1);
      bucket[i] = static_cast<std::uint16_t>(b);
      of.bucket_weight[b] += w;
      ++of.bucket_end[b];
    }
    std::exclusive_scan(of.bucket_end.begin(), of.bucket_end.end(), of.bucket_end.begin(),
                        std::size_t{0});
    std::vector<item> sorted(of.items.size());
    for (std::size_t i = 0; i < bucket.size(); ++i)
      sorted[of.bucket_end[bucket[i]]++] = of.items[i];
    of.items = std::move(sorted);
  }

  /// The weight of the largest answer of each domain; of several, of the heaviest.
  void find_largest() {
    std::vector<item> largest(parts_.size(), {-std::numeric_limits<Real>::infinity(), Real(0)});
    row_reader(rows_).each(0, rows_.who->size(),
                           [&](std::size_t d, const Real& y, const Real& w, std::size_t) {
                             if (item(y, w) > largest[d]) largest[d] = item(y, w);
                           });
    for (std::size_t d = 0; d < parts_.size(); ++d)
      parts_[d].largest_weight = largest[d].second;
  }

  /// Rounding in a sum of weights must not hide that C(x) = p W.
  static Real slack(const Real& total) { return total * Real(1e-12); }

  /// The bucket in which p W is reached, with the nearest ones on both sides.
  static window window_of(const part& of, const Real& p, quantile_rule rule) {
    window win;
    const Real target = p * of.weight - slack(of.weight);
    // hf7 counts without the largest answer, which may be heavy: it can lie well below.
    const Real lower =
        rule == quantile_rule::hf7 ? Real(target - p * of.largest_weight) : target;
    compensated_sum<Real> cumulated;
    cumulated.add(of.below);
    std::vector<std::size_t> filled;
    std::vector<Real> before;
    std::size_t at = 0, low = 0;
    bool found = false, found_low = false;
    for (std::size_t b = 0; b < of.bucket_weight.size(); ++b) {
      if (!(of.bucket_weight[b] > Real(0))) continue;
      filled.push_back(b);
      before.push_back(cumulated.value());
      cumulated.add(of.bucket_weight[b]);
      if (!found_low && cumulated.value() >= lower) {
        found_low = true;
        low = filled.size() - 1;
      }
      if (!found && cumulated.value() >= target) {
        found = true;
        at = filled.size() - 1;
      }
    }
    if (filled.empty()) return win;
    if (!found) at = filled.size() - 1;
    if (!found_low) low = at;
    const std::size_t from = low == 0 ? 0 : low - 1, to = std::min(at + 1, filled.size() - 1);
    win.before = before[from];
    win.more = of.above || to + 1 < filled.size();
    const auto begin = of.items.begin();
    const std::size_t first = filled[from] == 0 ? 0 : of.bucket_end[filled[from] - 1];
    win.items.assign(begin + static_cast<std::ptrdiff_t>(first),
                     begin + static_cast<std::ptrdiff_t>(of.bucket_end[filled[to]]));
    std::sort(win.items.begin(), win.items.end());
    return win;
  }

  /// Nothing when answers outside the bracket would have a say.
  static std::optional<Real> quantile(const part& of, const Real& p, quantile_rule rule) {
    const window win = window_of(of, p, rule);
    const auto& items = win.items;
    if (items.empty()) return std::nullopt;
    const bool less = win.before > Real(0);
    const Real total = of.weight, slack_ = slack(total);
    Real c = win.before;
    if (rule == quantile_rule::hf1 || rule == quantile_rule::hf2) {
      if (less && !(c < p * total - slack_)) return std::nullopt;
      for (std::size_t k = 0; k < items.size(); ++k) {
        c += items[k].second;
        if (k + 1 < items.size() && items[k + 1].first == items[k].first) continue;
        if (c < p * total - slack_) continue;
        if (rule == quantile_rule::hf1 || c > p * total + slack_) return items[k].first;
        if (k + 1 < items.size()) return Real((items[k].first + items[k + 1].first) / Real(2));
        if (win.more) return std::nullopt;
        return items[k].first;
      }
    } else {
      Real last_p(0), last_x = items.front().first;
      for (std::size_t k = 0; k < items.size(); ++k) {
        const auto& [x, w] = items[k];
        Real at(0);
        if (rule == quantile_rule::hf4) at = (c + w) / total;
        if (rule == quantile_rule::hf5) at = (c + w / Real(2)) / total;
        if (rule == quantile_rule::hf7)
          at = total > of.largest_weight ? c / (total - of.largest_weight) : Real(0);
        c += w;
        if (at >= p) {
          if (k == 0 && less) return std::nullopt;
          if (k == 0 || !(at > last_p)) return x;
          return last_x + (x - last_x) * ((p - last_p) / (at - last_p));
        }
        last_p = at;
        last_x = x;
      }
    }
    if (win.more) return std::nullopt;
    return items.back().first;
  }

  const respondents& rows_;
  threads how_;
  std::vector<part> parts_;
};

}  // namespace baro::detail
