// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/config.hpp>

#include <string_view>

namespace baro {

/// What a publication leaves out, or gets wrong, beside one figure.
enum class published_status {
  ok,
  no_base,           ///< the base is not published: no interval, nothing can be tested
  impossible_share,  ///< no count of that base gives the printed share: weighted, or misprinted
  no_figure,         ///< neither a share nor a claim
};

constexpr std::string_view name(published_status s) noexcept {
  switch (s) {
    case published_status::ok:
      return "ok";
    case published_status::no_base:
      return "no_base";
    case published_status::impossible_share:
      return "impossible_share";
    case published_status::no_figure:
      return "no_figure";
  }
  return "no_figure";
}

}  // namespace baro
