// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/error.hpp>
#include <baro/estimate/estimate.hpp>

#include <boost/math/special_functions/gamma.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <string_view>
#include <vector>

namespace baro {

/// Exact two-sided tests that two shares of simple random samples are the same.
///   fisher    given how many hold the level in both together: tables not more probable than
///             the one there is (R `fisher.test`). Never above its level, and far below it.
///   mid_p     the same, the probability of tables as probable counted half (Lancaster 1961):
///   at
///             its level on average, and not always below it
///   barnard   over every share the two may have: tables at least as far by the pooled z
///             (Barnard 1945; Suissa and Shuster 1985)
///   boschloo  the same, by Fisher's p-value: never less powerful than it (Boschloo 1970)
enum class exact_test { fisher, mid_p, barnard, boschloo };

constexpr std::string_view name(exact_test t) noexcept {
  constexpr std::array<std::string_view, 4> names{"fisher", "mid_p", "barnard", "boschloo"};
  return names[static_cast<std::size_t>(t)];
}

/// The test of that name.
constexpr std::optional<exact_test> exact_test_by_name(std::string_view text) noexcept {
  for (int t = 0; t <= static_cast<int>(exact_test::boschloo); ++t)
    if (name(static_cast<exact_test>(t)) == text) return static_cast<exact_test>(t);
  return std::nullopt;
}

/// How many of how many, in two samples.
struct two_counts {
  std::size_t count_a = 0, n_a = 0, count_b = 0, n_b = 0;
};

namespace detail {

/// All tables of two samples of n_a and n_b.
template <class Real>
class exact_tables {
 public:
  explicit exact_tables(const two_counts& t) : t_(t) {
    for (std::size_t i = 0; i <= t.n_a; ++i) log_a_.push_back(log_choose(t.n_a, i));
    for (std::size_t j = 0; j <= t.n_b; ++j) log_b_.push_back(log_choose(t.n_b, j));
  }

  /// Fisher's p-value of the table (i, s − i).
  /// @param same  what a table as probable as (i, s − i) counts
  Real fisher(std::size_t i, std::size_t s, const Real& same) const {
    using std::exp;
    const std::size_t first = s > t_.n_b ? s - t_.n_b : 0, last = std::min(s, t_.n_a);
    const Real all = log_choose(t_.n_a + t_.n_b, s), own = log_a_[i] + log_b_[s - i];
    const Real slack(1e-7);  // of R: probabilities that differ by rounding are the same
    Real p(0);
    for (std::size_t k = first; k <= last; ++k) {
      const Real here = log_a_[k] + log_b_[s - k];
      if (here > own + slack) continue;
      p += exp(Real(here - all)) * (here < own - slack ? Real(1) : same);
    }
    return p < Real(1) ? p : Real(1);
  }

  /// The largest probability, whatever the common share, of the tables that are as extreme.
  /// @param extreme  extreme(i, j)
  template <class Extreme>
  Real unconditional(Extreme extreme) const {
    using std::exp, std::log;
    const std::size_t n = t_.n_a + t_.n_b;
    // Tables with s in both are equally probable but for their number, whose logarithm is kept.
    std::vector<Real> log_count(n + 1, -std::numeric_limits<Real>::infinity());
    for (std::size_t s = 0; s <= n; ++s) {
      const std::size_t first = s > t_.n_b ? s - t_.n_b : 0, last = std::min(s, t_.n_a);
      Real sum(0);
      const Real all = log_choose(n, s);
      for (std::size_t i = first; i <= last; ++i)
        if (extreme(i, s - i)) sum += exp(Real(log_a_[i] + log_b_[s - i] - all));
      if (sum > Real(0)) log_count[s] = log(sum) + all;
    }
    const auto at = [&](const Real& share) {
      const Real yes = log(share), no = log(Real(1) - share);
      Real p(0);
      for (std::size_t s = 0; s <= n; ++s)
        if (log_count[s] > -std::numeric_limits<Real>::infinity())
          p += exp(Real(log_count[s] + Real(static_cast<double>(s)) * yes +
                        Real(static_cast<double>(n - s)) * no));
      return p;
    };
    // A polynomial of degree n: a grid finds its hills, and each of the highest is climbed.
    const std::size_t cells = 4 * n + 200;
    const auto share_of = [&](std::size_t k) {
      return Real(static_cast<double>(k)) / Real(static_cast<double>(cells));
    };
    std::vector<Real> height(cells + 1, Real(0));
    for (std::size_t k = 1; k < cells; ++k) height[k] = at(share_of(k));
    Real most(0);
    for (std::size_t k = 1; k < cells; ++k) {
      if (height[k] < height[k - 1] || height[k] < height[k + 1]) continue;
      Real low = share_of(k - 1), high = share_of(k + 1);
      const Real golden(0.38196601125010515);
      for (int step = 0; step < 90; ++step) {
        const Real a = low + golden * (high - low), b = high - golden * (high - low);
        if (at(a) < at(b))
          low = a;
        else
          high = b;
      }
      const Real top = at(Real((low + high) / 2));
      most = std::max({most, top, height[k]});
    }
    return most < Real(1) ? most : Real(1);
  }

