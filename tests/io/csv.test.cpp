// SPDX-License-Identifier: BSL-1.0
#include <baro/io/csv.hpp>

#include "support/refused.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace io_csv {

using rows = std::vector<std::vector<std::string>>;

baro::csv_table parse(const std::string& text) { return baro::parse_csv(text, "f.csv"); }

std::string refusal(const std::string& text) {
  return test::refused<baro::file_error>([&] { parse(text); });
}

/// The header and the rows, as text.
rows cells(const baro::csv_table& t) {
  rows out{t.names()};
  for (std::size_t r = 0; r < t.rows(); ++r) {
    out.emplace_back();
    for (std::size_t c = 0; c < t.columns(); ++c) out.back().emplace_back(t.text(r, c));
  }
  return out;
}

std::vector<std::size_t> lines(const baro::csv_table& t) {
  std::vector<std::size_t> out;
  for (std::size_t r = 0; r < t.rows(); ++r) out.push_back(t.line(r));
  return out;
}

TEST_SUITE("io/csv") {
  TEST_CASE("the same table comes out of every separator, line end and byte order mark") {
    const rows expected{{"a", "b"}, {"1", "x y"}, {"", "z"}};
    for (const std::string end : {"\n", "\r\n", "\r"})
      for (const std::string sep : {",", ";", "\t"})
        for (const std::string mark : {"", "\xEF\xBB\xBF"})
          for (const std::string& last : {std::string(), end, end + end}) {
            const auto t = parse(mark + "a" + sep + "b" + end + "1" + sep + "x y" + end + sep +
                                 "z" + last);
            CHECK(cells(t) == expected);
            CHECK(lines(t) == std::vector<std::size_t>{2, 3});
            CHECK(t.separator() == sep[0]);
          }
  }

  TEST_CASE("quotes hold separators, line breaks and doubled quotes") {
    const auto t = parse("q,n\n\"a, b\",1\n\"two\nlines\",2\n\"say \"\"so\"\"\",3\n\"\",4\n");
    CHECK(cells(t) ==
          rows{{"q", "n"}, {"a, b", "1"}, {"two\nlines", "2"}, {"say \"so\"", "3"}, {"", "4"}});
  }

  TEST_CASE("a row knows the line it begins on, after a value of several lines too") {
    const auto t = parse("q,n\n\"a\nb\r\nc\rd\",1\n\nx,2\r\ny,3\rz,4\n");
    CHECK(lines(t) == std::vector<std::size_t>{2, 7, 8, 9});
  }

  TEST_CASE("blanks around an unquoted value are dropped, between quotes they are kept") {
    const auto t = parse(" a , \"b\" \n 1 , \" x \" \n\t2\t,\ty z\n");
    CHECK(cells(t) == rows{{"a", "b"}, {"1", " x "}, {"2", "y z"}});
    const auto tabs = parse("a\tb\tc\n 1 \t\tx\n\t\t\n");
    CHECK(cells(tabs) == rows{{"a", "b", "c"}, {"1", "", "x"}, {"", "", ""}});
  }

  TEST_CASE("blank lines are not rows, a quoted nothing is") {
    const auto t = parse("\n  \na\n1\n\n \n\"\"\n2\n\n");
    CHECK(cells(t) == rows{{"a"}, {"1"}, {""}, {"2"}});
    CHECK(t.header_line() == 3);
    CHECK(lines(t) == std::vector<std::size_t>{4, 7, 8});
  }

  TEST_CASE("a header may have several lines") {
    const auto t = parse("\"a\nb\",c\n1,2\n");
    CHECK(cells(t) == rows{{"a\nb", "c"}, {"1", "2"}});
    CHECK(lines(t) == std::vector<std::size_t>{3});
  }

  TEST_CASE("a ragged row is refused with its line and the two counts") {
    CHECK(refusal("a,b,c\n1,2,3\n1,2\n") == "f.csv:3: 2 fields, must have 3 like the header");
    CHECK(refusal("a,b\n1,2\n\n1,2,\n") == "f.csv:4: 3 fields, must have 2 like the header");
    CHECK(refusal("a,b\n\"x\ny\"\n") == "f.csv:2: 1 field, must have 2 like the header");
  }

  TEST_CASE("a quote that is misplaced or never closed is refused") {
    const std::string misplaced =
        ": a quote stands inside a value, must enclose the whole value and be doubled within "
        "it";
    CHECK(refusal("a,b\n1,x\"y\"\n") == "f.csv:2" + misplaced);
    CHECK(refusal("a,b\n1,2\n\"x\"y,2\n") == "f.csv:3" + misplaced);
    CHECK(refusal("a,b\n1,2\n\"x,2\n3,4\n") ==
          "f.csv:3: a quote opened in this row is never closed");
    CHECK(refusal("\"a,b\n1,2\n") == "f.csv:1: a quote opened in this row is never closed");
  }

  TEST_CASE("a file without a header or without rows is refused") {
    for (const std::string text : {"", "\n", " \r\n\n", "\xEF\xBB\xBF"})
      CHECK(refusal(text) == "f.csv: empty, must have a header row");
    for (const std::string text : {"a,b", "a,b\n", "a,b\n\n \n"})
      CHECK(refusal(text) == "f.csv: no data row, must have at least one after the header");
  }

  TEST_CASE("a file that is not there is refused") {
    CHECK(test::refused<baro::file_error>([] { baro::read_csv("/nowhere.csv"); }) ==
          "/nowhere.csv: cannot be opened: No such file or directory");
  }

  TEST_CASE("a value longer than any buffer comes back whole") {
    const std::string text(100000, 'x');
    const auto t = parse("a,b\n\"" + text + "\n" + text + "\",1\n" + text + ",2\n");
    CHECK(t.text(0, 0) == text + "\n" + text);
    CHECK(t.text(1, 0) == text);
    CHECK(lines(t) == std::vector<std::size_t>{2, 4});
  }
}

}  // namespace io_csv
