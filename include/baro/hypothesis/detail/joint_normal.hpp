// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/interval/detail/distributions.hpp>

#include <Eigen/Core>

#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>
#include <vector>

namespace baro::detail {

/// P(|Z_j| >= c_j for some j), Z normal with variances 1 and the correlations given, whose
/// matrix may be singular. Split by the last j that is beyond its limit,
///   Σ_l P(|Z_l| >= c_l, |Z_j| < c_j for j < l),
/// so that small probabilities keep their digits, and each term by Genz (1992, Journal of
/// Computational and Graphical Statistics 1:141): Z_l drawn beyond its limit, the others one
/// after the other within theirs, given those before; the last needs no drawing. The draws are
/// a lattice (square roots of primes, folded), the same in each run: no chance enters.
/// Relative error below 5e-4 for up to 12 figures (below 3e-5 for 4), 1e-10 for one; of
/// differences that determine each other 1e-3 for 10, 5e-3 for 45.
class beyond_limits {
 public:
  explicit beyond_limits(Eigen::MatrixXd correlation) : r_(std::move(correlation)) {}

  double probability(const std::vector<double>& limits) const {
    std::vector<Eigen::Index> active;
    for (std::size_t j = 0; j < limits.size(); ++j) {
      if (!(limits[j] > 0)) return 1;
      if (normal_tail(limits[j]) > 0) active.push_back(static_cast<Eigen::Index>(j));
    }
    double sum = 0;
    for (std::size_t l = 0; l < active.size(); ++l) {
      // From l downwards: neighbours are the most correlated.
      std::vector<Eigen::Index> order;
      for (std::size_t j = l + 1; j-- > 0;) order.push_back(active[j]);
      sum += term(order, limits);
    }
    return sum < 1 ? sum : 1;
  }

 private:
  static constexpr std::size_t points = 4096;
  static constexpr double fixed_below = 1e-7;  ///< a standard deviation that is only rounding

  /// P(|Z_first| beyond its limit, the others within).
  double term(const std::vector<Eigen::Index>& order, const std::vector<double>& limits) const {
    const auto d = static_cast<Eigen::Index>(order.size());
    const auto limit = [&](Eigen::Index j) {
      return limits[static_cast<std::size_t>(order[static_cast<std::size_t>(j)])];
    };
    const double tail = normal_tail(limit(0));
    if (d == 1) return 2 * tail;
    const Eigen::MatrixXd factor = lower_factor(order);
    const std::vector<double> step = steps(order.size() - 1);
    std::vector<double> z(order.size());
    double sum = 0;
    for (std::size_t k = 0; k < points; ++k) {
      const auto u = [&](Eigen::Index j) {
        const double x = (static_cast<double>(k) + 0.5) * step[static_cast<std::size_t>(j)];
        return std::abs(2 * (x - std::floor(x)) - 1);
      };
      // Both tails of the first are alike.
      z[0] = normal_quantile_above(tail * inside(u(0)));
      double weight = 1;
      for (Eigen::Index j = 1; j < d && weight > 0; ++j) {
        double mean = 0;
        for (Eigen::Index i = 0; i < j; ++i)
          mean += factor(j, i) * z[static_cast<std::size_t>(i)];
        const double deviation = factor(j, j), c = limit(j);
        if (deviation == 0) {
          if (!(std::abs(mean) < c)) weight = 0;
          z[static_cast<std::size_t>(j)] = 0;
          continue;
        }
        // Turned to where the middle of the interval is above 0: no digits are lost.
        const double sign = mean > 0 ? -1 : 1;
        const double low = normal_tail((c + std::abs(mean)) / deviation);
        const double high = normal_tail((std::abs(mean) - c) / deviation);
        weight *= high - low;
        if (j + 1 < d && weight > 0)
          z[static_cast<std::size_t>(j)] =
              sign * normal_quantile_above(inside(low + u(j) * (high - low)));
      }
      sum += weight;
    }
    return 2 * tail * sum / static_cast<double>(points);
  }

