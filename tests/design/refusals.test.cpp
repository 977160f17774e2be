// SPDX-License-Identifier: BSL-1.0
// Every design that is refused, with the words of its field.
#include <baro/design/design.hpp>

#include <doctest/doctest.h>

#include <limits>
#include <string>
#include <support/nan.hpp>
#include <support/refused.hpp>
#include <vector>

namespace design_refusals {

using baro::psus;
using baro::stage;
using baro::strata;
using test::nan;
using labels = std::vector<std::string>;
using numbers = std::vector<double>;
constexpr double infinity = std::numeric_limits<double>::infinity();
const labels region{"N", "N", "S", "S", "S", "S"}, school{"a", "b", "c", "c", "d", "d"};
const std::vector<int> pupil{1, 2, 3, 4, 5, 6}, three{1, 2, 3};

template <class... Words>
std::string says(const Words&... words) {
  return test::refused<baro::error>([&] { baro::design{words...}; });
}
std::string says_of_weights(const numbers& w) { return says(baro::weights(w)); }

TEST_SUITE("design/refusals") {
  TEST_CASE("weights must be finite, not negative, and not all 0") {
    CHECK(says_of_weights({1, -.4}) == "design: weights[1] = -0.4, must be finite and >= 0");
    CHECK(says_of_weights({nan, 1}) == "design: weights[0] = nan, must be finite and >= 0");
    CHECK(says_of_weights({1, nan}) == "design: weights[1] = nan, must be finite and >= 0");
    CHECK(says_of_weights({1, infinity}) ==
          "design: weights[1] = inf, must be finite and >= 0");
    CHECK(says_of_weights({0, 0}) == "design: weights are all 0, at least one must be > 0");
    CHECK(says_of_weights({0, 1e-300}) == "nothing was refused");
    const std::vector<int> whole{2, -1, -2};  // the first one at fault is named
    CHECK(says(baro::weights(whole)) == "design: weights[1] = -1, must be finite and >= 0");
  }

  TEST_CASE("a refused weight tells its column and row apart") {
    const numbers w{1, 2, -3};
    try {
      baro::design{baro::weights(w)};
      FAIL("nothing was refused");
    } catch (const baro::value_error& e) {
      CHECK(e.argument == "weights");
      CHECK(e.index == 2);
      CHECK(e.value == "-3");
      CHECK(e.rule == "must be finite and >= 0");
    }
  }

  TEST_CASE("columns must be as long as each other, at every stage") {
    const numbers w(5, 1.0), n3(3, 9.0);
    const baro::rows six(6);
    CHECK(says(six, baro::weights(w)) == "design: weights has 5 rows, must have 6");
    CHECK(says(six, strata(three)) == "design: strata has 3 rows, must have 6");
    CHECK(says(six, psus(three)) == "design: psus has 3 rows, must have 6");
    CHECK(says(six, baro::population_sizes(n3)) ==
          "design: population_sizes has 3 rows, must have 6");
    CHECK(says(six, baro::sampling_fractions(n3)) ==
          "design: sampling_fractions has 3 rows, must have 6");
    CHECK(says(psus(school), stage(psus(three))) ==
          "design: psus (stage 2) has 3 rows, must have 6");
    CHECK(says(psus(school), stage(strata(three))) ==
          "design: strata (stage 2) has 3 rows, must have 6");
    CHECK(says(psus(school), stage(psus(pupil), baro::population_sizes(n3))) ==
          "design: population_sizes (stage 2) has 3 rows, must have 6");
    CHECK(says(baro::rows(0)) == "design: 0 rows, must have at least 1");
    CHECK(says_of_weights({}) == "design: 0 rows, must have at least 1");
    CHECK(says(baro::single_psu::center) == "design: 0 rows, must have at least 1");
  }

  TEST_CASE("a population size is one number per stratum, at least what was sampled") {
    const auto with = [](const numbers& sizes) {
      return says(strata(region), psus(school), baro::population_sizes(sizes));
    };
    CHECK(with({2, 2, 9, 9, 9, 9}) == "nothing was refused");
    CHECK(with({2, 2, 9, 9, 8, 9}) ==
          "design: population_sizes[4] = 8, must be the same for all of stratum 'S', which "
          "began with 9");
    CHECK(with({1, 1, 9, 9, 9, 9}) ==
          "design: population_sizes[0] = 1, must be at least the 2 units sampled in stratum "
          "'N'");
    CHECK(with({2, 2, .5, .5, .5, .5}) ==
          "design: population_sizes[2] = 0.5, must be at least 1 and finite");
    CHECK(with({2, 2, nan, nan, nan, nan}) ==
          "design: population_sizes[2] = nan, must be at least 1 and finite");
    CHECK(with({2, nan, 9, 9, 9, 9}) ==
          "design: population_sizes[1] = nan, must be the same for all of stratum 'N', which "
          "began with 2");
    CHECK(says(baro::rows(6), baro::population_size(5)) ==
          "design: population_sizes[0] = 5, must be at least the 6 units sampled in the "
          "sample");
  }

  TEST_CASE("a sampling fraction is one number per stratum, in [0, 1], or a size is given") {
    const auto with = [](const numbers& f) {
      return says(strata(region), psus(school), baro::sampling_fractions(f));
    };
    CHECK(with({0, 0, 1, 1, 1, 1}) == "nothing was refused");
    CHECK(with({0, 0, 1.5, 1.5, 1.5, 1.5}) ==
          "design: sampling_fractions[2] = 1.5, must be in [0, 1]");
    CHECK(with({-.1, -.1, 0, 0, 0, 0}) ==
          "design: sampling_fractions[0] = -0.1, must be in [0, 1]");
    CHECK(with({0, 0, 0, .1, 0, 0}) ==
          "design: sampling_fractions[3] = 0.1, must be the same for all of stratum 'S', "
          "which began with 0");
    CHECK(says(psus(school), baro::population_size(40), baro::sampling_fraction(.1)) ==
          "design: population_sizes and sampling_fractions are both given, must be one of "
          "them");
  }

  TEST_CASE("the faults of a later stage are told with the unit they are in") {
    const numbers n2{1, 1, 1, 1, 2, 2}, wrong{1, 1, 4, 5, 2, 2};
    const baro::sampling_fraction f(.5);
    CHECK(says(psus(school), f, stage(psus(pupil), baro::population_sizes(n2))) ==
          "design: population_sizes (stage 2)[2] = 1, must be at least the 2 units sampled in "
          "unit 'c' (stage 2)");
    CHECK(says(psus(school), f, stage(psus(pupil), baro::population_sizes(wrong))) ==
          "design: population_sizes (stage 2)[3] = 5, must be the same for all of unit 'c' "
          "(stage 2), which began with 4");
    CHECK(says(psus(school), f, stage(), stage(psus(pupil))) ==
          "design: psus (stage 2) is missing, must be given for every stage but the last");
    CHECK(says(strata(region), f, stage(psus(pupil))) ==
          "design: psus is missing, must be given for every stage but the last");
  }

  TEST_CASE(
      "a stratum with a single sampled unit needs a policy, or to be a whole population") {
    const std::string rest =
        " has a single sampled unit, its variance cannot be estimated; choose single_psu "
        "remove, average, center or certainty";
    const labels lone{"N", "S", "S", "S", "S", "S"};
    CHECK(says(strata(lone)) == "design: stratum 'N'" + rest);
    CHECK(says(strata(lone), psus(school)) == "design: stratum 'N'" + rest);
    CHECK(says(baro::rows(1)) == "design: the sample" + rest);
    CHECK(says(strata(lone), baro::single_psu::remove) == "nothing was refused");
    const numbers sizes{1, 5, 5, 5, 5, 5};
    CHECK(says(strata(lone), baro::population_sizes(sizes)) == "nothing was refused");
    const baro::sampling_fraction f(.5), all(1);
    CHECK(says(psus(school), f, stage(psus(pupil))) == "design: unit 'a' (stage 2)" + rest);
    CHECK(says(psus(school), f, stage(strata(region), psus(pupil))) ==
          "design: stratum 'N' of unit 'a' (stage 2)" + rest);
    CHECK(says(psus(school), stage(psus(pupil))) == "nothing was refused");  // adds nothing
    CHECK(says(psus(school), f, stage(psus(pupil), all)) == "nothing was refused");
  }

  TEST_CASE("an empty label is a missing one, and is refused with its row and its stage") {
    const labels gap{"N", "N", "S", "", "S", "S"}, two{"", "a", "b", "b", "c", "c"};
    CHECK(says(baro::strata(gap)) == "design: strata[3] = '', must not be empty");
    CHECK(says(baro::psus(two)) == "design: psus[0] = '', must not be empty");
    CHECK(says(baro::psus(school), baro::sampling_fraction(.5), baro::stage(baro::psus(gap))) ==
          "design: psus (stage 2)[3] = '', must not be empty");
  }

  TEST_CASE("what there can be one of is refused when it is given twice") {
    const numbers w(6, 1.0), other(6, 2.0);
    CHECK(says(baro::weights(w), baro::weights(other)) ==
          "design: weights given twice, must be given once");
    CHECK(says(baro::rows(6), baro::rows(5)) == "design: rows given twice, must be given once");
    CHECK(says(baro::weights(w), baro::single_psu::error, baro::single_psu::center) ==
          "design: single_psu given twice, must be given once");
    CHECK(says(baro::weights(w), baro::degrees_of_freedom{}, baro::degrees_of_freedom{}) ==
          "design: degrees_of_freedom given twice, must be given once");
  }

  TEST_CASE("a part of the first stage given twice is refused") {
    CHECK(says(strata(region), strata(region)) ==
          "design: strata given twice for one stage, must be given once");
  }
}

}  // namespace design_refusals
