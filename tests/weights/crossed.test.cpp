// SPDX-License-Identifier: BSL-1.0
#include <baro/weights/crossed.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <support/refused.hpp>
#include <vector>

TEST_SUITE_BEGIN("weights/crossed");

namespace weights_crossed {

std::vector<std::string> read(const baro::categories& c) {
  std::vector<std::int32_t> buffer(c.size());
  const auto run = c.read(0, c.size(), buffer.data());
  std::vector<std::string> out;
  for (std::size_t i = 0; i < c.size(); ++i)
    out.push_back(run[i] < 0 ? "" : c.labels()[static_cast<std::size_t>(run[i])]);
  return out;
}

TEST_CASE("each combination that somebody has is a level, first question slowest") {
  const std::vector<std::string> sex{"M", "F", "M", "", "F"};
  const std::vector<int> age{2, 1, 1, 1, 10};
  const auto c =
      baro::crossed(baro::categories(sex).named("sex"), baro::categories(age).named("age"));
  CHECK(c.name() == "sex:age");
  CHECK(c.labels() == std::vector<std::string>{"F:1", "F:10", "M:1", "M:2"});
  CHECK(read(c) == std::vector<std::string>{"M:2", "F:1", "M:1", "", "F:10"});
}

TEST_CASE("three questions cross like two") {
  const std::vector<int> a{1, 2}, b{3, 4}, c{5, 6};
  const auto all = baro::crossed(baro::categories(a).named("a"), baro::categories(b).named("b"),
                                 baro::categories(c).named("c"));
  CHECK(all.name() == "a:b:c");
  CHECK(read(all) == std::vector<std::string>{"1:3:5", "2:4:6"});
}

TEST_CASE("what is crossed outlives its parts") {
  const auto make = [] {
    const std::vector<int> a{1, 2}, b{3, 4};
    return baro::crossed(baro::categories(a), baro::categories(b));
  };
  CHECK(read(make()) == std::vector<std::string>{"1:3", "2:4"});
}

TEST_CASE("columns of different lengths are refused") {
  const std::vector<int> a{1, 2}, b{3};
  CHECK(test::refused<baro::size_error>([&] {
          (void)baro::crossed(baro::categories(a), baro::categories(b).named("b"));
        }) == "crossed: b has 1 rows, must have 2");
}

}  // namespace weights_crossed

TEST_SUITE_END();
