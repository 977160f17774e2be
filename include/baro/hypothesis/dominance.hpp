// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/confidence_level.hpp>
#include <baro/core/error.hpp>
#include <baro/estimate/estimate.hpp>
#include <baro/hypothesis/detail/joint_normal.hpp>
#include <baro/hypothesis/difference.hpp>

#include <Eigen/Core>

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace baro {

/// First-order stochastic dominance: `a_above` where at no level more of a than of b answer
/// that level or lower, and at some fewer do.
enum class dominance_order { a_above, b_above, neither };

constexpr std::string_view name(dominance_order o) noexcept {
  constexpr std::array<std::string_view, 3> names{"a_above", "b_above", "neither"};
  return names[static_cast<std::size_t>(o)];
}

/// The shares of a and b at a level or lower.
template <class Real = double>
struct cumulative_gap {
  static constexpr Real unknown() { return std::numeric_limits<Real>::quiet_NaN(); }
  std::string level{};
  Real share_a = unknown(), share_b = unknown();
  Real difference = unknown(), standard_error = unknown(), df = unknown();
  Real statistic = unknown();  ///< t
  Real p_value = unknown();    ///< two-sided, adjusted for all levels together
  baro::status status = baro::status::ok;
};

/// Two distributions over ordered levels compared. What cannot be said is NaN, and `status`
/// says why.
template <class Real = double>
struct dominance_result {
  static constexpr Real unknown() { return std::numeric_limits<Real>::quiet_NaN(); }
  std::vector<cumulative_gap<Real>> gaps{};  ///< all levels but the last
  Real largest_gap = unknown();              ///< Kolmogorov–Smirnov: the largest |difference|
  Real largest_gap_p = unknown();
  Real largest_t = unknown();  ///< the largest |t|: levels weighed by what is known of them
  Real largest_t_p = unknown();
  comparison<Real> ordinal{};  ///< value_a P(a > b), value_b P(a < b), difference D
  dominance_order estimated = dominance_order::neither;  ///< of the shares as they are
  dominance_order shown = dominance_order::neither;      ///< beyond chance, see `dominance`
  baro::status status = baro::status::ok;
};

/// The entries of one domain of `share(design, question, by(group))`, lowest level first.
/// @param lowest_to_highest  labels of the levels; none: in the order of the estimate
/// @throws value_error  a level that is not there, or several times
template <class Real>
[[nodiscard]] std::vector<std::size_t> levels_of(
    const estimate<Real>& e, const std::vector<std::string>& domain,
    const std::vector<std::string>& lowest_to_highest = {}) {
  std::vector<std::size_t> out;
  for (const std::string& level : lowest_to_highest) out.push_back(e.index_of(level, domain));
  for (std::size_t i = 0; lowest_to_highest.empty() && i < e.size(); ++i)
    if (e.entry(i).label.domain == domain) out.push_back(i);
  return out;
}

namespace detail {

/// Everything about two sets of entries of one estimate.
template <class Real>
class compared_distributions {
 public:
  using vector = Eigen::Matrix<Real, Eigen::Dynamic, 1>;
  using matrix = Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic>;

  compared_distributions(const estimate<Real>& e, std::span<const std::size_t> a,
                         std::span<const std::size_t> b, comparison_degrees df)
      : both_(e.slice(joined_entries(a, b))), levels_(a.size()), df_(df) {
    check_size("dominance", "b", b.size(), a.size());
    for (std::size_t i = 0; i < both_.size(); ++i) {
      const status s = both_.entry(i).status;
      if (s != status::ok && s != status::no_degrees && out_.status == status::ok)
        out_.status = s;
    }
    if (levels_ < 2 && out_.status == status::ok) out_.status = status::undefined;
    if (out_.status != status::ok) return;
    for (const std::size_t from : {std::size_t{0}, levels_}) check_sum(from);
  }

  dominance_result<Real> result(confidence_level level) {
    out_.ordinal.status = out_.ordinal.limits.status = out_.status;
    if (out_.status != status::ok) return std::move(out_);
    compare_levels();
    simultaneous();
    ordinal(level);
    order(level);
    return std::move(out_);
  }

 private:
  static std::vector<std::size_t> joined_entries(std::span<const std::size_t> a,
                                                 std::span<const std::size_t> b) {
    std::vector<std::size_t> out(a.begin(), a.end());
    out.insert(out.end(), b.begin(), b.end());
    return out;
  }

  void check_sum(std::size_t from) const {
    using std::abs;
    Real sum(0);
    for (std::size_t l = 0; l < levels_; ++l) sum += both_.value(from + l);
    if (!(abs(Real(sum - 1)) <= Real(1e-6)))
      refuse("dominance", from == 0 ? "sum of shares of a" : "sum of shares of b",
             static_cast<double>(sum), "must be 1: every level of one question in one domain");
  }

  /// Degrees of freedom of a figure with that gradient.
  Real degrees(const vector& gradient) const {
    const auto k = static_cast<Eigen::Index>(levels_);
    const vector a = gradient.head(k), b = gradient.tail(k);
    return degrees_together(
        df_, Real(a.dot(both_.covariance().topLeftCorner(k, k) * a)), both_.entry(0).df,
        Real(b.dot(both_.covariance().bottomRightCorner(k, k) * b)), both_.entry(levels_).df);
  }

  void compare_levels() {
    using std::sqrt;
    const auto k = static_cast<Eigen::Index>(levels_);
    matrix sums = matrix::Zero(k - 1, 2 * k);
    for (Eigen::Index l = 0; l + 1 < k; ++l)
      for (Eigen::Index i = 0; i <= l; ++i) {
        sums(l, i) = Real(1);
        sums(l, k + i) = Real(-1);
      }
    covariance_ = sums * both_.covariance() * sums.transpose();
    Real a(0), b(0);
    for (Eigen::Index l = 0; l + 1 < k; ++l) {
      cumulative_gap<Real> g;
      g.level = both_.entry(static_cast<std::size_t>(l)).label.level;
      g.share_a = a += both_.value()(l);
      g.share_b = b += both_.value()(k + l);
      g.difference = a - b;
      g.df = degrees(sums.row(l).transpose());
      const Real v = covariance_(l, l), rounding = std::numeric_limits<Real>::epsilon();
      g.standard_error = sqrt(v > Real(0) ? v : Real(0));
      if (!(v - v == Real(0)))
        g.status = status::undefined;
      else if (!(g.df > Real(0)))
        g.status = status::no_degrees;
      else if (!(g.standard_error > rounding))
        g.status = status::undefined;
      else
        g.statistic = g.difference / g.standard_error;
      out_.gaps.push_back(std::move(g));
    }
  }

  void simultaneous() {
    using std::abs;
    std::vector<std::size_t> told;
    std::vector<Real> df, error;
    for (std::size_t l = 0; l < out_.gaps.size(); ++l) {
      const cumulative_gap<Real>& g = out_.gaps[l];
      const Real gap = abs(Real(g.difference));
      if (!(gap <= out_.largest_gap)) out_.largest_gap = gap;
      if (g.status != status::ok) continue;
      told.push_back(l);
      df.push_back(g.df);
      error.push_back(g.standard_error);
    }
    if (told.empty()) {
      out_.status = out_.gaps.front().status;
      return;
    }
    const t_family<Real> family(covariance_, told, std::move(df));
    for (std::size_t i = 0; i < told.size(); ++i) {
      cumulative_gap<Real>& g = out_.gaps[told[i]];
      g.p_value = family.adjusted(i, g.statistic);
      if (g.p_value >= out_.largest_t_p) continue;  // never true of NaN
      out_.largest_t = abs(Real(g.statistic));
      out_.largest_t_p = g.p_value;
    }
    std::vector<Real> t;
    for (const Real& e : error) t.push_back(out_.largest_gap / e);
    out_.largest_gap_p = family.any_beyond(t);
  }

  /// P(a > b) = Σ p_i Q_{i−1} and P(a < b) = Σ q_i P_{i−1}, P and Q the shares cumulated.
  void ordinal(confidence_level level) {
    const auto k = static_cast<Eigen::Index>(levels_);
    vector value = vector::Zero(2);
    matrix gradient = matrix::Zero(2, 2 * k);
    Real a(0), b(0);
    for (Eigen::Index i = 0; i < k; ++i) {
      const Real p = both_.value()(i), q = both_.value()(k + i);
      value(0) += p * b;
      value(1) += q * a;
      gradient(0, i) = b;
      gradient(1, k + i) = a;
      a += p;
      b += q;
    }
    Real above_a(0), above_b(0);
    for (Eigen::Index i = k; i-- > 0;) {
      gradient(0, k + i) = above_a;
      gradient(1, i) = above_b;
      above_a += both_.value()(i);
      above_b += both_.value()(k + i);
    }
    std::vector<entry<Real>> entries(2);
    for (std::size_t i = 0; i < 2; ++i) {
      entries[i] = both_.entry(i * levels_);
      entries[i].label.level.clear();
      entries[i].label.statistic = statistic::function;
      entries[i].df = degrees((gradient.row(0) - gradient.row(1)).transpose());
      entries[i].status = status::ok;
    }
    const estimate<Real> e(value, gradient * both_.covariance() * gradient.transpose(),
                           std::move(entries));
    out_.ordinal = difference(e, 0, 1, level, comparison_degrees::design());
    out_.ordinal.test = "ordinal_dominance_t";
    out_.ordinal.limits.method = out_.ordinal.test;
  }

  void order(confidence_level level) {
    const auto one_way = [&](auto counts) {
      bool lower = false, higher = false;
      for (const auto& g : out_.gaps) {
        if (!counts(g)) continue;
        lower = lower || g.difference < Real(0);
        higher = higher || g.difference > Real(0);
      }
      if (lower == higher) return dominance_order::neither;
      return lower ? dominance_order::a_above : dominance_order::b_above;
    };
    const Real rounding(16 * std::numeric_limits<Real>::epsilon());
    out_.estimated = one_way(
        [&](const auto& g) { return g.difference > rounding || g.difference < -rounding; });
    const Real alpha(1 - level.value());
    out_.shown = one_way([&](const auto& g) { return g.p_value < alpha; });
  }

  estimate<Real> both_;
  std::size_t levels_;
  comparison_degrees df_;
  matrix covariance_;
  dominance_result<Real> out_;
};

}  // namespace detail

/// Does a answer higher than b? From the shares of all levels of one question in two domains,
/// with their joint covariance:
///   gaps           F_a − F_b at each level but the last, with p-values that hold for all of
///                  them together: P(some |t| of the family is as small in p)
///   largest_gap    Kolmogorov–Smirnov under the design, and largest_t the same of the gaps
///                  over their standard errors
///   ordinal        D = P(a > b) − P(a < b), Somers' d of the answer on the group (Cliff's
///                  delta), by the t test with the variance of the delta method
///   estimated      who is above at every level
///   shown          who is above at the levels whose p-value is below 1 − level, while at none
///                  of those the other is
/// The joint law of the gaps is the normal one of their observed correlations, each t replaced
/// by the normal number with the same tail (a little conservative for the few degrees of
/// freedom of a clustered design). Its probabilities are computed to 5e-4 of themselves or
/// better, and are the same in each run. The classical Kolmogorov–Smirnov p-value is made for
/// answers without ties: from simple random samples with 5 or 11 levels it is 1.2 to 2 times as
/// large.
/// @param a,b  entries of the two domains, lowest level first: `levels_of`
/// @status that of the first share that is not ok; undefined for one level, or where no gap
///         varies; no_degrees. A level at which nothing varies has its own status, and is out
///         of the family
/// @throws size_error   not as many levels of a as of b
/// @throws value_error  shares that do not add up to 1, an entry that is not there
/// @cost   O(k³) normal probabilities for k levels: 25 ms for 5, half a second for 11
/// @see    Agresti (2010), Analysis of Ordinal Categorical Data, 2.1; Cliff (1993),
///         Psychological Bulletin 114:494
/// @checked pairs counted one by one; the jackknife of sampling units; R mvtnorm
template <class Real>
[[nodiscard]] dominance_result<Real> dominance(
    const estimate<Real>& e, std::span<const std::size_t> a, std::span<const std::size_t> b,
    confidence_level level, comparison_degrees df = comparison_degrees::design()) {
  return detail::compared_distributions<Real>(e, a, b, df).result(level);
}

}  // namespace baro
