// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/baro.hpp>

#include <boost/multiprecision/cpp_bin_float.hpp>

/// What most tests call and what takes long to compile, compiled once: here it is said that
/// instances.cpp has it.
#ifndef TEST_INSTANCE
#define TEST_INSTANCE extern template
#endif

namespace test {
using real50 = boost::multiprecision::cpp_bin_float_50;
}

namespace baro {

TEST_INSTANCE class tally<double>;

namespace detail {

TEST_INSTANCE double normal_cdf(const double&);
TEST_INSTANCE double normal_quantile_above(const double&);
TEST_INSTANCE double t_quantile_above(const double&, const double&);
TEST_INSTANCE double beta_cdf(const double&, const double&, const double&);
TEST_INSTANCE double beta_tail(const double&, const double&, const double&);
TEST_INSTANCE double beta_quantile_below(const double&, const double&, const double&);
TEST_INSTANCE double beta_quantile_above(const double&, const double&, const double&);

TEST_INSTANCE test::real50 normal_cdf(const test::real50&);
TEST_INSTANCE test::real50 normal_quantile_above(const test::real50&);
TEST_INSTANCE test::real50 t_quantile_above(const test::real50&, const test::real50&);
TEST_INSTANCE test::real50 beta_cdf(const test::real50&, const test::real50&,
                                    const test::real50&);
TEST_INSTANCE test::real50 beta_tail(const test::real50&, const test::real50&,
                                     const test::real50&);
TEST_INSTANCE test::real50 beta_quantile_below(const test::real50&, const test::real50&,
                                               const test::real50&);
TEST_INSTANCE test::real50 beta_quantile_above(const test::real50&, const test::real50&,
                                               const test::real50&);

}  // namespace detail
}  // namespace baro