  static double inside(double u) {
    constexpr double least = std::numeric_limits<double>::min(), most = 1 - 1e-16;
    return u < least ? least : u < most ? u : most;
  }

  /// √2, √3, √5, …: as many as there are drawings.
  static std::vector<double> steps(std::size_t count) {
    std::vector<double> out;
    for (std::size_t p = 2; out.size() < count; ++p) {
      bool prime = true;
      for (std::size_t q = 2; q * q <= p; ++q) prime = prime && p % q != 0;
      if (prime) out.push_back(std::sqrt(static_cast<double>(p)));
    }
    return out;
  }

  /// L with L Lᵀ the correlations in that order; a row that follows from the ones before has a
  /// diagonal of 0.
  Eigen::MatrixXd lower_factor(const std::vector<Eigen::Index>& order) const {
    const auto d = static_cast<Eigen::Index>(order.size());
    Eigen::MatrixXd l = Eigen::MatrixXd::Zero(d, d);
    for (Eigen::Index j = 0; j < d; ++j)
      for (Eigen::Index i = 0; i <= j; ++i) {
        double x = r_(order[static_cast<std::size_t>(j)], order[static_cast<std::size_t>(i)]);
        for (Eigen::Index k = 0; k < i; ++k) x -= l(j, k) * l(i, k);
        if (i < j)
          l(j, i) = l(i, i) > 0 ? x / l(i, i) : 0;
        else
          l(j, j) = x > fixed_below * fixed_below ? std::sqrt(x) : 0;
      }
    return l;
  }

  Eigen::MatrixXd r_;
};

/// Some figures tested against 0 together. Each t becomes the normal number with the same tail,
/// and these have the correlations of the figures: a figure alone has its t test.
template <class Real>
class t_family {
 public:
  /// @param covariance  of more figures, of which `which` are the family
  /// @param df          of each of the family
  template <class Matrix>
  t_family(const Matrix& covariance, const std::vector<std::size_t>& which,
           std::vector<Real> df)
      : df_(std::move(df)), law_(correlations(covariance, which)) {}

  /// P(|T_j| >= |t_j| for some j).
  Real any_beyond(const std::vector<Real>& t) const {
    std::vector<double> limits;
    for (std::size_t j = 0; j < t.size(); ++j) limits.push_back(normal_of(df_[j], t[j]));
    return Real(law_.probability(limits));
  }

  /// P(some figure has a p-value as small as t of figure j).
  Real adjusted(std::size_t j, const Real& t) const {
    return Real(law_.probability(std::vector<double>(df_.size(), normal_of(df_[j], t))));
  }

 private:
  static double normal_of(const Real& df, const Real& t) {
    using std::abs;
    const auto tail = static_cast<double>(t_tail(df, Real(abs(t))));
    return tail > 0 ? normal_quantile_above(tail) : std::numeric_limits<double>::infinity();
  }

  template <class Matrix>
  static Eigen::MatrixXd correlations(const Matrix& covariance,
                                      const std::vector<std::size_t>& which) {
    using std::sqrt;
    const auto k = static_cast<Eigen::Index>(which.size());
    Eigen::MatrixXd r(k, k);
    for (Eigen::Index i = 0; i < k; ++i)
      for (Eigen::Index j = 0; j < k; ++j) {
        const auto a = static_cast<Eigen::Index>(which[static_cast<std::size_t>(i)]);
        const auto b = static_cast<Eigen::Index>(which[static_cast<std::size_t>(j)]);
        const Real both = sqrt(Real(covariance(a, a) * covariance(b, b)));
        r(i, j) = i == j ? 1.0 : static_cast<double>(Real(covariance(a, b) / both));
      }
    return r;
  }

  std::vector<Real> df_;
  beyond_limits law_;
};

}  // namespace baro::detail
