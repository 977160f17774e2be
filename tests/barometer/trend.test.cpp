// SPDX-License-Identifier: BSL-1.0
// `barometer trend`: what it prints for panels, independent waves and shared sampling units,
// and what it refuses.
#include "barometer/program.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <support/close.hpp>
#include <vector>

namespace barometer_trend {

using test::close;
using words = std::vector<std::string>;
using row = test::program_row;

// Student's sleep data: ten people under two drugs (R datasets::sleep).
const std::string sleep =
    "drug,person,extra\n"
    "1,a,0.7\n1,b,-1.6\n1,c,-0.2\n1,d,-1.2\n1,e,-0.1\n1,f,3.4\n1,g,3.7\n1,h,0.8\n1,i,0.0\n1,j,"
    "2.0\n"
    "2,j,3.4\n2,b,0.8\n2,c,1.1\n2,d,0.1\n2,e,-0.1\n2,f,4.4\n2,g,5.5\n2,h,1.6\n2,i,4.6\n2,a,1."
    "9\n";

class program_on_file {
 public:
  explicit program_on_file(const std::string& bytes) { here_.write("data.csv", bytes); }

  test::program_run run(const words& more) const {
    words all{"trend", here_.path("data.csv")};
    all.insert(all.end(), more.begin(), more.end());
    return here_.run(all);
  }
  std::vector<row> rows(words more) const {
    more.insert(more.end(), {"--format", "csv"});
    const auto done = run(more);
    CAPTURE(done.err);
    REQUIRE(done.status == 0);
    return test::rows_of(done);
  }
  std::string refusal(const words& more) const {
    const auto done = run(more);
    CHECK(done.status == 2);
    CHECK(done.out.empty());
    return done.err;
  }

