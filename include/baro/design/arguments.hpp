// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/level_coder.hpp>
#include <baro/core/number_view.hpp>
#include <baro/core/population_size.hpp>
#include <baro/core/sampling_fraction.hpp>
#include <baro/weights/calibration.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

/// The words a design is written in: each column is wrapped in what it is, so that a stratum
/// can never be read as a PSU, nor a population size as a sampling fraction.
namespace baro {

/// Number of respondents, for a design that has no column of its own (every weight is 1).
struct rows {
  std::size_t count;
  explicit rows(std::size_t n) : count(n) {}
};

/// Sampling weights, n × 1, each finite and >= 0, on any scale; or those of a calibration,
/// whose steps then enter every variance.
struct weights {
  number_view view;
  std::shared_ptr<const detail::calibration_record> chain{};
  template <number_column C>
  explicit weights(const C& column) : view(column) {}
  template <owning_column C>
  explicit weights(const C&&) = delete;
  /// @throws value_error weights that were not reached, or of which some are negative
  explicit weights(const calibration& c) : view(c.weights()), chain(c.record()) {
    const auto w = c.weights();
    const auto negative = std::count_if(w.begin(), w.end(), [](double x) { return x < 0; });
    if (negative > 0)
      throw value_error("weights: " + std::to_string(negative) +
                        " weights of the calibration are negative, must be >= 0; the raking, "
                        "logit and truncated distances keep them so");
  }
};

namespace detail {

/// A column of labels of any kind, seen without a copy.
struct label_source {
  std::size_t size = 0;
  std::function<level_coder(std::int32_t*)> learn;
  std::function<bool(level_coder&)> learn_table;
  /// The codes of rows `first` … `first + count − 1`.
  std::function<void(const level_coder&, std::size_t first, std::size_t count, std::int32_t*)>
      encode;
  std::function<std::string(std::size_t)> text;

  template <label_column C>
  static label_source of(const C& column) {
    const auto values = as_span(column);
    return {
        values.size(),
        [values](std::int32_t* codes) { return level_coder::learn(values, codes); },
        [values](level_coder& coder) { return coder.learn_table(values); },
        [values](const level_coder& coder, std::size_t first, std::size_t count,
                 std::int32_t* codes) { coder.encode(values.subspan(first, count), codes); },
        [values](std::size_t i) {
          using element = element_t<C>;
          if constexpr (std::convertible_to<const element&, std::string_view>)
            return "'" + std::string(std::string_view(values[i])) + "'";
          else
            return std::to_string(static_cast<long long>(values[i]));
        }};
  }
};

}  // namespace detail

/// Strata of a stage, n × 1: integers, enums or strings, never empty, in any order. Read within
/// the unit of the stage above.
struct strata {
  detail::label_source labels;
  template <label_column C>
  explicit strata(const C& column) : labels(detail::label_source::of(column)) {}
  template <owning_column C>
  explicit strata(const C&&) = delete;
};

/// Sampling units of a stage, n × 1: integers, enums or strings, never empty, in any order.
/// Read within the stratum and the unit of the stage above, so labels may be used again in
/// another stratum.
struct psus {
  detail::label_source labels;
  template <label_column C>
  explicit psus(const C& column) : labels(detail::label_source::of(column)) {}
  template <owning_column C>
  explicit psus(const C&&) = delete;
};

/// How many units the stratum (or the unit above) has in the population: one column, constant
/// within it, or one size for all.
struct population_sizes {
  std::variant<number_view, population_size> value;
  template <number_column C>
  explicit population_sizes(const C& column) : value(number_view(column)) {}
  template <owning_column C>
  explicit population_sizes(const C&&) = delete;
  explicit population_sizes(population_size size) : value(size) {}
};

/// Which part of the stratum's units was sampled: one column, constant within it, or one
/// fraction for all.
struct sampling_fractions {
  std::variant<number_view, sampling_fraction> value;
  template <number_column C>
  explicit sampling_fractions(const C& column) : value(number_view(column)) {}
  template <owning_column C>
  explicit sampling_fractions(const C&&) = delete;
  explicit sampling_fractions(sampling_fraction fraction) : value(fraction) {}
};

/// One stage of selection. Without `psus` each respondent is a unit, so it is the last stage.
struct stage {
  std::optional<detail::label_source> strata_labels{};
  std::optional<detail::label_source> psu_labels{};
  std::optional<population_sizes> sizes{};
  std::optional<sampling_fractions> fractions{};

  template <class... Arguments>
  explicit stage(Arguments&&... arguments) {
    (set(std::forward<Arguments>(arguments)), ...);
  }

  void set(strata s) { once(strata_labels, std::move(s.labels), "strata"); }
  void set(psus p) { once(psu_labels, std::move(p.labels), "psus"); }
  void set(population_sizes s) { once(sizes, std::move(s), "population_sizes"); }
  void set(population_size s) { set(population_sizes(s)); }
  void set(sampling_fractions f) { once(fractions, std::move(f), "sampling_fractions"); }
  void set(sampling_fraction f) { set(sampling_fractions(f)); }

  bool empty() const { return !strata_labels && !psu_labels && !sizes && !fractions; }

 private:
  template <class T>
  static void once(std::optional<T>& place, T value, std::string_view what) {
    if (place)
      throw value_error("design: " + std::string(what) +
                        " given twice for one stage, must be given once");
    place = std::move(value);
  }
};

}  // namespace baro
