// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/error.hpp>
#include <baro/core/level_coder.hpp>
#include <baro/core/missing.hpp>
#include <baro/core/number_text.hpp>
#include <baro/core/number_view.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace baro {

/// Codes 0 … L − 1 with −1 for a missing answer, and the label of each code: what a file reader
/// or a host that codes its own questions hands over.
struct coded_labels {
  std::vector<std::string> labels{};
};

/// A column that is coded already, as `code_column` of baro::io hands it over: `codes` from 0,
/// −1 for a missing answer, and the label of each code in `levels`.
template <class C>
concept coded_levels = requires(const C& c) {
  { c.levels } -> std::convertible_to<const std::vector<std::string>&>;
  requires number_column<std::remove_cvref_t<decltype(c.codes)>>;
  requires std::integral<detail::element_t<std::remove_cvref_t<decltype(c.codes)>>>;
};

/// A run of coded rows: the code of row i is `table[raw[i] − lowest]`, or −1.
struct code_run {
  const std::int32_t* raw;
  std::int32_t lowest;
  const std::int32_t* table;
  std::int32_t operator[](std::size_t i) const noexcept {
    return table[static_cast<std::size_t>(static_cast<std::ptrdiff_t>(raw[i]) - lowest)];
  }
};

/// The answers to one question with levels, or one break of a table: a level per respondent.
/// Integers and enums within a small range are read in place; strings and far-flung integers
/// are coded once into 4 bytes a row. The host's column must outlive the view.
class categories {
 public:
  /// @param column integers, enums or strings, n × 1
  /// @param codes  integer codes that mean "no answer"; an empty string is a missing answer
  template <label_column C>
  categories(const C& column, const missing_codes& codes = {})
      : size_(static_cast<std::size_t>(std::size(column))) {
    level_coder coder;
    std::vector<std::string> labels;
    std::vector<std::int32_t> recode;
    if (coder.learn_table(column)) {
      lowest_ = coder.lowest();
      recode = coder.table();
      for (std::size_t i = 0; i < recode.size(); ++i)
        if (recode[i] >= 0)
          labels.push_back(std::to_string(lowest_ + static_cast<std::int64_t>(i)));
      view_in_place(column);
    } else if (size_ > 0) {
      auto owned = std::make_shared<std::vector<std::int32_t>>(size_);
      coder = level_coder::learn(column, owned->data());
      for (std::size_t l = 0; l < coder.size(); ++l) labels.push_back(coder.label(l));
      recode.resize(labels.size());
      for (std::size_t l = 0; l < recode.size(); ++l) recode[l] = static_cast<std::int32_t>(l);
      view_ = number_view(*owned);
      owned_ = std::move(owned);
    }
    drop_missing(codes, std::move(labels), recode);
    table_ = std::move(recode);
  }

  template <owning_column C>
  categories(const C&&, const missing_codes& = {}) = delete;
  template <owning_column C>
  categories(const C&&, const coded_labels&) = delete;

  /// @param codes  n × 1, each in 0 … L − 1 or −1 for a missing answer
  /// @throws value_error a code outside that range
  template <number_column C>
  requires std::integral<detail::element_t<C>> categories(const C& codes, coded_labels labels)
      : size_(static_cast<std::size_t>(std::size(codes))),
        view_(codes),
        lowest_(-1),
        labels_(std::move(labels.labels)) {
    const auto values = as_span(codes);
    const auto levels = static_cast<std::int64_t>(labels_.size());
    const auto outside = [levels](const auto& value) {
      const auto code = static_cast<std::int64_t>(value);
      return code < -1 || code >= levels;
    };
    constexpr std::size_t stretch = 1024;
    for (std::size_t first = 0; first < values.size(); first += stretch) {
      const auto some = values.subspan(first, std::min(stretch, values.size() - first));
      bool any = false;
      for (const auto& value : some) any |= outside(value);
      if (!any) continue;
      const auto at = std::find_if(some.begin(), some.end(), outside);
      detail::refuse("categories", "codes", first + static_cast<std::size_t>(at - some.begin()),
                     *at,
                     "must be -1 (missing) or below the " + std::to_string(levels) + " labels");
    }
    table_.resize(labels_.size() + 1);
    for (std::size_t l = 0; l < table_.size(); ++l)
      table_[l] = static_cast<std::int32_t>(l) - 1;
  }

