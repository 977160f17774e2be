// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/detail/code_column.hpp>
#include <baro/design/arguments.hpp>
#include <baro/design/detail/pair_coder.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace baro::detail {

/// The labels of one column within the units of the stage above, numbered. Labels that fit a
/// table are coded a stretch at a time, so that 4 bytes a row are all that a design needs while
/// it is built; strings and far-flung integers are coded into a column of their own.
class nested_codes {
 public:
  /// @param above the unit above of each row; empty where there is one
  nested_codes(const label_source& labels, const code_column& above, std::size_t units_above,
               std::size_t n)
      : source_(labels), n_(n) {
    if (!source_.learn_table(coder_)) learn_codes();
    if (above.empty()) {
      pairs_ = pair_coder::of_children(coder_.size());
    } else if (pair_coder::fits_table(units_above, coder_.size(), n_)) {
      learn_pairs(above.data(), units_above);
    } else {
      if (codes_.empty()) learn_codes();
      pairs_ = pair_coder::learn_index(above.data(), codes_.data(), coder_.size(), n_);
      done_ = true;
    }
  }

  const level_coder& labels() const noexcept { return coder_; }
  const pair_coder& pairs() const noexcept { return pairs_; }

  /// Replaces the unit above of each row by the number of its pair.
  void write(code_column& above) && {
    if (done_ || (above.empty() && !codes_.empty())) {
      above = std::move(codes_);
    } else if (above.empty()) {
      above.resize(n_);
      source_.encode(coder_, 0, n_, above.data());
    } else {
      stretch buffer;
      for (std::size_t first = 0; first < n_; first += buffer.size()) {
        const std::size_t count = std::min(buffer.size(), n_ - first);
        pairs_.number(above.data() + first, read(first, count, buffer), count);
      }
    }
  }

 private:
  using stretch = std::array<std::int32_t, 1024>;

  void learn_codes() {
    codes_.resize(n_);
    coder_ = source_.learn(codes_.data());
  }

  const std::int32_t* read(std::size_t first, std::size_t count, stretch& buffer) const {
    if (!codes_.empty()) return codes_.data() + first;
    source_.encode(coder_, first, count, buffer.data());
    return buffer.data();
  }

  void learn_pairs(const std::int32_t* above, std::size_t units_above) {
    stretch buffer;
    const std::int32_t* codes = nullptr;
    pairs_ = pair_coder::learn_table(above, units_above, coder_.size(), n_, [&](std::size_t i) {
      const std::size_t at = i % buffer.size();
      if (at == 0) codes = read(i, std::min(buffer.size(), n_ - i), buffer);
      return codes[at];
    });
  }

  const label_source& source_;
  std::size_t n_;
  level_coder coder_;
  pair_coder pairs_;
  code_column codes_;  // empty where rows are coded a stretch at a time
  bool done_ = false;  // codes_ holds the numbers of the pairs
};

}  // namespace baro::detail
