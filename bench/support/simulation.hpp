// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/estimate/estimate.hpp>
#include <baro/interval/detail/distributions.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

namespace bench {

/// The engine is the same everywhere, the distributions of <random> are not: these are ours.
class simulation_source {
 public:
  explicit simulation_source(std::uint64_t seed) : engine_(seed) {}
  double uniform() { return static_cast<double>(engine_() >> 11) * 0x1p-53; }
  double normal() {  // Marsaglia's polar method
    for (;;) {
      const double a = 2 * uniform() - 1, b = 2 * uniform() - 1, s = a * a + b * b;
      if (s > 0 && s < 1) return a * std::sqrt(-2 * std::log(s) / s);
    }
  }
  double gamma(double shape) {  // Marsaglia and Tsang (2000)
    if (shape < 1) return gamma(shape + 1) * std::pow(1 - uniform(), 1 / shape);
    const double d = shape - 1.0 / 3, c = 1 / std::sqrt(9 * d);
    for (;;) {
      const double x = normal(), v = std::pow(1 + c * x, 3);
      if (v > 0 && std::log(1 - uniform()) < x * x / 2 + d - d * v + d * std::log(v))
        return d * v;
    }
  }
  double beta(double a, double b) {
    const double x = gamma(a), y = gamma(b);
    return x + y > 0 ? x / (x + y) : uniform() < a / (a + b);
  }

 private:
  std::mt19937_64 engine_;
};

/// n weights whose Kish deff is `deff`: lognormal quantiles, σ by bisection.
inline std::vector<double> weights_of(int n, double deff) {
  std::vector<double> w(static_cast<std::size_t>(n), 1.0);
  double low = 0, high = deff > 1 ? 8 : 0;
  for (int step = 0; step < 60 && high > 0; ++step) {
    const double sigma = (low + high) / 2;
    double sum = 0, squares = 0;
    for (std::size_t i = 0; i < w.size(); ++i) {
      const double above = (static_cast<double>(i) + 0.5) / n;
      w[i] = std::exp(sigma * baro::detail::normal_quantile_above(above));
      sum += w[i];
      squares += w[i] * w[i];
    }
    (n * squares / (sum * sum) < deff ? low : high) = sigma;
  }
  return w;
}

using answers = std::vector<char>;

/// Calls visit(u, from, to) for each of `units` nearly equal runs of n people.
template <class Visit>
void each_unit(std::size_t n, std::size_t units, Visit visit) {
  for (std::size_t u = 0; u < units; ++u) visit(u, u * n / units, (u + 1) * n / units);
}

/// The share of a sample: linearized variance over its units, PSUs or people.
/// @param z  becomes Σ w (y − p) / Σ w of each unit
inline baro::figure<double> figure_of(const std::vector<double>& w, const answers& y,
                                      std::size_t units, std::vector<double>& z) {
  const std::size_t n = w.size();
  double sum = 0, squares = 0, yes = 0, count = 0;
  for (std::size_t i = 0; i < n; ++i) {
    sum += w[i];
    squares += w[i] * w[i];
    if (y[i]) yes += w[i], ++count;
  }
  baro::figure<double> f;
  f.statistic = baro::statistic::share;
  f.value = count == double(n) ? 1 : yes / sum;
  double v = 0;
  z.assign(units, 0);
  each_unit(n, units, [&](std::size_t u, std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i) z[u] += w[i] * ((y[i] ? 1 : 0) - f.value) / sum;
    v += z[u] * z[u];
  });
  const double m = static_cast<double>(units);
  f.standard_error = std::sqrt(v * m / (m - 1));
  f.df = m - 1;
  f.bases = {double(n), count, sum, sum * sum / squares};
  return f;
}

}  // namespace bench
