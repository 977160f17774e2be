// SPDX-License-Identifier: BSL-1.0
#include <baro/interval/verdict.hpp>

#include <doctest/doctest.h>

namespace interval_verdict {

using baro::confidence_level;
using baro::judge;
using baro::p_range;
using baro::verdict;

TEST_SUITE("interval/verdict") {
  TEST_CASE("the verdict is undecidable exactly when the level lies inside the range") {
    const confidence_level level(.95);
    CHECK(judge(p_range<>{.001, .049}, level) == verdict::yes);
    CHECK(judge(p_range<>{.001, .051}, level) == verdict::undecidable);
    CHECK(judge(p_range<>{.051, .9}, level) == verdict::no);
    CHECK(judge(p_range<>{0, 0}, level) == verdict::yes);
    CHECK(judge(p_range<>{1, 1}, level) == verdict::no);
  }

  TEST_CASE("a p-value equal to alpha does not establish anything") {
    const confidence_level half(.5);
    CHECK(judge(p_range<>{.5, .5}, half) == verdict::no);
    CHECK(judge(p_range<>{.4, .5}, half) == verdict::undecidable);
  }

  TEST_CASE("no p-value is no verdict") {
    CHECK(p_range<>{}.empty());
    CHECK(judge(p_range<>{}, confidence_level(.95)) == verdict::undecidable);
  }

  TEST_CASE("p-values are told to four decimals, and never as zero") {
    CHECK(p_text(p_range<>{.0308, .0466}) == "p 0.0308 to 0.0466");
    CHECK(p_text(p_range<>{0, .5}) == "p < 0.0001 to 0.5000");
    CHECK(p_text(p_range<>{1e-30, 1e-20}) == "p < 0.0001");
    CHECK(p_text(p_range<>{.31921, .31922}) == "p 0.3192");
    CHECK(p_text(p_range<>{}) == "p unknown");
  }

  TEST_CASE("each verdict has the word that the CSV output prints") {
    CHECK(name(verdict::yes) == "yes");
    CHECK(name(verdict::no) == "no");
    CHECK(name(verdict::undecidable) == "undecidable");
  }
}

}  // namespace interval_verdict
