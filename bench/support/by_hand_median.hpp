// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "by_hand.hpp"

#include <boost/math/distributions/students_t.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

/// Median, Woodruff's 95 % interval and the standard error that follows from it, twice: as one
/// writes it, and as tight as we can.
namespace by_hand {

struct median_figure {
  double value = 0, low = 0, high = 0, standard_error = 0, n = 0, effective_n = 0;
};

struct weighted_answer {
  double y = 0, w = 0;
};

/// The smallest y at which the weights summed in the order of y reach `target`; the answers are
/// put in another order.
template <class Iterator>
double weighted_select(Iterator first, Iterator last, double target) {
  const auto below = [](const auto& a, const auto& b) { return a.y < b.y; };
  while (last - first > 1) {
    const Iterator middle = first + (last - first) / 2;
    std::nth_element(first, middle, last, below);
    double left = 0;
    for (Iterator i = first; i != middle; ++i) left += i->w;
    if (left >= target) {
      last = middle;
    } else {
      target -= left;
      first = middle;
    }
  }
  return first->y;
}

/// How far the limits of the share below lie from one half.
inline double margin_of_half(const coded_units& units, const std::vector<double>& sums,
                             double all, double below) {
  Eigen::MatrixXd u(units.size(), 1);
  for (std::size_t p = 0; p < units.size(); ++p)
    u.data()[p] = (sums[2 * p + 1] - below / all * sums[2 * p]) / all;
  return std::sqrt(covariance_of(units, u)(0, 0));
}

inline double t_quantile(const coded_units& units) {
  const boost::math::students_t law(static_cast<double>(units.size() - units.strata));
  return quantile(complement(law, 0.025));
}

/// Weighted quickselect on pairs (16 bytes a row), then a pass for who is at or below.
inline median_figure median_by_selection(const bench::sample& s, const coded_units& units) {
  const double *const w = s.weight.data(), *const y = s.y.data();
  std::vector<weighted_answer> pairs;
  pairs.reserve(s.size());
  lanes weights, ww;
  for_rows(s.size(), [&](std::size_t i, std::size_t lane) BY_HAND_INLINE {
    if (!(y[i] == y[i])) return;
    pairs.push_back({y[i], w[i]});
    weights.lane[lane] += w[i];
    ww.lane[lane] += w[i] * w[i];
  });
  const double all = weights.sum();
  median_figure out;
  out.value = weighted_select(pairs.begin(), pairs.end(), 0.5 * all);
  std::vector<double> sums(2 * units.size());
  double below = 0;
  for (std::size_t i = 0; i < s.size(); ++i) {
    if (!(y[i] == y[i])) continue;
    const double in = y[i] <= out.value ? w[i] : 0;
    double* const p = &sums[2 * static_cast<std::size_t>(units.leaf[i])];
    p[0] += w[i];
    p[1] += in;
    below += in;
  }
  const double t = t_quantile(units), share = below / all;
  const double margin = t * margin_of_half(units, sums, all, below);
  out.low = weighted_select(pairs.begin(), pairs.end(), (share - margin) * all);
  out.high = weighted_select(pairs.begin(), pairs.end(), (share + margin) * all);
  out.standard_error = (out.high - out.low) / (2 * t);
  out.n = static_cast<double>(pairs.size());
  out.effective_n = all * all / ww.sum();
  return out;
}

struct limits {
  double low = 0, high = 0;
};

/// Limits that hold the middle of the answers, but for very bad luck, from about n^(2/3) of
/// them (Floyd and Rivest 1975).
inline limits bracket(const bench::sample& s) {
  const double n = static_cast<double>(s.size()), wanted = std::ceil(std::cbrt(n * n));
  const std::size_t step = std::max<std::size_t>(1, static_cast<std::size_t>(n / wanted));
  std::vector<weighted_answer> some;
  double all = 0;
  for (std::size_t i = 0; i < s.size(); i += step) {
    if (!(s.y[i] == s.y[i])) continue;
    some.push_back({s.y[i], s.weight[i]});
    all += s.weight[i];
  }
  const double wide = 4 / std::sqrt(static_cast<double>(some.size()));
  return {weighted_select(some.begin(), some.end(), (0.5 - wide) * all),
          weighted_select(some.begin(), some.end(), (0.5 + wide) * all)};
}

/// One pass: weights by PSU, those below a bracket of the median by PSU, and the few rows
/// within the bracket, which decide the rest.
inline median_figure median(const bench::sample& s, const coded_units& units) {
  struct row {
    double y, w;
    std::int32_t leaf;
  };
  constexpr std::size_t block = 1024;
  const limits around = bracket(s);
  const double low = around.low, high = around.high;
  const double *const w = s.weight.data(), *const y = s.y.data();
  const std::int32_t* const leaf = units.leaf.data();
  std::vector<double> sums(2 * units.size());
  std::vector<row> inside(s.size() / 8 + block);
  std::size_t kept = 0;
  lanes ww, n;
  for (std::size_t first = 0; first < s.size(); first += block) {
    if (inside.size() < kept + block) inside.resize(2 * inside.size());
    for_rows(std::min(block, s.size() - first),
             [&, z = sums.data(), in = inside.data()](std::size_t j, std::size_t lane)
                 BY_HAND_INLINE {
                   const std::size_t i = first + j;
                   if (!(y[i] == y[i])) return;
                   double* const p = z + 2 * leaf[i];
                   p[0] += w[i];
                   p[1] += y[i] < low ? w[i] : 0.0;
                   in[kept] = {y[i], w[i], leaf[i]};
                   kept += static_cast<std::size_t>((y[i] >= low) & (y[i] <= high));
                   ww.lane[lane] += w[i] * w[i];
                   n.lane[lane] += 1;
                 });
  }
  inside.resize(kept);
  double all = 0, before = 0, within = 0;
  for (std::size_t p = 0; p < units.size(); ++p) {
    all += sums[2 * p];
    before += sums[2 * p + 1];
  }
  for (const row& r : inside) within += r.w;
  const auto select = [&](double target) {
    return weighted_select(inside.begin(), inside.end(), target - before);
  };
  if (!(before < 0.5 * all && before + within > 0.5 * all))
    return median_by_selection(s, units);
  median_figure out;
  out.value = select(0.5 * all);
  double below = before;
  for (const row& r : inside)
    if (r.y <= out.value) {
      sums[2 * static_cast<std::size_t>(r.leaf) + 1] += r.w;
      below += r.w;
    }
  const double t = t_quantile(units), share = below / all;
  const double margin = t * margin_of_half(units, sums, all, below);
  if (!(before < (share - margin) * all && before + within > (share + margin) * all))
    return median_by_selection(s, units);
  out.low = select((share - margin) * all);
  out.high = select((share + margin) * all);
  out.standard_error = (out.high - out.low) / (2 * t);
  out.n = n.sum();
  out.effective_n = all * all / ww.sum();
  return out;
}

}  // namespace by_hand
