// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/design/degrees_of_freedom.hpp>
#include <baro/design/single_psu.hpp>
#include <baro/totals/detail/tree_walk.hpp>

#include <cstddef>
#include <optional>
#include <vector>

namespace baro::detail {

/// Counts the degrees of freedom of a variable in a domain by the rule of the design.
template <class Real>
class degrees_of {
 public:
  degrees_of(const tree_walk<Real>& walk, single_psu policy, degrees_of_freedom df)
      : walk_(walk), policy_(policy), df_(df) {}

  /// Degrees of freedom of a variable in a domain, by the design's rule.
  Real operator()(std::size_t variable, std::size_t domain) const {
    return of(variable, domain).degrees;
  }

  /// Is there a stratum, among those the domain touches, whose variance can be told?
  bool estimable(std::size_t variable, std::size_t domain) const {
    return of(variable, domain).estimable;
  }

 private:
  struct answer {
    Real degrees{};
    bool estimable = false;
  };

  /// Counted once for all levels of a question.
  const answer& of(std::size_t variable, std::size_t domain) const {
    const std::size_t at = variable * walk_.domains() + domain;
    if (known_.size() <= at) known_.resize(at + 1);
    if (!known_[at]) {
      std::vector<Real> answered(walk_.tree().stages.front().cells(), Real(0));
      walk_.count_psus(variable, domain, answered);  // PSUs with an answer, by stratum
      known_[at] = {degrees(answered), can_be_told(answered)};
    }
    return *known_[at];
  }

  Real degrees(const std::vector<Real>& answered) const {
    using rule = degrees_of_freedom::rule;
    if (df_.kind() == rule::fixed || df_.kind() == rule::normal) return Real(df_.value());
    Real psus(0), strata(0);
    for (std::size_t c = 0; c < answered.size(); ++c) {
      const bool touched = answered[c] > Real(0);
      if (!touched && df_.kind() != rule::full_design) continue;
      strata += Real(1);
      psus += df_.kind() == rule::domain ? answered[c] : walk_.sampled(0, c);
    }
    return psus - strata;
  }

  bool can_be_told(const std::vector<Real>& answered) const {
    if (policy_ == single_psu::certainty || policy_ == single_psu::center) return true;
    bool any = false;
    for (std::size_t c = 0; c < answered.size(); ++c) {
      if (!(answered[c] > Real(0))) continue;
      any = true;
      const Real units = policy_ == single_psu::average ? answered[c] : walk_.sampled(0, c);
      if (units > Real(1) || walk_.fraction(0, c) >= 1) return true;
    }
    return !any;
  }

  const tree_walk<Real>& walk_;
  single_psu policy_;
  degrees_of_freedom df_;
  mutable std::vector<std::optional<answer>> known_;  // by variable and domain
};

}  // namespace baro::detail
