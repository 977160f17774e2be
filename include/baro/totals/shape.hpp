// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/error.hpp>
#include <baro/design/frame.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace baro {

/// What one variable of a pass adds up. With w the weight and d = y − c the answer about a
/// provisional centre c, the features of a respondent who answered are
///   numbers   (w, w d₁, …, w d_q)            means, ratios
///   shifted   (1, w − w₀, w d₁, …, w d_q)    totals: w₀ is the least weight of the leaf
///   levels    w at the level answered        shares; never expanded to 0s and 1s
struct variable_shape {
  enum class kind { numbers, shifted, levels };
  kind what = kind::numbers;
  std::size_t columns = 1;        ///< q answers, or L levels
  std::vector<double> centers{};  ///< q provisional centres

  std::size_t features() const noexcept {
    return what == kind::levels ? columns : columns + (what == kind::shifted ? 2 : 1);
  }
  /// Per leaf and domain, over respondents who answered and have a positive weight. Where units
  /// are respondents: their number, the sums, and the sums of products (of a level with itself
  /// only).
  std::size_t leaf_size(bool rows_are_units) const noexcept {
    const std::size_t f = features();
    if (!rows_are_units) return f;
    return 1 + f + (what == kind::levels ? f : f * (f + 1) / 2);
  }
  /// Per domain: n, Σ w², and Σ w dᵢ dⱼ (numbers) or the count of each level.
  std::size_t domain_size() const noexcept {
    return 2 + (what == kind::levels ? columns : columns * (columns + 1) / 2);
  }
};

/// The layout of the sums of one pass: leaves × domains × variables in one run of numbers, all
/// of which simply add up, so that merging two states is adding two vectors.
class totals_shape {
 public:
  totals_shape() = default;

  /// @param joint keep the products of different variables too, where units are respondents
  ///              (with PSUs they come for free)
  totals_shape(const frame& tree, std::size_t domains, std::vector<variable_shape> variables,
               bool joint)
      : rows_are_units_(tree.rows_are_units),
        leaves_(tree.leaves()),
        domains_(domains),
        variables_(std::move(variables)),
        joint_(joint && tree.rows_are_units && variables_.size() > 1) {
    // Few places are written in turn by several lanes, so that one sum does not wait for
    // another.
    leaf_lanes_ = leaves_ * domains_ <= 8 ? 4 : 1;
    domain_lanes_ = domain_lanes_of(domains_ != 1);
    std::size_t at = 0;
    rows_at_ = at;
    at += rows_are_units_ ? leaves_ : 0;
    domain_rows_at_ = at;
    at += domains_;
    for (const variable_shape& v : variables_) {
      leaf_at_.push_back(at);
      at += leaves_ * domains_ * leaf_lanes_ * v.leaf_size(rows_are_units_);
      domain_at_.push_back(at);
      at += domains_ * domain_lanes_ * v.domain_size();
    }
    if (joint_)
      for (std::size_t a = 0; a < variables_.size(); ++a)
        for (std::size_t b = a + 1; b < variables_.size(); ++b) {
          cross_at_.push_back(at);
          at += leaves_ * domains_ * variables_[a].features() * variables_[b].features();
        }
    size_ = at;
    for (const variable_shape& v : variables_)
      if (v.what == variable_shape::kind::shifted) least_weight_ = tree.least_weight;
  }

  bool rows_are_units() const noexcept { return rows_are_units_; }
  bool joint() const noexcept { return joint_; }
  std::size_t leaves() const noexcept { return leaves_; }
  std::size_t domains() const noexcept { return domains_; }
  static constexpr std::size_t domain_lanes_of(bool many) noexcept { return many ? 2 : 4; }
  std::size_t leaf_lanes() const noexcept { return leaf_lanes_; }
  std::size_t domain_lanes() const noexcept { return domain_lanes_; }
  const std::vector<variable_shape>& variables() const noexcept { return variables_; }
  std::size_t size() const noexcept { return size_; }

  /// Rows per block: a power of two, fixed by the size of the state alone, so that the sums are
  /// the same bits however the rows arrive and whoever adds them.
  std::size_t block_rows() const noexcept {
    return std::bit_ceil(std::max<std::size_t>(16384, 4 * size_));
  }

  std::size_t rows_at(std::size_t leaf) const noexcept { return rows_at_ + leaf; }
  std::size_t domain_rows_at(std::size_t domain) const noexcept {
    return domain_rows_at_ + domain;
  }
  std::size_t leaf_at(std::size_t variable, std::size_t leaf, std::size_t domain,
                      std::size_t lane = 0) const noexcept {
    return leaf_at_[variable] + ((leaf * leaf_lanes_ + lane) * domains_ + domain) *
                                    variables_[variable].leaf_size(rows_are_units_);
  }
  std::size_t domain_at(std::size_t variable, std::size_t domain,
                        std::size_t lane = 0) const noexcept {
    return domain_at_[variable] +
           (domain * domain_lanes_ + lane) * variables_[variable].domain_size();
  }
  /// Products of the features of variables a < b.
  std::size_t cross_at(std::size_t a, std::size_t b, std::size_t leaf,
                       std::size_t domain) const noexcept {
    const std::size_t v = variables_.size();
    const std::size_t pair = a * v - a * (a + 1) / 2 + (b - a - 1);
    return cross_at_[pair] +
           (leaf * domains_ + domain) * variables_[a].features() * variables_[b].features();
  }

  /// A number that two states must share to be merged.
  std::uint64_t fingerprint() const noexcept {
    std::uint64_t h = 1469598103934665603ULL;
    const auto mix = [&h](std::uint64_t x) { h = (h ^ x) * 1099511628211ULL; };
    mix(rows_are_units_);
    mix(joint_);
    mix(leaves_);
    mix(domains_);
    for (const double w : least_weight_) mix(std::bit_cast<std::uint64_t>(w));
    for (const variable_shape& v : variables_) {
      mix(static_cast<std::uint64_t>(v.what));
      mix(v.columns);
      for (const double c : v.centers) mix(std::bit_cast<std::uint64_t>(c));
    }
    return h;
  }

 private:
  bool rows_are_units_ = true;
  std::size_t leaves_ = 0, domains_ = 0;
  std::vector<variable_shape> variables_;
  bool joint_ = false;
  std::size_t leaf_lanes_ = 1, domain_lanes_ = 1;
  std::size_t rows_at_ = 0, domain_rows_at_ = 0;
  std::vector<std::size_t> leaf_at_, domain_at_, cross_at_;
  std::size_t size_ = 0;
  std::vector<double>
      least_weight_;  // what the weights of a `shifted` variable are held against
};

}  // namespace baro
