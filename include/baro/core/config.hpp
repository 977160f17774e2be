// SPDX-License-Identifier: BSL-1.0
#pragma once

/// What the library asks of the compiler, checked in every translation unit.

#if defined(__FAST_MATH__) || (defined(_M_FP_FAST) && _M_FP_FAST)
#error "baro: -ffast-math removes the checks that keep NaN out of a figure; compile without it"
#endif

#if defined(__FINITE_MATH_ONLY__) && __FINITE_MATH_ONLY__
#error \
    "baro: -ffinite-math-only removes the checks that keep NaN out of a figure; compile without it"
#endif

#define BARO_VERSION_MAJOR 0
#define BARO_VERSION_MINOR 1
#define BARO_VERSION_PATCH 0
#define BARO_VERSION "0.1.0"

/// Keeps what a hot loop does in the loop: compilers count four copies of it as too many, and
/// sums whose address is taken do not stay in registers.
#if defined(_MSC_VER)
#define BARO_ALWAYS_INLINE [[msvc::forceinline]]
#else
#define BARO_ALWAYS_INLINE __attribute__((always_inline))
#endif
