// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/column.hpp>
#include <baro/core/error.hpp>
#include <baro/design/design.hpp>
#include <baro/estimate/statistic_request.hpp>
#include <baro/totals/execution.hpp>
#include <baro/totals/respondents.hpp>
#include <baro/trend/detail/unit_labels.hpp>

#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace baro {

/// Who is the same from wave to wave, one label per respondent, n × 1, integers or strings:
/// the respondent's own identifier where respondents are the sampling units, that of the PSU
/// where PSUs are drawn (the same areas with new respondents).
struct linked_by {
  detail::unit_labels labels;
  template <label_column C>
  explicit linked_by(const C& column) : labels(detail::unit_labels::of(column)) {}
  template <owning_column C>
  explicit linked_by(const C&&) = delete;
};

/// The place of a wave in time, in the unit slopes are wanted in (2011.5).
struct wave_time {
  double value;
  explicit wave_time(double t) : value(t) {
    if (!(t - t == 0)) detail::refuse("wave_time", "value", t, "must be finite");
  }
};

/// One wave of a barometer: its name, its own design (weights, strata, PSUs, calibration), who
/// can be met again in another wave, and the questions.
///
///   wave("2011", d, linked_by(person), by(region), share_of(categories(q1).named("trust")))
///
/// Columns are seen, not copied.
/// @param words  `linked_by(…)`, `wave_time(…)`, `by(…)`, `where(…)`, `threads(…)` and the
///               statistics, which come in the same order in every wave
/// @throws size_error   a column that is not as long as the design
/// @throws value_error  no name, no statistic
template <class Real = double>
class wave {
 public:
  template <class... Words>
  wave(std::string name, const design& d, const Words&... words)
      : name_(std::move(name)), design_(d) {
    if (name_.empty()) throw value_error("wave: name is empty, must not be");
    (take(words), ...);
    if (requests_.empty()) throw value_error("wave: no statistic is asked for");
    if (link_) detail::check_size("wave", "linked_by", link_->labels.size(), design_.size());
  }

  const std::string& name() const noexcept { return name_; }
  const baro::design& design() const noexcept { return design_; }
  const std::optional<linked_by>& link() const noexcept { return link_; }
  const std::optional<wave_time>& time() const noexcept { return time_; }
  const by& breaks() const noexcept { return breaks_; }
  const where& domain() const noexcept { return domain_; }
  const threads& how() const noexcept { return how_; }
  const std::vector<request<Real>>& requests() const noexcept { return requests_; }

 private:
  void take(const linked_by& l) { link_ = l; }
  void take(const wave_time& t) { time_ = t; }
  void take(const by& b) { breaks_ = b; }
  void take(const where& w) { domain_ = w; }
  void take(const threads& t) { how_ = t; }
  void take(const request<Real>& r) { requests_.push_back(r); }
  void take(const std::vector<request<Real>>& r) {
    requests_.insert(requests_.end(), r.begin(), r.end());
  }

  std::string name_;
  baro::design design_;
  std::optional<linked_by> link_;
  std::optional<wave_time> time_;
  by breaks_;
  where domain_;
  threads how_{1};
  std::vector<request<Real>> requests_;
};

}  // namespace baro
