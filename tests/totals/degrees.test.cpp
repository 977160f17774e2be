// SPDX-License-Identifier: BSL-1.0
#include <baro/totals/degrees.hpp>

#include <doctest/doctest.h>

#include <totals/pass.hpp>
#include <vector>

namespace totals_degrees {

using baro::single_psu;
// Stratum 1 has one PSU, stratum 2 two, stratum 3 three; domains 1 to 4 lie across them.
const std::vector<int> stratum{1, 1, 2, 2, 3, 3, 3, 3}, psu{1, 1, 1, 2, 1, 2, 3, 3},
    domain{1, 1, 2, 2, 3, 3, 1, 4};
const std::vector<double> y{1, 2, 3, 4, 5, 6, 7, 8}, weight{1, 1, 1, 1, 1, 1, 1, 0};

struct counted {
  double df;
  bool estimable;
  bool operator==(const counted&) const = default;
};

counted count(single_psu policy, std::size_t d,
              baro::degrees_of_freedom df = baro::degrees_of_freedom::domain(), double f1 = 0) {
  std::vector<double> fraction(8, 0.0);
  fraction[0] = fraction[1] = f1;
  const baro::design who{baro::weights(weight), baro::strata(stratum), baro::psus(psu),
                         baro::sampling_fractions(fraction),
                         policy == single_psu::error ? single_psu::remove : policy};
  const test::pass p(who, {test::variable::numbers(test::kind::numbers, {y}, {0})},
                     baro::by(domain));
  const auto t = p.sums();
  const baro::detail::reading<double> r(who.tree(), t);
  const baro::detail::tree_walk<double> walk(who.tree(), r);
  const baro::detail::degrees_of<double> degrees(walk, policy, df);
  return {degrees(0, d), degrees.estimable(0, d)};
}

TEST_SUITE("totals/degrees") {
  TEST_CASE("PSUs with an answer less the strata they touch, domain by domain") {
    CHECK(count(single_psu::remove, 0).df == 2 - 2);  // one PSU in each of two strata
    CHECK(count(single_psu::remove, 1).df == 2 - 1);
    CHECK(count(single_psu::remove, 2).df == 2 - 1);
    CHECK(count(single_psu::remove, 3).df == 0);  // weight 0: nobody
  }

  TEST_CASE("the other rules count what is around the domain") {
    using df = baro::degrees_of_freedom;
    CHECK(count(single_psu::remove, 0, df::touched_strata()).df == 4 - 2);
    CHECK(count(single_psu::remove, 1, df::touched_strata()).df == 2 - 1);
    CHECK(count(single_psu::remove, 1, df::full_design()).df == 6 - 3);
    CHECK(count(single_psu::remove, 3, df::full_design()).df == 6 - 3);
    CHECK(count(single_psu::remove, 1, df::fixed(30)).df == 30);
  }

  TEST_CASE("a domain is estimable when some stratum it touches is") {
    CHECK(count(single_psu::remove, 0).estimable);  // stratum 3 has more PSUs than the one
    CHECK(count(single_psu::remove, 1).estimable);
    CHECK(
        !count(single_psu::average, 0).estimable);  // single in both strata: nothing to average
    CHECK(count(single_psu::average, 1).estimable);
    CHECK(count(single_psu::center, 0).estimable);
    CHECK(count(single_psu::certainty, 0).estimable);
    CHECK(count(single_psu::average, 0, {}, 1).estimable);  // stratum 1 sampled entirely
    CHECK(count(single_psu::remove, 3).estimable);          // empty: another status says so
  }
}

}  // namespace totals_degrees