  /// A column that is coded already, whose codes are seen in place.
  template <coded_levels C>
  categories(const C& coded) : categories(coded.codes, coded_labels{coded.levels}) {}
  template <coded_levels C>
  categories(const C&&) = delete;

  /// The same codes, kept alive by the view.
  categories(std::shared_ptr<const std::vector<std::int32_t>> codes, coded_labels labels)
      : categories(*codes, std::move(labels)) {
    owned_ = std::move(codes);
  }

  categories named(std::string name) && {
    name_ = std::move(name);
    return std::move(*this);
  }
  categories named(std::string name) const& { return categories(*this).named(std::move(name)); }

  const std::string& name() const noexcept { return name_; }
  std::size_t size() const noexcept { return size_; }
  std::size_t levels() const noexcept { return labels_.size(); }
  /// How many different values a run of `read` can hold: the length of its table.
  std::size_t stored_values() const noexcept { return table_.size(); }
  const std::vector<std::string>& labels() const noexcept { return labels_; }

  /// The code of a label, −1 when no respondent has it.
  std::int32_t code(std::string_view label) const noexcept {
    const auto at = std::find(labels_.begin(), labels_.end(), label);
    return at == labels_.end() ? -1 : static_cast<std::int32_t>(at - labels_.begin());
  }

  /// The rows from `first` on, as they are stored: the code of row i is table[raw[i] − lowest],
  /// −1 where the answer is missing. Columns of 32-bit integers are not copied: `in_place`.
  bool in_place() const {
    return view_.visit([](const auto* p) {
      return std::same_as<std::remove_cvref_t<decltype(*p)>, std::int32_t>;
    });
  }
  code_run read(std::size_t first, std::size_t count, std::int32_t* buffer) const {
    return view_.visit([&](const auto* p) -> code_run {
      if constexpr (std::same_as<std::remove_cvref_t<decltype(*p)>, std::int32_t>) {
        return {p + first, static_cast<std::int32_t>(lowest_), table_.data()};
      } else {
        using stored = std::remove_cvref_t<decltype(*p)>;
        using wide = std::conditional_t<sizeof(stored) < 4, std::int32_t, std::int64_t>;
        const auto low = static_cast<wide>(lowest_);
        for (std::size_t i = 0; i < count; ++i)
          buffer[i] = static_cast<std::int32_t>(static_cast<wide>(p[first + i]) - low);
        return {buffer, 0, table_.data()};
      }
    });
  }

 private:
  /// Integers are read where they are. An enum may not be read as another type, so its codes
  /// are copied.
  template <class C>
  void view_in_place(const C& column) {
    using element = detail::element_t<C>;
    if constexpr (std::is_enum_v<element>) {
      auto owned = std::make_shared<std::vector<std::int32_t>>(size_);
      const auto values = as_span(column);
      for (std::size_t i = 0; i < size_; ++i)
        (*owned)[i] = static_cast<std::int32_t>(static_cast<std::int64_t>(values[i]) - lowest_);
      lowest_ = 0;
      view_ = number_view(*owned);
      owned_ = std::move(owned);
    } else if constexpr (std::integral<element>) {
      view_ = number_view(column);
    }
  }

  void drop_missing(const missing_codes& codes, std::vector<std::string> labels,
                    std::vector<std::int32_t>& recode) {
    const auto missing = codes.list();
    std::vector<std::int32_t> kept(labels.size());
    for (std::size_t l = 0; l < labels.size(); ++l) {
      const bool is_code = std::any_of(missing.begin(), missing.end(), [&](const auto& m) {
        const number_text number = read_number(labels[l]);
        return number.problem == number_problem::none && number.value == m.first;
      });
      kept[l] = -1;
      if (labels[l].empty() || is_code) continue;
      kept[l] = static_cast<std::int32_t>(labels_.size());
      labels_.push_back(std::move(labels[l]));
    }
    for (std::int32_t& r : recode)
      if (r >= 0) r = kept[static_cast<std::size_t>(r)];
  }

  std::size_t size_ = 0;
  number_view view_;
  std::int64_t lowest_ = 0;
  std::vector<std::int32_t> table_;  // stored value − lowest → code
  std::vector<std::string> labels_;
  std::shared_ptr<const std::vector<std::int32_t>> owned_;
  std::string name_;
};

}  // namespace baro
