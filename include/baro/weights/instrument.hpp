// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/answers.hpp>
#include <baro/core/categories.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <utility>

namespace baro {

/// What weights may move with in generalised calibration, in place of the margins: known of
/// everybody in the sample, its totals unknown. As a rule what explains who answered (Deville
/// 2000; Kott 2006, Survey Methodology 32:133). Views the host's column.
class instrument {
 public:
  /// A question: a column for each level.
  instrument(categories question) : question_(std::move(question)) {}
  /// A number.
  instrument(answers number) : number_(std::move(number)) {}

  bool is_number() const noexcept { return number_.has_value(); }
  const categories& question() const { return *question_; }
  const answers& number() const { return *number_; }
  std::size_t size() const noexcept { return number_ ? number_->size() : question_->size(); }
  const std::string& name() const noexcept {
    return number_ ? number_->name() : question_->name();
  }

 private:
  std::optional<categories> question_;
  std::optional<answers> number_;
};

}  // namespace baro
