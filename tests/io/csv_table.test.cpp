// SPDX-License-Identifier: BSL-1.0
#include <baro/io/csv_table.hpp>

#include "support/refused.hpp"

#include <doctest/doctest.h>

#include <initializer_list>
#include <string>
#include <vector>

namespace io_csv_table {

baro::csv_table table(std::vector<std::string> names,
                      std::initializer_list<std::vector<std::string>> rows) {
  baro::csv_table t("f.csv", ';', std::move(names), 1);
  std::size_t line = 2;
  for (const auto& row : rows) {
    t.begin_row(line++);
    for (const auto& cell : row) CHECK(t.add_cell(cell));
  }
  return t;
}

std::string refusal(const baro::csv_table& t, const std::string& name) {
  return test::refused<baro::file_error>([&] { static_cast<void>(t.column(name)); });
}

TEST_SUITE("io/csv_table") {
  TEST_CASE("every cell comes back from the arena") {
    const auto t =
        table({"a", "b", "c"}, {{"1", "", "three"}, {"", "", ""}, {"x", "yy", "zzz"}});
    CHECK(t.rows() == 3);
    CHECK(t.columns() == 3);
    CHECK(t.text(0, 0) == "1");
    CHECK(t.text(0, 1) == "");
    CHECK(t.text(0, 2) == "three");
    CHECK(t.text(1, 2) == "");
    CHECK(t.text(2, 0) == "x");
    CHECK(t.text(2, 1) == "yy");
    CHECK(t.text(2, 2) == "zzz");
    CHECK(t.line(2) == 4);
  }

  TEST_CASE("empty, blank, NA and . are missing, and nothing else is") {
    for (const char* text : {"", " ", " \t ", "NA", ".", " NA ", "\t."})
      CHECK(baro::csv_table::is_missing_text(text));
    for (const char* text : {"0", "na", "N/A", "NaN", "..", "NAs", "-", "A", "N A", "NULL"})
      CHECK_FALSE(baro::csv_table::is_missing_text(text));
  }

  TEST_CASE("a column is found by its exact name") {
    const auto t = table({"a", "A", "b b"}, {{"1", "2", "3"}});
    CHECK(t.column("a") == 0);
    CHECK(t.column("A") == 1);
    CHECK(t.column("b b") == 2);
    CHECK(t.has_column("A"));
    CHECK_FALSE(t.has_column("b"));
  }

  TEST_CASE("a column that is not there is refused, and those there are are named") {
    const auto t = table({"a", "b"}, {{"1", "2"}});
    CHECK(refusal(t, "c") == "f.csv:1: no column 'c', the columns are 'a', 'b'");
    std::vector<std::string> many;
    for (int i = 0; i < 25; ++i) many.push_back("c" + std::to_string(i));
    CHECK(refusal(baro::csv_table("f.csv", ',', many, 1), "x").ends_with("'c19' and 5 more"));
  }

  TEST_CASE("a name twice in the header is refused when it is asked for, not before") {
    const auto t = table({"a", "b", "a", ""}, {{"1", "2", "3", "4"}});
    CHECK(t.column("b") == 1);
    CHECK(refusal(t, "a") ==
          "f.csv:1: column 'a' stands 2 times in the header, must be unique");
    CHECK(refusal(t, "") == "f.csv:1: a column without a name cannot be asked for");
  }
}

}  // namespace io_csv_table
