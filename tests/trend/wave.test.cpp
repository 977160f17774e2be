// SPDX-License-Identifier: BSL-1.0
// A wave is checked when it is made, and its times when it is followed.
#include <baro/estimate/mean.hpp>
#include <baro/trend/follow.hpp>
#include <baro/trend/wave.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <string>
#include <support/refused.hpp>
#include <vector>

TEST_SUITE_BEGIN("trend/wave");

namespace trend_wave {

using baro::answers, baro::follow, baro::linked_by, baro::mean_of, baro::wave, baro::wave_time;
using test::refused;

const std::vector<double> y{1, 2, 4};
const std::vector<std::string> person{"ann", "bo", "cy"};
const baro::design design{baro::rows(3)};

TEST_CASE("words in any order, strings for people, times that are given") {
  const auto asked = mean_of<double>(answers(y));
  const std::vector<wave<double>> waves{
      wave<double>("spring", design, asked, wave_time(2011.25), linked_by(person)),
      wave<double>("autumn", design, linked_by(person), asked, wave_time(2011.75))};
  CHECK(waves[0].name() == "spring");
  CHECK(waves[0].design().size() == 3);
  const auto series = follow(waves).at(0);
  CHECK(series.times() == std::vector<double>{2011.25, 2011.75});
  CHECK(series.index_of("autumn") == 1);
  // The same people, the same answers: no change, and no doubt about it.
  CHECK(std::abs(series.figures().covariance(0, 1) - series.figures().variance(0)) < 1e-15);
}

TEST_CASE("what cannot be is refused") {
  const auto asked = mean_of<double>(answers(y));
  const std::vector<int> two{1, 2};
  CHECK(refused<baro::value_error>([&] { wave<double>("", design, asked); }) ==
        "wave: name is empty, must not be");
  CHECK(refused<baro::value_error>([&] { wave<double>("2011", design); }) ==
        "wave: no statistic is asked for");
  CHECK(refused<baro::size_error>([&] {
          wave<double>("2011", design, asked, linked_by(two));
        }) == "wave: linked_by has 2 rows, must have 3");
  CHECK(refused<baro::value_error>([] {
          static_cast<void>(wave_time(std::numeric_limits<double>::infinity()));
        }) == "wave_time: value = inf, must be finite");
  const auto follow_two = [&](const wave<double>& a, const wave<double>& b) {
    return refused<baro::value_error>([&] {
      static_cast<void>(follow(std::vector<wave<double>>{a, b}));
    });
  };
  CHECK(follow_two(wave<double>("a", design, asked, wave_time(2)),
                   wave<double>("b", design, asked, wave_time(1))) ==
        "follow: wave_time[1] = 1, must rise from wave to wave");
  CHECK(follow_two(wave<double>("a", design, asked, wave_time(2)),
                   wave<double>("b", design, asked)) ==
        "follow: wave 'b' has no wave_time, must have one as others have");
  CHECK(follow_two(wave<double>("a", design, asked), wave<double>("b", design, asked, asked)) ==
        "follow: wave 'b' has other statistics than wave 'a', must have the same in the same "
        "order");
}

}  // namespace trend_wave

TEST_SUITE_END();
