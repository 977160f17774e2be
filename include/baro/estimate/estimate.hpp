// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/error.hpp>
#include <baro/core/status.hpp>
#include <baro/estimate/label.hpp>

#include <Eigen/Core>

#include <cmath>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace baro {

/// The answers a figure stands on.
template <class Real = double>
struct bases {
  Real n{};            ///< respondents with an answer and a positive weight in the domain
  Real count{};        ///< of those, how many hold the level (shares only; unweighted)
  Real sum_weights{};  ///< Σ w over the n respondents
  Real effective_n{};  ///< Kish: (Σ w)² / Σ w²
};

/// Everything about one entry of an estimate but its value and covariance.
template <class Real = double>
struct entry {
  baro::label label{};
  baro::bases<Real> bases{};
  Real df = std::numeric_limits<Real>::infinity();     ///< infinite: normal
  Real deff = std::numeric_limits<Real>::quiet_NaN();  ///< V / V of a simple random sample of
                                                       ///< the same n, with replacement
  Real deff_without = std::numeric_limits<Real>::quiet_NaN();  ///< the same, without
                                                               ///< replacement from Σ w units
  baro::status status = baro::status::ok;
};

/// One figure taken out of an estimate: what an interval method sees.
template <class Real = double>
struct figure {
  Real value{};
  Real standard_error{};
  Real df = std::numeric_limits<Real>::infinity();
  Real deff = std::numeric_limits<Real>::quiet_NaN();
  baro::bases<Real> bases{};
  baro::statistic statistic = baro::statistic::mean;
  baro::status status = baro::status::ok;
};

/// The currency of the library: k figures with their joint covariance. Where they came from
/// (answers, replicates, a press release) does not matter downstream.
///   value       k × 1
///   covariance  k × k, symmetric; the square root of the diagonal is the standard error
///   entries     k: label, bases, degrees of freedom, design effect, status
/// An entry whose status has no value holds NaN in `value` and in its row of `covariance`.
template <class Real = double>
class estimate {
 public:
  using vector = Eigen::Matrix<Real, Eigen::Dynamic, 1>;
  using matrix = Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic>;

  estimate() = default;
  /// @throws size_error when the three do not have the same number of entries
  estimate(vector value, matrix covariance, std::vector<baro::entry<Real>> entries)
      : value_(std::move(value)),
        covariance_(std::move(covariance)),
        entries_(std::move(entries)) {
    const auto k = static_cast<std::size_t>(value_.size());
    detail::check_size("estimate", "covariance (rows)",
                       static_cast<std::size_t>(covariance_.rows()), k);
    detail::check_size("estimate", "covariance (columns)",
                       static_cast<std::size_t>(covariance_.cols()), k);
    detail::check_size("estimate", "entries", entries_.size(), k);
  }

  std::size_t size() const noexcept { return entries_.size(); }
  bool empty() const noexcept { return entries_.empty(); }

  const vector& value() const& noexcept { return value_; }
  const matrix& covariance() const& noexcept { return covariance_; }
  const std::vector<baro::entry<Real>>& entries() const& noexcept { return entries_; }
  // Of an estimate that is about to go, by value: `const auto& v = mean(d, y).value();` lives.
  vector value() && noexcept { return std::move(value_); }
  matrix covariance() && noexcept { return std::move(covariance_); }
  std::vector<baro::entry<Real>> entries() && noexcept { return std::move(entries_); }

  Real value(std::size_t i) const& { return value_(at(i)); }
  Real variance(std::size_t i) const { return covariance_(at(i), at(i)); }
  Real covariance(std::size_t i, std::size_t j) const& { return covariance_(at(i), at(j)); }
  Real standard_error(std::size_t i) const {
    using std::sqrt;
    return sqrt(variance(i));
  }
  const baro::entry<Real>& entry(std::size_t i) const& {
    at(i);
    return entries_[i];
  }
  baro::entry<Real> entry(std::size_t i) && {
    at(i);
    return std::move(entries_[i]);
  }
  baro::figure<Real> figure(std::size_t i) const {
    const auto& e = entry(i);
    return {value(i), standard_error(i), e.df, e.deff, e.bases, e.label.statistic, e.status};
  }

