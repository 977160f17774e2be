// SPDX-License-Identifier: BSL-1.0
// fails: -ffinite-math-only
// says: -ffinite-math-only removes the checks that keep NaN out of a figure
#include <baro/core/confidence_level.hpp>
#include <baro/core/status.hpp>

int main() { return baro::confidence_level(0.95).value() < 1 ? 0 : 1; }
