// SPDX-License-Identifier: BSL-1.0
#include <baro/core/level_coder.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <set>
#include <string>
#include <string_view>
#include <support/dice.hpp>
#include <vector>

namespace core_level_coder {

using baro::level_coder;
using codes = std::vector<std::int32_t>;

template <class Column>
std::pair<level_coder, codes> learn(const Column& column) {
  codes c(std::size(column));
  level_coder coder = level_coder::learn(column, c.data());
  return {coder, c};
}

TEST_SUITE("core/level_coder") {
  TEST_CASE("codes follow the order of the labels, by table or by index") {
    const auto [table, near] = learn(std::vector<int>{30, -10, 20, 30});
    CHECK(table.has_table());
    CHECK(near == codes{2, 0, 1, 2});
    const auto [index, far] = learn(std::vector<std::int64_t>{1'000'000'000'000, -10, 20, -10});
    CHECK(!index.has_table());
    CHECK(far == codes{2, 0, 1, 0});
    CHECK(index.label(2) == "1000000000000");
    CHECK(table.label(0) == "-10");
    const auto [text, words] = learn(std::vector<std::string>{"b", "a", "", "b"});
    CHECK(words == codes{2, 1, 0, 2});
    CHECK(text.label(0).empty());
  }

  TEST_CASE("table and index give the same codes") {
    test::dice d(1);
    std::vector<std::int64_t> near, far;
    for (int i = 0; i < 3000; ++i) {
      near.push_back(static_cast<std::int64_t>(d.below(500)) - 250);
      far.push_back(near.back() * 1'000'003);
    }
    const auto [table, a] = learn(near);
    const auto [index, b] = learn(far);
    CHECK(table.has_table());
    CHECK(!index.has_table());
    CHECK(a == b);
    CHECK(table.size() == std::set(near.begin(), near.end()).size());
    CHECK(index.size() == table.size());
  }

  TEST_CASE("many strings are told apart while the index grows") {
    std::vector<std::string> column;
    for (int i = 0; i < 5000; ++i) column.push_back("school " + std::to_string(i % 2500));
    const auto [coder, c] = learn(column);
    CHECK(coder.size() == 2500);
    for (std::size_t i = 0; i < 2500; ++i) REQUIRE(c[i] == c[i + 2500]);
    for (std::size_t i = 0; i < 2500; ++i)
      REQUIRE(coder.label(static_cast<std::size_t>(c[i])) == column[i]);
  }

  TEST_CASE("a label that was not learned is -1, on each side and between the known ones") {
    const auto [table, a] = learn(std::vector<int>{1, 3});
    CHECK(table.code(3) == 1);
    CHECK(table.code(2) == -1);
    CHECK(table.code(0) == -1);
    CHECK(table.code(std::numeric_limits<std::int64_t>::min()) == -1);
    CHECK(table.code(std::numeric_limits<std::int64_t>::max()) == -1);
    const auto [text, b] = learn(std::vector<std::string_view>{"x", "z"});
    codes more(3);
    text.encode(std::vector<std::string>{"z", "y", "x"}, more.data());
    CHECK(more == codes{1, -1, 0});
  }

  TEST_CASE("only a table can be learned without coding the rows") {
    level_coder coder;
    CHECK(!coder.learn_table(std::vector<std::string>{"a"}));
    CHECK(!coder.learn_table(std::vector<std::int64_t>{0, 65536}));
    CHECK(coder.size() == 0);
    CHECK(coder.learn_table(std::vector<std::int64_t>{0, 65535}));
    CHECK(coder.size() == 2);
    CHECK(coder.lowest() == 0);
  }

  TEST_CASE("the range of a table is counted without overflow") {
    const std::vector<std::int64_t> ends{std::numeric_limits<std::int64_t>::min(),
                                         std::numeric_limits<std::int64_t>::max()};
    const auto [coder, c] = learn(ends);
    CHECK(!coder.has_table());
    CHECK(c == codes{0, 1});
  }
}

}  // namespace core_level_coder
