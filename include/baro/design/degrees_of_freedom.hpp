// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/error.hpp>

#include <limits>
#include <string_view>

namespace baro {

/// How degrees of freedom are counted (stage 1; a PSU counts when it holds a positive weight).
///   domain          PSUs with an answer in the domain − strata they touch
///                   (R survey `degf` after `subset`; default)
///   touched_strata  all PSUs of the strata the domain touches − those strata (Stata)
///   full_design     all PSUs − all strata, whatever the domain (SAS)
///   normal          infinite: intervals use the normal quantile (R `confint(svymean())`)
///   fixed           the number given
class degrees_of_freedom {
 public:
  enum class rule { domain, touched_strata, full_design, normal, fixed };

  static constexpr degrees_of_freedom domain() noexcept { return {rule::domain, 0}; }
  static constexpr degrees_of_freedom touched_strata() noexcept {
    return {rule::touched_strata, 0};
  }
  static constexpr degrees_of_freedom full_design() noexcept { return {rule::full_design, 0}; }
  static constexpr degrees_of_freedom normal() noexcept {
    return {rule::normal, std::numeric_limits<double>::infinity()};
  }
  /// @throws value_error unless value > 0
  static constexpr degrees_of_freedom fixed(double value) {
    if (!(value > 0)) detail::refuse("degrees_of_freedom", "fixed", value, "must be > 0");
    return {rule::fixed, value};
  }

  constexpr degrees_of_freedom() noexcept = default;
  constexpr rule kind() const noexcept { return rule_; }
  constexpr double value() const noexcept { return value_; }

 private:
  constexpr degrees_of_freedom(rule r, double v) noexcept : rule_(r), value_(v) {}
  rule rule_ = rule::domain;
  double value_ = 0;
};

constexpr std::string_view name(degrees_of_freedom d) noexcept {
  switch (d.kind()) {
    case degrees_of_freedom::rule::domain:
      return "domain";
    case degrees_of_freedom::rule::touched_strata:
      return "touched_strata";
    case degrees_of_freedom::rule::full_design:
      return "full_design";
    case degrees_of_freedom::rule::normal:
      return "normal";
    case degrees_of_freedom::rule::fixed:
      return "fixed";
  }
  return "domain";
}

}  // namespace baro
