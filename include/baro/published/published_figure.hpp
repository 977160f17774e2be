// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/error.hpp>
#include <baro/published/base.hpp>
#include <baro/published/claim.hpp>
#include <baro/published/feasible_shares.hpp>
#include <baro/published/printed_share.hpp>
#include <baro/published/published_design.hpp>
#include <baro/published/published_status.hpp>
#include <baro/published/share_range.hpp>

#include <optional>

namespace baro {

/// One figure of a press release, with all it says and nothing it does not:
///   published_figure{.share = printed_share("25 %"), .base = base(122),
///                    .claim = claim("> 1/5")}
/// A figure may be known by its printed share, or by its claim alone (« plus des deux tiers »).
struct published_figure {
  std::optional<printed_share> share = std::nullopt;
  std::optional<baro::base> base = std::nullopt;
  std::optional<baro::claim> claim = std::nullopt;
  published_design design{};

  /// Everything the sample may have shown: the printed share if there is one, else the claim.
  /// @throws value_error  when there is neither
  share_range range() const {
    if (share) return share->range();
    if (claim) return claim->range();
    throw value_error("published_figure: share and claim are both missing, one must be given");
  }

  /// The shares possible at the base, or at a base the publication did not have.
  /// @throws value_error  no base, neither share nor claim, or a design that is not valid
  feasible_shares feasible() const {
    if (!base) throw value_error("published_figure: base is missing, must be given");
    return feasible(*base);
  }
  feasible_shares feasible(baro::base n) const {
    detail::check(design, n);
    return feasible_shares(range(), n, design.answers);
  }

  /// @throws value_error  a design that is not valid
  published_status status() const {
    detail::check(design, base);
    if (!share && !claim) return published_status::no_figure;
    if (!base) return published_status::no_base;
    return feasible().empty() ? published_status::impossible_share : published_status::ok;
  }
};

}  // namespace baro
