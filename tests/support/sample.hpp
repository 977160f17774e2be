// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/design/design.hpp>

#include <cstddef>
#include <cstdint>
#include <support/dice.hpp>
#include <vector>

namespace test {

/// A made-up survey, its rows in no order: strata, PSUs whose numbers are used again in each
/// stratum, weights, two numeric questions, one question with levels 1 … 5, regions 1 … 3.
struct sample {
  std::vector<double> weight, y, x;
  std::vector<int> stratum, psu, region, answer;

  std::size_t size() const { return weight.size(); }

  /// Every PSU has a row; the rest fall anywhere.
  static sample of(std::size_t n, std::uint64_t seed, std::size_t strata = 4,
                   std::size_t psus = 6) {
    dice d(seed);
    sample s;
    for (const std::size_t i : d.order(n)) {
      const std::size_t cell = i < strata * psus ? i : d.below(strata * psus);
      const auto h = static_cast<int>(cell % strata), a = static_cast<int>(cell / strata);
      s.stratum.push_back(h);
      s.psu.push_back(a);
      s.region.push_back(1 + static_cast<int>(d.below(3)));
      s.answer.push_back(1 + static_cast<int>(d.below(5)));
      s.weight.push_back(.2 + 3 * d.uniform());
      s.x.push_back(5 + d.bell());
      s.y.push_back(10 + h + .5 * a + s.x.back() + d.bell());
    }
    return s;
  }

  /// The rows named, in the order named.
  sample rows(const std::vector<std::size_t>& which) const {
    sample out;
    for (const std::size_t i : which) {
      out.weight.push_back(weight[i]);
      out.y.push_back(y[i]);
      out.x.push_back(x[i]);
      out.stratum.push_back(stratum[i]);
      out.psu.push_back(psu[i]);
      out.region.push_back(region[i]);
      out.answer.push_back(answer[i]);
    }
    return out;
  }

  /// Strata and PSUs, with whatever else is to be said about them.
  template <class... More>
  baro::design clustered(More... more) const {
    return baro::design{baro::weights(weight), baro::strata(stratum), baro::psus(psu), more...};
  }
  /// Strata only: each row is a unit.
  template <class... More>
  baro::design stratified(More... more) const {
    return baro::design{baro::weights(weight), baro::strata(stratum), more...};
  }
};

}  // namespace test
