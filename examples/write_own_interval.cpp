// SPDX-License-Identifier: BSL-1.0
// A method of your own is one struct: a name, what it applies to, and the limits of one figure.
#include <baro/baro.hpp>

#include <cmath>
#include <cstdio>
#include <string_view>
#include <vector>

/// "Plus four" (Agresti and Coull 1998): two imaginary yes and two imaginary no, then Wald, on
/// Kish's effective base.
struct plus_four {
  static constexpr std::string_view name() { return "plus_four"; }
  static constexpr bool applies_to(baro::statistic s) { return s == baro::statistic::share; }

  template <class Real>
  baro::confidence_interval<Real> operator()(const baro::figure<Real>& f,
                                             baro::confidence_level) const {
    using std::sqrt;
    baro::confidence_interval<Real> c;
    c.assumption = baro::assumption::effective_base;
    c.base = f.bases.effective_n;
    const Real n = c.base + 4, p = (f.value * c.base + 2) / n;
    const Real margin = 2 * sqrt(p * (1 - p) / n);
    c.low = p > margin ? p - margin : Real(0);
    c.high = p + margin < 1 ? p + margin : Real(1);
    return c;
  }
};
static_assert(baro::interval_method<plus_four>);

int main() {
  const std::vector<int> owns_car{1, 1, 0, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1};
  const std::vector<double> weight{1, 2, 1, 1, 1, 2, 1, 1, 1, 1, 2, 1, 1, 1, 1, 2};
  const auto shares = baro::share(baro::design{baro::weights(weight)}, owns_car);
  const baro::confidence_level level(0.95);

  const auto print = [](const baro::confidence_interval<>& c) {
    std::printf("%-10s %.3f to %.3f (%s)\n", c.method.c_str(), c.low, c.high,
                assumption_text(c).c_str());
  };
  print(baro::interval(shares.figure(1), level, plus_four{}));
  print(baro::interval(shares.figure(1), level, baro::wilson{}));
  print(baro::interval(shares.figure(1), level, baro::wald{}));
}
