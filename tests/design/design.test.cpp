// SPDX-License-Identifier: BSL-1.0
#include <baro/design/design.hpp>
#include <baro/estimate/mean.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <support/refused.hpp>
#include <support/sample.hpp>
#include <type_traits>
#include <vector>

namespace design_design {

using baro::design;
const test::sample s = test::sample::of(120, 11);
static_assert(!std::is_convertible_v<baro::weights, design>);
static_assert(!std::is_default_constructible_v<design>);

/// Value and variance of a mean, to the bit.
std::pair<double, double> mean_under(const design& d) {
  const baro::estimate<> e = baro::mean(d, s.y);
  return {e.value(0), e.variance(0)};
}

/// The same strata and PSUs under other labels, in the same order of labels.
template <class Label, class F>
std::pair<double, double> relabelled(F label) {
  std::vector<Label> stratum, psu;
  for (std::size_t i = 0; i < s.size(); ++i) {
    stratum.push_back(label(s.stratum[i]));
    psu.push_back(label(s.psu[i]));
  }
  return mean_under(design{baro::weights(s.weight), baro::strata(stratum), baro::psus(psu)});
}

enum class shade : std::int16_t { first = -300 };

TEST_SUITE("design/design") {
  TEST_CASE("strata and PSUs may be any integers, enums or strings, in any order of rows") {
    static const std::string words[] = {"a", "b", "c", "d", "e", "f"};
    const auto expected = mean_under(s.clustered());
    const auto same = [](int k) { return static_cast<std::uint8_t>(k); };
    CHECK(relabelled<std::uint8_t>(same) == expected);
    CHECK(relabelled<int>([](int k) { return 10 * k - 25; }) == expected);
    CHECK(relabelled<std::int64_t>([](int k) {
            return k == 0   ? std::numeric_limits<std::int64_t>::min()
                   : k == 5 ? std::numeric_limits<std::int64_t>::max()
                            : std::int64_t{1} << (10 * k);
          }) == expected);
    CHECK(relabelled<shade>([](int k) { return static_cast<shade>(100 * k - 300); }) ==
          expected);
    CHECK(relabelled<std::string>([](int k) { return words[k]; }) == expected);
    CHECK(relabelled<std::string_view>([](int k) { return std::string_view(words[k]); }) ==
          expected);
    CHECK(relabelled<const char*>([](int k) { return words[k].c_str(); }) == expected);
  }

  TEST_CASE("PSU labels are read within their stratum") {
    std::vector<int> everywhere;  // no label is used in two strata
    for (std::size_t i = 0; i < s.size(); ++i)
      everywhere.push_back(100 * s.stratum[i] + s.psu[i]);
    const design apart{baro::weights(s.weight), baro::strata(s.stratum),
                       baro::psus(everywhere)};
    CHECK(mean_under(apart) == mean_under(s.clustered()));
    CHECK(apart.tree().leaves() == 24);
  }

  TEST_CASE("the words come in any order, and stage 1 may be spelled out") {
    const auto expected = mean_under(s.clustered(baro::sampling_fraction(.25)));
    CHECK(mean_under(design{baro::sampling_fraction(.25), baro::psus(s.psu),
                            baro::single_psu::remove, baro::strata(s.stratum),
                            baro::weights(s.weight)}) == expected);
    CHECK(mean_under(design{baro::weights(s.weight),
                            baro::stage(baro::psus(s.psu), baro::strata(s.stratum),
                                        baro::sampling_fraction(.25))}) == expected);
  }

  TEST_CASE("a design without weights weighs everybody 1") {
    const std::vector<double> ones(s.size(), 1.0);
    const design without{baro::strata(s.stratum)};
    const design with{baro::weights(ones), baro::strata(s.stratum)};
    CHECK(!without.is_weighted());
    CHECK(without.size() == s.size());
    CHECK(mean_under(without) == mean_under(with));
    CHECK(mean_under(design{baro::rows(s.size())}) == mean_under(design{baro::weights(ones)}));
  }

  TEST_CASE("weights are seen where they lie, and a copy shares the coded units") {
    const design d = s.clustered(baro::single_psu::center, baro::degrees_of_freedom::fixed(9));
    std::vector<double> buffer(s.size());
    CHECK(d.weights_column().read(0, s.size(), buffer.data()) == s.weight.data());
    const design copy{d};
    CHECK(copy.leaf() == d.leaf());
    CHECK(copy.shared_tree() == d.shared_tree());
    CHECK(copy.single_psu_policy() == baro::single_psu::center);
    CHECK(copy.df_policy().value() == 9);
  }

  TEST_CASE("later respondents are coded as those of the first design, policies included") {
    const design first = s.clustered(baro::single_psu::average);
    const test::sample later = s.rows({7, 3, 99});
    const design more{baro::same_frame(first), baro::weights(later.weight),
                      baro::strata(later.stratum), baro::psus(later.psu)};
    CHECK(more.shared_tree() == first.shared_tree());
    CHECK(more.single_psu_policy() == baro::single_psu::average);
    CHECK(more.leaf()[0] == first.leaf()[7]);
    CHECK(more.leaf()[1] == first.leaf()[3]);
    CHECK(more.leaf()[2] == first.leaf()[99]);
  }

  TEST_CASE("a label that the first design does not know is refused with its row") {
    const design first = s.clustered();
    const std::vector<int> known{1, 1}, unknown{1, 17};
    const auto later = [&](auto... words) {
      return test::refused<baro::value_error>([&] { design{words...}; });
    };
    CHECK(later(baro::same_frame(first), baro::strata(unknown), baro::psus(known)) ==
          "design: strata[1] = 17, must be known to same_frame");
    CHECK(later(baro::same_frame(first), baro::strata(known), baro::psus(unknown)) ==
          "design: psus[1] = 17, must be known to same_frame");
    CHECK(later(baro::same_frame(first), baro::psus(known)) ==
          "design: strata is missing, must be given as in same_frame");
    CHECK(later(baro::same_frame(first), baro::strata(known)) ==
          "design: psus is missing, must be given as in same_frame");
  }

  TEST_CASE("a pair of a known stratum and a known PSU may still be unknown") {
    const std::vector<int> stratum{1, 1, 1, 2, 2, 2}, psu{1, 2, 2, 3, 4, 4}, one{1}, four{4};
    const design first{baro::strata(stratum), baro::psus(psu)};
    CHECK(test::refused<baro::value_error>([&] {
            design{baro::same_frame(first), baro::strata(one), baro::psus(four)};
          }) == "design: psus[0] = 4, must be known to same_frame");
  }

  TEST_CASE("nobody can join PSUs that hold one respondent each, nor add a design variable") {
    const std::vector<int> person{1, 2, 3}, again{1};
    const design first{baro::psus(person)}, plain{baro::rows(3)};
    const auto later = [&](auto... words) {
      return test::refused<baro::value_error>([&] { design{words...}; });
    };
    CHECK(later(baro::same_frame(first), baro::psus(again)) ==
          "design: psus of same_frame hold one respondent each, nobody else can be in them");
    CHECK(later(baro::same_frame(plain), baro::psus(again)) ==
          "design: psus is given, must be left out as in same_frame");
    CHECK(later(baro::same_frame(plain), baro::strata(again)) ==
          "design: strata is given, must be left out as in same_frame");
    CHECK(later(baro::same_frame(plain), baro::rows(1)) == "nothing was refused");
  }
}

}  // namespace design_design
