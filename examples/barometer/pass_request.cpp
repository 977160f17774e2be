// SPDX-License-Identifier: BSL-1.0
#include "pass_request.hpp"

#include <baro/core/answers.hpp>
#include <baro/core/categories.hpp>
#include <baro/estimate/balance.hpp>
#include <baro/estimate/mean.hpp>
#include <baro/estimate/ratio.hpp>
#include <baro/estimate/share.hpp>
#include <baro/estimate/total.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace barometer {

namespace {

/// Gives the levels of each side one code, and all others the last one: what nobody asked about
/// needs no place of its own in the sums.
std::vector<std::int32_t> tell_apart(const question& q,
                                     const std::vector<std::vector<std::int32_t>>& sides) {
  const auto other = static_cast<std::int32_t>(sides.size());
  std::vector<std::int32_t> side_of(q.levels.size(), other);
  for (std::size_t s = 0; s < sides.size(); ++s)
    for (const std::int32_t code : sides[s])
      side_of[static_cast<std::size_t>(code)] = static_cast<std::int32_t>(s);
  std::vector<std::int32_t> codes = q.codes;
  for (std::int32_t& code : codes)
    if (code >= 0) code = side_of[static_cast<std::size_t>(code)];
  return codes;
}

}  // namespace

void pass_request::add(const question& q, const item& i) {
  switch (q.kind) {
    case baro::statistic::total:
      requests_.push_back(baro::total_of<double>(baro::answers(q.answers)));
      return;
    case baro::statistic::ratio:
      requests_.push_back(
          baro::ratio_of<double>(baro::answers(q.answers), baro::answers(q.denominators)));
      return;
    case baro::statistic::share:
      add_share(q, i);
      return;
    case baro::statistic::balance:
      add_balance(q);
      return;
    default:
      requests_.push_back(baro::mean_of<double>(baro::answers(q.answers)));
  }
}

void pass_request::add_sides(std::vector<std::int32_t> sides) {
  columns_.push_back(std::move(sides));
  requests_.push_back(baro::share_of<double>(
      baro::categories(columns_.back(), baro::coded_labels{{"above", "below"}}), {"below"}));
}

void pass_request::add_share(const question& q, const item& i) {
  std::vector<std::vector<std::int32_t>> sides;
  std::vector<std::string> names;
  for (std::size_t l = i.first_level; l < i.first_level + i.levels; ++l) {
    sides.push_back({q.wanted[l]});
    names.push_back(q.levels[static_cast<std::size_t>(q.wanted[l])]);
  }
  baro::coded_labels labels{names};
  if (sides.size() == q.levels.size()) {
    requests_.push_back(baro::share_of<double>(baro::categories(q.codes, std::move(labels))));
    return;
  }
  labels.labels.emplace_back();
  columns_.push_back(tell_apart(q, sides));
  requests_.push_back(
      baro::share_of<double>(baro::categories(columns_.back(), std::move(labels)), names));
}

void pass_request::add_balance(const question& q) {
  columns_.push_back(tell_apart(q, {q.positive, q.negative}));
  requests_.push_back(baro::balance_of<double>(
      baro::categories(columns_.back(), baro::coded_labels{{"+", "-", "0"}}), {"+"}, {"-"}));
}

}  // namespace barometer
