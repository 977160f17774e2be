// SPDX-License-Identifier: BSL-1.0
#include <baro/published/published_figure.hpp>
#include <baro/published/published_status.hpp>

#include <doctest/doctest.h>

namespace published_published_status {

using baro::base;
using baro::claim;
using baro::printed_share;
using baro::published_figure;
using baro::published_status;

TEST_SUITE("published/published_status") {
  TEST_CASE("each status has the word that the CSV output prints") {
    CHECK(name(published_status::ok) == "ok");
    CHECK(name(published_status::no_base) == "no_base");
    CHECK(name(published_status::impossible_share) == "impossible_share");
    CHECK(name(published_status::no_figure) == "no_figure");
  }

  TEST_CASE("a figure says what is missing, a figure at all before a base") {
    const auto status = [](const published_figure& f) { return f.status(); };
    CHECK(status({}) == published_status::no_figure);
    CHECK(status({.base = base(122)}) == published_status::no_figure);
    CHECK(status({.share = printed_share("25")}) == published_status::no_base);
    CHECK(status({.claim = claim("> 2/3")}) == published_status::no_base);
    CHECK(status({.share = printed_share("25"), .base = base(122)}) == published_status::ok);
    CHECK(status({.base = base(122), .claim = claim("> 2/3")}) == published_status::ok);
  }

  TEST_CASE("25 % of 7 is impossible unless the answers are weighted") {
    published_figure figure{.share = printed_share("25 %"), .base = base(7)};
    CHECK(figure.status() == published_status::impossible_share);
    figure.design = {.deff = 1.3};
    CHECK(figure.status() == published_status::ok);
  }

  TEST_CASE("a figure known only by a claim that nothing meets is impossible") {
    CHECK(published_figure{.base = base(7), .claim = claim("> 100%")}.status() ==
          published_status::impossible_share);
    CHECK(published_figure{.base = base(2), .claim = claim("= 3/4")}.status() ==
          published_status::impossible_share);  // none, one half or all
    CHECK(published_figure{.base = base(3), .claim = claim("= 3/4")}.status() ==
          published_status::ok);  // two of three is nearer to 3/4 than to 1/2
  }
}

}  // namespace published_published_status
