// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/categories.hpp>
#include <baro/core/detail/flat_index.hpp>
#include <baro/core/error.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace baro {

/// Two questions as one, each combination of levels that somebody has being a level:
/// `crossed(sex, age)` is named "sex:age" and has levels such as "F:18-34", first question
/// slowest. A row without an answer to one of them has none. 4 bytes a row are kept.
/// @throws size_error the columns differ in length
inline categories crossed(const categories& a, const categories& b) {
  detail::check_size("crossed", b.name().empty() ? "column" : b.name(), b.size(), a.size());
  constexpr std::size_t batch = 1024;
  std::array<std::int32_t, batch> first{}, second{};
  auto codes = std::make_shared<std::vector<std::int32_t>>(a.size());
  const auto levels = static_cast<std::int64_t>(b.levels());
  detail::flat_index<std::int64_t, std::int64_t> pairs;
  for (std::size_t begin = 0; begin < a.size(); begin += batch) {
    const std::size_t count = std::min(batch, a.size() - begin);
    const code_run ca = a.read(begin, count, first.data());
    const code_run cb = b.read(begin, count, second.data());
    for (std::size_t i = 0; i < count; ++i)
      (*codes)[begin + i] =
          ca[i] < 0 || cb[i] < 0 ? -1 : pairs.insert(std::int64_t{ca[i]} * levels + cb[i]);
  }
  std::vector<std::pair<std::int64_t, std::int32_t>> order;
  for (std::size_t k = 0; k < pairs.size(); ++k)
    order.emplace_back(pairs.keys()[k], static_cast<std::int32_t>(k));
  std::sort(order.begin(), order.end());
  std::vector<std::int32_t> rank(order.size());
  coded_labels labels;
  for (const auto& [key, number] : order) {
    rank[static_cast<std::size_t>(number)] = static_cast<std::int32_t>(labels.labels.size());
    labels.labels.push_back(a.labels()[static_cast<std::size_t>(key / levels)] + ":" +
                            b.labels()[static_cast<std::size_t>(key % levels)]);
  }
  for (std::int32_t& code : *codes)
    if (code >= 0) code = rank[static_cast<std::size_t>(code)];
  return categories(std::shared_ptr<const std::vector<std::int32_t>>(std::move(codes)),
                    std::move(labels))
      .named(a.name() + ":" + b.name());
}

/// Three questions or more as one.
template <class... More>
categories crossed(const categories& a, const categories& b, const More&... more) {
  return crossed(crossed(a, b), more...);
}

}  // namespace baro
