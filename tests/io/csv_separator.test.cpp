// SPDX-License-Identifier: BSL-1.0
#include <baro/io/csv_separator.hpp>

#include <doctest/doctest.h>

TEST_SUITE("io/csv_separator") {
  TEST_CASE("the separator of the header is the separator") {
    CHECK(baro::detect_separator("a,b\n1;2,3\n") == ',');
    CHECK(baro::detect_separator("a;b\n1,5;2\n") == ';');
    CHECK(baro::detect_separator("a\tb\n1,5\t2;3\n") == '\t');
  }

  TEST_CASE("a separator between quotes does not count") {
    CHECK(baro::detect_separator("\"name, first, last\";age\nx;1\n") == ';');
    CHECK(baro::detect_separator("\"a \"\";\"\" b;;\",c\n1,2\n") == ',');
    CHECK(baro::detect_separator("\"a\nb;c\",d\n1,2\n") == ',');
  }

  TEST_CASE("of several kinds, the one that cuts the first row alike wins") {
    CHECK(baro::detect_separator("income;region, detail, more;w\n1,5;north;2,0\n") == ';');
    CHECK(baro::detect_separator("a;b;c;d,e\nx,y\n") == ',');
  }

  TEST_CASE("then the most frequent one, then tab before ; before ,") {
    CHECK(baro::detect_separator("a,b,c;d") == ',');
    CHECK(baro::detect_separator("a;b,c") == ';');
    CHECK(baro::detect_separator("a;b\tc") == '\t');
  }

  TEST_CASE("one column, or nothing, is read with commas") {
    CHECK(baro::detect_separator("a\n1;2\n") == ',');
    CHECK(baro::detect_separator("") == ',');
    CHECK(baro::detect_separator("\n\n  \n") == ',');
  }

  TEST_CASE("blank lines before the header are passed over") {
    CHECK(baro::detect_separator("\r\n \n\na;b\n\n1;2\n") == ';');
  }
}
