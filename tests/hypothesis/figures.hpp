// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/estimate/estimate.hpp>
#include <baro/hypothesis/share_pair.hpp>
#include <baro/published/published_share.hpp>

#include <cstddef>

namespace test {

/// Shares of two simple random samples, as t-tests look at them: V = p q / (n − 1), n − 1 df.
template <class Real = double>
baro::estimate<Real> two_samples(int count_a, int n_a, int count_b, int n_b) {
  const auto one = [](int count, int n) {
    const Real size(n), p = Real(count) / size;
    typename baro::estimate<Real>::vector value(1);
    typename baro::estimate<Real>::matrix variance(1, 1);
    value(0) = p;
    variance(0, 0) = p * (1 - p) / (size - 1);
    baro::entry<Real> about;
    about.label.statistic = baro::statistic::share;
    about.bases = {size, Real(count), size, size};
    about.df = size - 1;
    about.deff = Real(1);
    return baro::estimate<Real>(std::move(value), std::move(variance), {std::move(about)});
  };
  return baro::concatenate(one(count_a, n_a), one(count_b, n_b));
}

/// The same as published: V = p q / n, normal.
inline baro::estimate<double> two_published(int count_a, int n_a, int count_b, int n_b) {
  return baro::concatenate(baro::published_share(double(count_a) / n_a, baro::base(n_a)),
                           baro::published_share(double(count_b) / n_b, baro::base(n_b)));
}

}  // namespace test