 private:
  test::program here_;
};

double number(const row& r, const std::string& column) { return std::stod(r.at(column)); }
bool says(const std::string& text, const std::string& part) {
  CAPTURE(text);
  return text.find(part) != text.npos;
}

TEST_SUITE("barometer/trend") {
  TEST_CASE("a full panel: R t.test(paired = TRUE)") {
    const program_on_file data(sleep);
    const auto r = data.rows(
        {"--wave", "drug", "--id", "person", "--mean", "extra", "--interval", "wald"});
    REQUIRE(r.size() == 5);
    CHECK(r[0].at("kind") == "wave");
    CHECK(r[0].at("from").empty());
    CHECK(r[0].at("to") == "1");
    CHECK(close(number(r[0], "estimate"), .75, 1e-14));
    CHECK(number(r[0], "df") == 9);
    CHECK(r[0].at("p_value").empty());
    CHECK(r[2].at("kind") == "change");
    CHECK(r[2].at("from") == "1");
    CHECK(r[2].at("to") == "2");
    CHECK(close(number(r[2], "estimate"), 1.58, 1e-13));
    CHECK(close(number(r[2], "statistic_value"), 4.062127683382037, 1e-12));
    CHECK(close(number(r[2], "df"), 9.0, 1e-12));
    CHECK(close(number(r[2], "p_value"), .00283289019738427, 1e-11));
    CHECK(close(number(r[2], "low"), .70011423672301754, 1e-11));
    CHECK(close(number(r[2], "high"), 2.45988576327698238, 1e-11));
    CHECK(r[2].at("p_adjusted") == r[2].at("p_value"));
    CHECK(r[2].at("df1").empty());
    CHECK(r[3].at("kind") == "slope");
    CHECK(close(number(r[3], "p_value"), number(r[2], "p_value"), 1e-11));
    CHECK(r[4].at("kind") == "equal");
    CHECK(close(number(r[4], "statistic_value"), 16.50088131609870956, 1e-11));
    CHECK(number(r[4], "df1") == 1);
    CHECK(r[4].at("estimate").empty());
  }

  TEST_CASE("without an identifier the waves are independent: R t.test, Welch") {
    const program_on_file data(sleep);
    for (const words& more : {words{}, words{"--id", "person", "--link", "independent"}}) {
      words all{"--wave", "drug", "--mean", "extra"};
      all.insert(all.end(), more.begin(), more.end());
      const auto r = data.rows(all);
      CHECK(close(number(r[2], "statistic_value"), 1.860813467486853, 1e-12));
      CHECK(close(number(r[2], "df"), 17.7764735161785, 1e-12));
      CHECK(close(number(r[2], "p_value"), .0793941401873582, 1e-11));
    }
  }

  TEST_CASE("slope per unit of the wave number, changes against a reference, adjusted") {
    std::string bytes = "year,y,sex\n";
    const int years[] = {2009, 2011, 2016};
    for (int w = 0; w < 3; ++w)
      for (int i = 0; i < 12; ++i)
        bytes += std::to_string(years[w]) + "," + std::to_string(w * w + (i * 5) % 7) + "," +
                 (i % 2 == 0 ? "F" : "H") + "\n";
    const program_on_file data(bytes);
    const auto r = data.rows({"--wave", "year", "--mean", "y", "--reference", "2011",
                              "--adjust", "holm", "--by", "sex"});
    REQUIRE(r.size() == 2 * 7);
    std::vector<double> p;
    for (const row& one : r)
      if (one.at("kind") == "change") {
        CHECK(one.at("from") == "2011");
        p.push_back(number(one, "p_value"));
        CHECK(number(one, "p_adjusted") >= number(one, "p_value"));
      }
    CHECK(p.size() == 4);
    const double m[] = {number(r[0], "estimate"), number(r[1], "estimate"),
                        number(r[2], "estimate")};
    CHECK(r[5].at("kind") == "slope");
    CHECK(close(number(r[5], "estimate"), (-3 * m[0] - m[1] + 4 * m[2]) / 26, 1e-12));
    CHECK(r[0].at("sex") == "F");
    CHECK(r[7].at("sex") == "H");
  }

  TEST_CASE("sampling units that stay link the waves") {
    std::string bytes = "wave,area,y\n";
    for (int w = 1; w <= 2; ++w)
      for (int a = 0; a < 8; ++a)
        for (int i = 0; i < 4; ++i)
          bytes += std::to_string(w) + "," + std::to_string(a) + "," +
                   std::to_string(10 * a + (i * 3 + w * a) % 5) + "\n";
    const program_on_file data(bytes);
    const auto linked = data.rows({"--wave", "wave", "--psu", "area", "--mean", "y"});
    const auto apart =
        data.rows({"--wave", "wave", "--psu", "area", "--mean", "y", "--link", "independent"});
    CHECK(linked[0].at("standard_error") == apart[0].at("standard_error"));
    CHECK(number(linked[2], "standard_error") < .2 * number(apart[2], "standard_error"));
    CHECK(close(number(linked[2], "df"), 7.0, 1e-12));
  }

  TEST_CASE("shares, quantiles, balances and totals have their series too") {
    const program_on_file data(sleep);
    const auto r = data.rows({"--wave", "drug", "--id", "person", "--share", "extra=0.8",
                              "--quantile", "extra@0.5", "--total", "1"});
    REQUIRE(r.size() == 15);
    CHECK(r[0].at("level") == "0.8");
    CHECK(close(number(r[0], "estimate"), .1, 1e-14));
    CHECK(r[7].at("variable") == "extra@0.5");
    CHECK(number(r[10], "estimate") == 10);
    CHECK(r[12].at("status") == "undefined");  // ten people, ten people: nothing varies
    const auto json = data.run({"--wave", "drug", "--mean", "extra", "--format", "json"});
    CHECK(json.status == 0);
    CHECK(says(json.out, "\"kind\""));
  }

  TEST_CASE("the page for people has arrows and says what it rests on") {
    const program_on_file data(sleep);
    const auto done = data.run({"--wave", "drug", "--id", "person", "--mean", "extra"});
    CHECK(done.status == 0);
    CHECK(says(done.out, "▲"));
    CHECK(says(done.out, "know that 10 of 10 respondents (person) are in several waves"));
    CHECK(says(done.out, "slope +1.58"));
  }

  TEST_CASE("what a reader must know of the waves is said") {
    const auto page = [](const std::string& bytes, const words& more) {
      const auto done = program_on_file(bytes).run(more);
      CAPTURE(done.err);
      CHECK(done.status == 0);
      return done.out;
    };
    CHECK(says(page("w,i,y\n1,1,1\n1,2,2\n1,3,4\n2,1.0,1\n2,2.0,2\n2,3.0,5\n",
                    {"--wave", "w", "--id", "i", "--mean", "y"}),
               "None of the 6 respondents (i) is in several waves"));
    CHECK(says(page("w,y\nJan,1\nJan,2\nFeb,3\nFeb,5\n", {"--wave", "w", "--mean", "y"}),
               "order of the alphabet"));
    // A decimal comma is a number: 2 in 1 unit, not in 1 wave.
    CHECK(says(page("w;y\n9,5;1\n9,5;3\n10,5;3\n10,5;5\n13,5;9\n13,5;11\n",
                    {"--wave", "w", "--mean", "y"}),
               "slope +2.0"));
  }

  TEST_CASE("what cannot be is refused with its place") {
    const program_on_file data(sleep);
    CHECK(says(data.refusal({"--mean", "extra"}), "--wave COL is missing"));
    CHECK(says(data.refusal({"--wave", "drug"}), "no statistic"));
    CHECK(says(data.refusal({"--wave", "drug", "--mean", "extra", "--link", "pattern"}),
               "must come with --id or --psu"));
    CHECK(says(data.refusal({"--wave", "drug", "--mean", "extra", "--link", "chain"}),
               "must be one of pattern"));
    CHECK(says(data.refusal({"--wave", "drug", "--mean", "extra", "--reference", "3"}),
               "column 'drug' has no level '3'"));
    CHECK(says(data.refusal({"--wave", "drug", "--mean", "extra", "--by", "drug"}),
               "must not be the column of --wave"));
    CHECK(says(program_on_file("w,i,y\n1,a,1\n1,a,2\n2,a,1\n")
                   .refusal({"--wave", "w", "--id", "i", "--mean", "y"}),
               "data.csv:3: column 'i' = 'a', must be once in wave '1', line 2 has it too"));
    CHECK(says(
        program_on_file("w,i,y\n1,a,1\n,b,2\n2,a,1\n").refusal({"--wave", "w", "--mean", "y"}),
        "data.csv:3: column 'w' = '', must not be missing"));
    CHECK(says(program_on_file("w,i,y\n1,a,1\n1,b,2\n").refusal({"--wave", "w", "--mean", "y"}),
               "must be a column of two waves at least"));
    // The place of a design's refusal is the line of the file, in whichever wave.
    CHECK(says(program_on_file("w,h,y,g\n1,a,1,1\n1,b,2,1\n2,a,1,1\n2,a,2,-1\n")
                   .refusal({"--wave", "w", "--mean", "y", "--weight", "g"}),
               "data.csv:5: column 'g' = -1, must be >= 0"));
    CHECK(says(program_on_file("w,h,y\n1,a,1\n1,a,2\n2,a,1\n2,b,2\n")
                   .refusal({"--wave", "w", "--mean", "y", "--stratum", "h"}),
               "(wave '2')"));
  }
}

}  // namespace barometer_trend