  /// The square of the pooled z of the table (i, j).
  Real squared_z(std::size_t i, std::size_t j) const {
    const Real n(static_cast<double>(t_.n_a)), m(static_cast<double>(t_.n_b));
    const Real x(static_cast<double>(i)), y(static_cast<double>(j));
    const Real all = (x + y) * (n + m - x - y);
    const Real gap = x * m - y * n;
    return all > Real(0) ? Real(gap * gap * (n + m) / (all * n * m)) : Real(0);
  }

 private:
  static Real log_choose(std::size_t n, std::size_t k) {
    const auto log_factorial = [](std::size_t x) {
      return Real(boost::math::lgamma(Real(static_cast<double>(x) + 1)));
    };
    return log_factorial(n) - log_factorial(k) - log_factorial(n - k);
  }

  two_counts t_;
  std::vector<Real> log_a_, log_b_;
};

}  // namespace detail

/// The two-sided p-value that the two shares are the same.
/// @throws value_error  a count above its n, or a sample of none
/// @cost   O(n_a + n_b) for fisher and mid_p, O(n_a n_b + (n_a + n_b)²) for barnard, for
///         boschloo O(n_a n_b min(n_a, n_b)) more
/// @checked R fisher.test; scipy barnard_exact; the definition by adding up every table
template <class Real = double>
[[nodiscard]] Real exact_p_value(const two_counts& t, exact_test method) {
  if (t.n_a == 0 || t.n_b == 0)
    detail::refuse("exact_p_value", t.n_a == 0 ? "n_a" : "n_b", std::size_t{0},
                   "must be at least 1");
  if (t.count_a > t.n_a)
    detail::refuse("exact_p_value", "count_a", t.count_a, "must be at most n_a");
  if (t.count_b > t.n_b)
    detail::refuse("exact_p_value", "count_b", t.count_b, "must be at most n_b");
  const detail::exact_tables<Real> tables(t);
  const std::size_t both = t.count_a + t.count_b;
  const Real slack(1e-9);
  switch (method) {
    case exact_test::fisher:
      return tables.fisher(t.count_a, both, Real(1));
    case exact_test::mid_p:
      return tables.fisher(t.count_a, both, Real(0.5));
    case exact_test::barnard: {
      const Real own = tables.squared_z(t.count_a, t.count_b) * (1 - slack);
      return tables.unconditional(
          [&](std::size_t i, std::size_t j) { return tables.squared_z(i, j) >= own; });
    }
    case exact_test::boschloo: {
      const Real own = tables.fisher(t.count_a, both, Real(1)) * (1 + slack);
      return tables.unconditional([&](std::size_t i, std::size_t j) {
        return tables.fisher(i, i + j, Real(1)) <= own;
      });
    }
  }
  return std::numeric_limits<Real>::quiet_NaN();
}

/// The counts behind two shares, where they are counts: nothing for weighted answers.
template <class Real>
[[nodiscard]] std::optional<two_counts> counts_of(const figure<Real>& a,
                                                  const figure<Real>& b) {
  for (const figure<Real>* f : {&a, &b}) {
    const Real gap = f->bases.n - f->bases.effective_n;
    if (f->statistic != statistic::share || f->status == status::empty_domain ||
        !(gap <= 1e-9 * f->bases.n))
      return std::nullopt;
  }
  const auto whole = [](const Real& x) { return static_cast<std::size_t>(x); };
  return two_counts{whole(a.bases.count), whole(a.bases.n), whole(b.bases.count),
                    whole(b.bases.n)};
}

}  // namespace baro