  /// Where the entry of one level is, of all domains or of one. A mean has the level "".
  /// @param domain one level per break, in the order of the breaks; empty: any
  /// @throws value_error no entry, or several; the message lists those there are
  std::size_t index_of(std::string_view level,
                       const std::vector<std::string>& domain = {}) const {
    std::size_t found = size(), times = 0;
    for (std::size_t i = 0; i < size(); ++i) {
      const label& l = entries_[i].label;
      if (l.level == level && (domain.empty() || l.domain == domain) && times++ == 0) found = i;
    }
    if (times != 1) refuse_level(level, domain, times);
    return found;
  }
  /// The figure of one level: `share(d, member).figure_of("yes")`.
  baro::figure<Real> figure_of(std::string_view level,
                               const std::vector<std::string>& domain = {}) const {
    return figure(index_of(level, domain));
  }

  /// The entries named, in the order named, with their joint covariance.
  estimate slice(std::span<const std::size_t> which) const {
    const auto k = static_cast<Eigen::Index>(which.size());
    vector v(k);
    matrix c(k, k);
    std::vector<baro::entry<Real>> e;
    e.reserve(which.size());
    for (Eigen::Index i = 0; i < k; ++i) {
      const auto a = at(which[static_cast<std::size_t>(i)]);
      v(i) = value_(a);
      for (Eigen::Index j = 0; j < k; ++j)
        c(i, j) = covariance_(a, at(which[static_cast<std::size_t>(j)]));
      e.push_back(entries_[static_cast<std::size_t>(a)]);
    }
    return estimate(std::move(v), std::move(c), std::move(e));
  }

 private:
  Eigen::Index at(std::size_t i) const {
    if (i >= entries_.size())
      detail::refuse("estimate", "entry", i,
                     "must be below the " + std::to_string(entries_.size()) + " entries");
    return static_cast<Eigen::Index>(i);
  }

  [[noreturn]] void refuse_level(std::string_view level, const std::vector<std::string>& domain,
                                 std::size_t times) const {
    constexpr std::size_t most = 20;
    std::string there;
    for (std::size_t i = 0; i < size() && i < most; ++i)
      there += (i == 0 ? "" : ", ") + text_of(entries_[i].label);
    if (size() > most) there += " and " + std::to_string(size() - most) + " more";
    label wanted;
    wanted.level = level;
    wanted.domain = domain;
    if (times == 0)
      throw value_error("estimate: no entry " + text_of(wanted) + ", must be one of " +
                        (there.empty() ? std::string("none") : there));
    throw value_error("estimate: " + std::to_string(times) + " entries " + text_of(wanted) +
                      ", must be one; name its domain, or ask for its number in " + there);
  }

  /// "'yes'", "'yes' in 'North', 'women'", "income ''".
  static std::string text_of(const label& l) {
    std::string text = l.variable.empty() ? std::string() : l.variable + " ";
    text += detail::text(l.level);
    for (std::size_t b = 0; b < l.domain.size(); ++b)
      text += (b == 0 ? " in " : ", ") + detail::text(l.domain[b]);
    return text;
  }

  vector value_;
  matrix covariance_;
  std::vector<baro::entry<Real>> entries_;
};

/// Two estimates from independent samples, one after the other: covariance block-diagonal.
template <class Real>
estimate<Real> concatenate(const estimate<Real>& a, const estimate<Real>& b) {
  const auto p = a.value().size(), q = b.value().size();
  typename estimate<Real>::vector v(p + q);
  typename estimate<Real>::matrix c = estimate<Real>::matrix::Zero(p + q, p + q);
  v << a.value(), b.value();
  c.topLeftCorner(p, p) = a.covariance();
  c.bottomRightCorner(q, q) = b.covariance();
  auto entries = a.entries();
  entries.insert(entries.end(), b.entries().begin(), b.entries().end());
  return estimate<Real>(std::move(v), std::move(c), std::move(entries));
}

}  // namespace baro
