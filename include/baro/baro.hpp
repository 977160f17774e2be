// SPDX-License-Identifier: BSL-1.0
#pragma once

/// Everything but io/, in the order the rooms build on each other. No header of ours includes it.
// clang-format off
#include <baro/core/answers.hpp>
#include <baro/core/categories.hpp>
#include <baro/core/column.hpp>
#include <baro/core/confidence_level.hpp>
#include <baro/core/config.hpp>
#include <baro/core/error.hpp>
#include <baro/core/level_coder.hpp>
#include <baro/core/missing.hpp>
#include <baro/core/number_view.hpp>
#include <baro/core/population_size.hpp>
#include <baro/core/sampling_fraction.hpp>
#include <baro/core/status.hpp>
#include <baro/design/arguments.hpp>
#include <baro/design/degrees_of_freedom.hpp>
#include <baro/design/design.hpp>
#include <baro/design/frame.hpp>
#include <baro/design/single_psu.hpp>
#include <baro/estimate/estimate.hpp>
#include <baro/estimate/label.hpp>
#include <baro/published/base.hpp>
#include <baro/published/printed_share.hpp>
#include <baro/published/share_range.hpp>
// clang-format on
