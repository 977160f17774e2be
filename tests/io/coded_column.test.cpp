// SPDX-License-Identifier: BSL-1.0
#include <baro/core/categories.hpp>
#include <baro/io/coded_column.hpp>
#include <baro/io/csv.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <type_traits>
#include <vector>

namespace io_coded_column {

baro::coded_column code(const std::string& cells) {
  return baro::code_column(baro::parse_csv("x;y\n" + cells, "f.csv"), "x");
}

using names = std::vector<std::string>;
using codes = std::vector<std::int32_t>;

TEST_SUITE("io/coded_column") {
  TEST_CASE("levels are in the order of their numbers when all are numbers") {
    const auto c = code("10;\n9;\n-1;\n2.5;\n10;\n");
    CHECK(c.levels == names{"-1", "2.5", "9", "10"});
    CHECK(c.codes == codes{3, 2, 0, 1, 3});
  }

  TEST_CASE("and bytewise as soon as one is not") {
    CHECK(code("10;\n9;\nb;\nB;\né;\n").levels == names{"10", "9", "B", "b", "é"});
  }

  TEST_CASE("a missing answer has code -1 and does not change the order") {
    const auto c = code("10;\nNA;\n9;\n.;\n;\n");
    CHECK(c.levels == names{"9", "10"});
    CHECK(c.codes == codes{1, -1, 0, -1, -1});
  }

  TEST_CASE("it goes where answers or breaks go, and its codes are not copied") {
    const auto c = code("no;\nNA;\nyes;\n");
    const baro::categories seen = c;
    CHECK(seen.labels() == names{"no", "yes"});
    codes buffer(3);
    const auto run = seen.read(0, 3, buffer.data());
    CHECK(codes{run[0], run[1], run[2]} == codes{0, -1, 1});
    CHECK(run.raw == c.codes.data());
    static_assert(!std::is_constructible_v<baro::categories, baro::coded_column>);
  }

  TEST_CASE("two spellings of one number are two levels") {
    const auto c = code("1.0;\n1;\n01;\n0;\n");
    CHECK(c.levels == names{"0", "01", "1", "1.0"});
  }

  TEST_CASE("levels with decimal commas are numbers too") {
    CHECK(code("10,5;\n9,25;\n").levels == names{"9,25", "10,5"});
  }

  TEST_CASE("a column of missing answers has no level") {
    const auto c = code("NA;\n.;\n");
    CHECK(c.levels.empty());
    CHECK(c.codes == codes{-1, -1});
  }

  TEST_CASE("a level is found by its text") {
    const auto c = code("b;\na;\n");
    CHECK(c.code_of("b") == 1);
    CHECK(c.code_of("c") == baro::coded_column::missing);
  }

  TEST_CASE("the library reads the codes in place") {
    const auto c = code("b;\na;\nNA;\n");
    const baro::categories q(c.codes, baro::coded_labels{c.levels});
    CHECK(q.labels() == names{"a", "b"});
    CHECK(q.size() == 3);
    CHECK(q.code("b") == c.codes[0]);
    CHECK(q.code("a") == c.codes[1]);
  }
}

}  // namespace io_coded_column
