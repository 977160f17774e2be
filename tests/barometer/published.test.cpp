// SPDX-License-Identifier: BSL-1.0
// What `barometer published` prints, and what it refuses.
#include "barometer/program.hpp"
#include "support/close.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace barometer_published {

using words = std::vector<std::string>;
using row = std::map<std::string, std::string>;
using test::close;

const std::string header =
    "study,wave,population,question,share,n,deff,population_size,claim\n";
const std::string columns =
    "study,wave,population,question,share,n,low,high,claim,verdict,p_low,p_high,n_needed,"
    "share_needed,status";
const std::string novametrie = std::string(BARO_SOURCE_DIR) + "/examples/data/novametrie.csv";

/// What a run printed; it must have ended well and said nothing on standard error.
std::string printed(const std::string& file, words options) {
  const test::program p;
  p.write("f.csv", file);
  options.insert(options.begin(), {"published", "f.csv"});
  const test::program_run done = p.run(options);
  CHECK(done.err == "");
  CHECK(done.status == 0);
  return done.out;
}

std::string printed_novametrie(words options) {
  const test::program p;
  options.insert(options.begin(), {"published", novametrie});
  const test::program_run done = p.run(options);
  CHECK(done.err == "");
  CHECK(done.status == 0);
  return done.out;
}

/// Rows of a CSV without quotes.
std::vector<row> rows_of(const std::string& csv) {
  std::istringstream lines(csv);
  std::vector<std::vector<std::string>> cells;
  for (std::string line; std::getline(lines, line);) {
    cells.emplace_back();
    std::istringstream in(line + ",");
    for (std::string cell; std::getline(in, cell, ',');) cells.back().push_back(cell);
  }
  std::vector<row> rows;
  for (std::size_t r = 1; r < cells.size(); ++r) {
    REQUIRE(cells[r].size() == cells[0].size());
    rows.emplace_back();
    for (std::size_t c = 0; c < cells[r].size(); ++c) rows.back()[cells[0][c]] = cells[r][c];
  }
  return rows;
}

std::vector<row> figures(const std::string& lines, words options = {}) {
  options.insert(options.end(), {"--format", "csv"});
  return rows_of(printed(header + lines, options));
}

double number(const std::string& text) { return std::strtod(text.c_str(), nullptr); }

void check_refused(const std::string& file, const words& options, const std::string& line) {
  CAPTURE(line);
  const test::program p;
  p.write("f.csv", file);
  words arguments{"published", "f.csv"};
  arguments.insert(arguments.end(), options.begin(), options.end());
  const test::program_run done = p.run(arguments);
  CHECK(done.status == 2);
  CHECK(done.out == "");
  CHECK(done.err == "barometer: " + line + "\n");
}

TEST_SUITE("barometer/published") {
  TEST_CASE("one row per figure, in the order of the file, with the columns of the contract") {
    const std::string csv = printed_novametrie({"--format", "csv"});
    CHECK(csv.substr(0, csv.find('\n')) == columns);
    const auto rows = rows_of(csv);
    REQUIRE(rows.size() == 10);
    CHECK(rows[0].at("claim") == "= 3/4");
    CHECK(rows[3].at("population") == "DRH");
    CHECK(rows[3].at("share") == "0.25");
    CHECK(rows[3].at("n") == "122");
    CHECK(rows[3].at("verdict") == "");
    CHECK(rows[5].at("question").find("partager des informations") != std::string::npos);
    CHECK(rows[6].at("status") == "no_base");
    CHECK(rows[6].at("low") == "");
    CHECK(rows[8].at("verdict") == "undecidable");
    for (std::size_t r = 0; r < 6; ++r) CHECK(rows[r].at("status") == "ok");
  }

  TEST_CASE("the claim of a printed share: verdict, p-values, base and share needed") {
    const auto rows = figures(
        "A,2011,DRH,Q1,25 %,122,,,> 1/5\n"
        "A,2011,DRH,Q2,79,1000,,,> 3/4\n"
        "A,2011,DRH,Q3,8%,1000,,,< 10%\n"
        "A,2011,DRH,Q4,75,1000,,,= 3/4\n"
        "A,2011,DRH,Q5,92,,,,> 90%\n");
    CHECK(rows[0].at("verdict") == "no");
    CHECK(close(number(rows[0].at("p_low")), .086393968844710359, 1e-12));  // R, pbinom
    CHECK(close(number(rows[0].at("p_high")), .1254144514805994, 1e-12));
    CHECK(rows[1].at("verdict") == "yes");
    CHECK(rows[2].at("verdict") == "undecidable");
    CHECK(rows[3].at("verdict") == "yes");
    CHECK(rows[3].at("n_needed") == "");
    CHECK(rows[4].at("verdict") == "undecidable");
    CHECK(rows[4].at("n_needed") == "988");
    CHECK(rows[4].at("share_needed") == "");
    CHECK(rows[4].at("status") == "no_base");
  }

  TEST_CASE("what is needed, fed back, says yes, and one less does not") {
    const std::string share = "25";
    for (const std::string design : {",", "1.4,", ",2000"}) {
      const std::string claim = ",> 1/5\n";
      const auto first = figures("A,1,p,q,25,122," + design + claim);
      const std::string n = first[0].at("n_needed");
      const auto steps = std::to_string(std::lround(100 * number(first[0].at("share_needed"))));
      const auto less =
          std::to_string(std::lround(100 * number(first[0].at("share_needed"))) - 1);
      const auto fewer = std::to_string(std::stol(n) - 1);
      const auto back =
          figures("A,1,p,q,25," + n + "," + design + claim +  //
                  "A,1,p,q,25," + fewer + "," + design + claim + "A,1,p,q," + steps + ",122," +
                  design + claim + "A,1,p,q," + less + ",122," + design + claim);
      CHECK(back[0].at("verdict") == "yes");
      CHECK(back[1].at("verdict") != "yes");
      CHECK(back[2].at("verdict") == "yes");
      CHECK(back[3].at("verdict") != "yes");
    }
  }

  TEST_CASE("deff and population change the interval and the test") {
    const auto rows = figures(
        "A,1,p,q,25,122,,,> 1/5\n"
        "A,1,p,q,25,122,1.4,,> 1/5\n"
        "A,1,p,q,25,122,,400,> 1/5\n");
    CHECK(number(rows[1].at("low")) < number(rows[0].at("low")));
    CHECK(number(rows[2].at("low")) > number(rows[0].at("low")));
    CHECK(rows[2].at("low") == "0.185");                                     // 74 of 400 people
    CHECK(close(number(rows[2].at("p_high")), .084342874889253891, 1e-12));  // R, phyper
  }

  TEST_CASE("--level and --interval are obeyed") {
    const std::string line = "A,1,p,q,0,20,,,< 20%\n";
    const auto wilson = figures(line, {"--interval", "wilson"});
    CHECK(close(number(wilson[0].at("high")), .1611, 1e-3));
    const auto exact = figures(line, {"--interval", "clopper_pearson"});
    CHECK(close(number(exact[0].at("high")), .1684, 1e-3));
    CHECK(wilson[0].at("verdict") == "yes");  // .8²⁰ = .0115
    CHECK(figures(line, {"--level", "0.99"})[0].at("verdict") == "no");
  }

  TEST_CASE("shares as printed in any manner, and as proportions under that header") {
    const auto rows = figures(
        "A,1,p,q,25,1000,,,\nA,1,p,q,25%,1000,,,\nA,1,p,q,\"25,0 %\",1000,,,\n"
        "A,1,p,q,25\xC2\xA0%,1000,,,\nA,1,p,q,0.25%,1000,,,\nA,1,p,q,0.0,1000,,,\n");
    for (std::size_t i = 0; i < 4; ++i) CHECK(rows[i].at("share") == "0.25");
    CHECK(rows[4].at("share") == "0.0025");
    CHECK(rows[5].at("share") == "0");
    CHECK(rows[0].at("low") == rows[1].at("low"));
    CHECK(rows[0].at("low") == rows[3].at("low"));
    CHECK(number(rows[2].at("low")) > number(rows[0].at("low")));
    const auto proportion = rows_of(
        printed("study;wave;population;question;proportion;n;deff;population_size;claim\n"
                "A;1;p;q;0,25;1000;1,4;;\n",
                {"--format", "csv"}));
    CHECK(proportion[0].at("share") == "0.25");
    // Latin-1, with its own no-break space and accents
    const auto latin = rows_of(
        printed(header + "\xC9tude,1,salari\xE9s,q,25\xA0%,1000,,,\n", {"--format", "csv"}));
    CHECK(latin[0].at("population") == "salari\xC3\xA9s");
    CHECK(latin[0].at("low") == rows[0].at("low"));
  }

  TEST_CASE("an impossible share and a missing figure are said to be so") {
    const auto rows = figures("A,1,p,q,25,7,,,> 1/5\nA,1,p,q,25,7,1.2,,\nA,1,p,q,,7,,,\n");
    CHECK(rows[0].at("status") == "impossible_share");
    CHECK(rows[0].at("low") == "");
    CHECK(rows[0].at("verdict") == "undecidable");
    CHECK(rows[1].at("status") == "ok");
    CHECK(rows[2].at("status") == "no_figure");
  }

  TEST_CASE("a method without limits for a possible share leaves both empty and says so") {
    const std::string file =
        "S,1,A,q,0,1000,,,\nS,1,B,q,100,1000,,,\nS,1,C,q,2,1000,,,\nS,1,D,q,3,,,,\n";
    const auto rows = figures(file, {"--interval", "wald"});
    for (const std::size_t r : {std::size_t{0}, std::size_t{1}}) {
      CHECK(rows[r].at("low") == "");
      CHECK(rows[r].at("high") == "");
      CHECK(rows[r].at("status") == "undefined");
    }
    CHECK(rows[2].at("status") == "ok");
    CHECK(rows[3].at("status") == "no_base");
    const auto pairs = figures(file, {"--interval", "wald", "--compare"});
    CHECK(pairs[0].at("status") == "undefined");
    CHECK(pairs[0].at("low") == "");
    CHECK(pairs[0].at("high") == "");
    CHECK(pairs[0].at("verdict") == "yes");
    for (const words& options :
         {words{"--interval", "wald"}, words{"--interval", "wald", "--compare"}}) {
      const auto table = printed(header + file, options);
      CHECK(table.find("nan") == std::string::npos);
      CHECK(table.find("\nundefined: ") != std::string::npos);
    }
    for (const auto& r : figures(file)) CHECK(r.at("status") != "undefined");
  }

  TEST_CASE("--compare: 55 % of 122 against 45 % of 1000") {
    const auto rows =
        figures("A,2011,DRH,q,55,122,,,\nA,2011,salaries,q,45,1000,,,\n", {"--compare"});
    REQUIRE(rows.size() == 1);
    const row& r = rows[0];
    CHECK(r.at("test") == "pooled_z");
    CHECK(r.at("a") == "DRH (2011)");
    CHECK(r.at("b") == "salaries (2011)");
    CHECK(r.at("variable") == "q");
    CHECK(close(number(r.at("difference")), .1, 1e-12));
    CHECK(close(number(r.at("p_value")), .0364447199994, 1e-10));
    CHECK(close(number(r.at("p_low")), .0308, 1e-3));
    CHECK(close(number(r.at("p_high")), .0466, 1e-3));
    CHECK(r.at("verdict") == "yes");
    CHECK(r.at("df") == "inf");
  }

  TEST_CASE("--compare: Newcombe's differences from shares as printed") {
    const auto rows = figures(
        "A,1,a,q1,80,70,,,\nA,1,b,q1,60,80,,,\nA,1,a,q2,90,10,,,\nA,1,b,q2,30,10,,,\n"
        "A,1,a,q3,0,10,,,\nA,1,b,q3,0,20,,,\nA,1,a,q4,100,10,,,\nA,1,b,q4,0,20,,,\n",
        {"--compare"});
    REQUIRE(rows.size() == 4);
    const double low[] = {.0524, .1705, -.1611, .6791}, high[] = {.3339, .8090, .2775, 1};
    for (std::size_t i = 0; i < 4; ++i) {
      CHECK(std::abs(number(rows[i].at("low")) - low[i]) < 5e-5);
      CHECK(std::abs(number(rows[i].at("high")) - high[i]) < 5e-5);
    }
  }

  TEST_CASE("--compare pairs two populations of a wave or two waves of a population, no more") {
    const auto rows = figures(
        "A,2011,DRH,q,55,122,,,\nA,2011,salaries,q,45,1000,,,\nA,2012,DRH,q,50,122,,,\n"
        "A,2012,DRH,other,50,122,,,\nA,2012,DRH,q,51,122,,,\nB,2012,salaries,q,50,,,,\n",
        {"--compare"});
    REQUIRE(rows.size() == 6);
    const char* a[] = {"DRH (2011)",      "DRH (2011)", "DRH (2011)",
                       "salaries (2011)", "DRH (2012)", "DRH (2012)"};
    const char* b[] = {"salaries (2011)", "DRH (2012)",      "DRH (2012)",
                       "salaries (2012)", "salaries (2012)", "salaries (2012)"};
    for (std::size_t i = 0; i < 6; ++i) {
      CHECK(rows[i].at("a") == a[i]);
      CHECK(rows[i].at("b") == b[i]);
    }
    CHECK(rows[5].at("status") == "no_base");
    CHECK(rows[5].at("p_value") == "");
    CHECK(rows[5].at("verdict") == "undecidable");
    CHECK(close(number(rows[5].at("difference")), .01, 1e-9));
  }

  TEST_CASE("the two barometers: DRH against more than two thirds of salariés") {
    const auto rows = rows_of(printed_novametrie({"--compare", "--format", "csv"}));
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].at("a") == "salariés (2011)");
    CHECK(rows[0].at("estimate_a") == "");
    CHECK(rows[0].at("estimate_b") == "0.25");
    CHECK(number(rows[0].at("low")) > .3);
    CHECK(rows[0].at("verdict") == "yes");
  }

  TEST_CASE(
      "the table is aligned by what is seen, and says method, assumption and what is missing") {
    const std::string table = printed_novametrie({});
    for (const std::string text :
         {"(not established, which is not the same as false)",
          "(1) guarded_jeffreys, simple random sample of 1000.",
          "(2) guarded_jeffreys, simple random sample of 122.", "no_base: base not published",
          "What may be claimed", "base needed:"}) {
      CAPTURE(text);
      CHECK(table.find(text) != std::string::npos);
    }
    const auto place = [&](const std::string& text) {  // in characters, from the line's start
      const std::size_t at = table.find(text);
      REQUIRE(at != std::string::npos);
      std::size_t characters = 0;
      for (std::size_t i = table.rfind('\n', at) + 1; i < at; ++i)
        characters += (static_cast<unsigned char>(table[i]) & 0xC0U) != 0x80U ? 1U : 0U;
      return characters;
    };
    CHECK(place("25 %   122") == place("31 %   122"));
    CHECK(place("25 %   122") == place("79 %     –"));
    CHECK(printed_novametrie({"--compare"}).find("newcombe") != std::string::npos);
    CHECK(printed(header + "A,1,p,q,25,10,,,\n", {"--compare"})
              .find("No two figures answer the same question") != std::string::npos);
  }

  TEST_CASE("json holds the same figures as csv, missing as null") {
    const auto json = nlohmann::json::parse(printed_novametrie({"--format", "json"}));
    REQUIRE(json.size() == 10);
    CHECK(json[3]["share"] == .25);
    CHECK(json[3]["verdict"].is_null());
    CHECK(json[6]["low"].is_null());
    const auto rows = rows_of(printed_novametrie({"--format", "csv"}));
    for (std::size_t i = 0; i < 10; ++i)
      if (!json[i]["low"].is_null()) CHECK(json[i]["low"] == number(rows[i].at("low")));
  }

  TEST_CASE("a cell that breaks its rule is refused with its line, column, value and rule") {
    const std::string percentage = "must be a percentage as printed, such as 25, 25% or 25,0 %";
    const std::string phrase =
        "must be one of > >= < <= = and a fraction or a percentage, such as > 2/3 or < 10%";
    const std::string n = "must be a whole number from 1 to 1000000000";
    const struct {
      std::string cells, rest;
    } cases[] = {
        {"25 pct,122,,,", "column 'share' = '25 pct', " + percentage},
        {"-5,122,,,", "column 'share' = -5, " + percentage},
        {"1e1,122,,,", "column 'share' = 1e1, " + percentage},
        {"101,122,,,", "column 'share' = 101, must be from 0 to 100 percent"},
        {"25.1234567,122,,,", "column 'share' = 25.1234567, must have at most 6 decimals"},
        {"0.25,122,,,",
         "column 'share' = 0.25, must have a % sign below 1 %, or stand in a column "
         "'proportion'"},
        {"25,0,,,", "column 'n' = 0, " + n},
        {"25,-122,,,", "column 'n' = -122, " + n},
        {"25,12.5,,,", "column 'n' = 12.5, " + n},
        {"25,2e9,,,", "column 'n' = 2e9, " + n},
        {"25,many,,,", "column 'n' = 'many', must be a number"},
        {"25,122,0,,", "column 'deff' = 0, must be positive and below 1e9"},
        {"25,122,-1,,", "column 'deff' = -1, must be positive and below 1e9"},
        {"25,122,x,,", "column 'deff' = 'x', must be a number"},
        {"25,122,,0,",
         "column 'population_size' = 0, must be a whole number from 1 to "
         "10000000000"},
        {"25,122,,400.5,",
         "column 'population_size' = 400.5, must be a whole number from 1 to "
         "10000000000"},
        {"25,122,,121,", "column 'population_size' = 121, must be at least the base of 122"},
        {"25,122,,,most", "column 'claim' = 'most', " + phrase},
        {"25,122,,,2/3", "column 'claim' = '2/3', " + phrase},
        {"25,122,,,> 0.5", "column 'claim' = '> 0.5', " + phrase},
        {"25,122,,,> 110%", "column 'claim' = '> 110%', must be a bound from 0 to 100 percent"},
        {"25,122,,,> 3/2", "column 'claim' = '> 3/2', must be a bound from 0 to 1"},
        {"25,122,,,> 1/0",
         "column 'claim' = '> 1/0', must be a fraction whose denominator is "
         "from 1 to 1000000"}};
    for (const auto& c : cases)
      check_refused(header + "A,1,p,q,25,122,,,\nA,1,p,q," + c.cells + "\n", {},
                    "f.csv:3: " + c.rest);
    check_refused(header + ",1,p,q,25,122,,,\n", {},
                  "f.csv:2: column 'study' = '', must not be empty");
    check_refused(header + "A,1,p,NA,25,122,,,\n", {},
                  "f.csv:2: column 'question' = 'NA', must not be empty");
    check_refused(
        "study,wave,population,question,proportion,n,deff,population_size,claim\n"
        "A,1,p,q,25,122,,,\n",
        {}, "f.csv:2: column 'proportion' = 25, must be from 0 to 1");
    check_refused(
        "study,wave,population,question,proportion,n,deff,population_size,claim\n"
        "A,1,p,q,0.25%,122,,,\n",
        {},
        "f.csv:2: column 'proportion' = '0.25%', must be a proportion as printed, such as "
        "0.25, "
        "without a % sign");
  }

  TEST_CASE("a header or an option that breaks the contract is refused") {
    check_refused("study,wave,population,share,n\nA,1,p,25,1\n", {},
                  "f.csv:1: no column 'question', the columns are 'study', 'wave', "
                  "'population', 'share', 'n'");
    check_refused(
        "study,wave,population,question,share,proportion,n,deff,population_size,claim\n"
        "A,1,p,q,25,.25,1,,,\n",
        {}, "f.csv:1: columns 'share' and 'proportion', must be one of them");
    const std::string good = header + "A,1,p,q,25,122,,,\n";
    check_refused(good, {"--level", "95"}, "--level = 95, must be in (0, 1)");
    check_refused(good, {"--weight", "w"},
                  "unknown option --weight, must be one of barometer published --help");
    const test::program p;
    CHECK(p.run({"published"}).status == 2);
    CHECK(p.run({"published", "absent.csv"}).status == 2);
    const auto unknown = p.run({"published", novametrie, "--interval", "guess"});
    CHECK(unknown.status == 2);
    CHECK(unknown.err.find("--interval = 'guess', must be one of") != std::string::npos);
    CHECK(p.run({"published", "--help"}).out.find("--compare") != std::string::npos);
  }

  TEST_CASE("a column that is not in the header is empty") {
    CHECK(printed("study,wave,population,question,share,n\nA,1,p,q,25,122\n",
                  {"--format", "csv"}) ==
          printed(header + "A,1,p,q,25,122,,,\n", {"--format", "csv"}));
    CHECK(
        printed("claim,study,wave,population,question\n> 2/3,A,1,p,q\n", {"--format", "csv"}) ==
        printed(header + "A,1,p,q,,,,,> 2/3\n", {"--format", "csv"}));
    CHECK(printed("study,wave,population,question\nA,1,p,q\n", {"--format", "csv"}) ==
          printed(header + "A,1,p,q,,,,,\n", {"--format", "csv"}));
  }

  TEST_CASE("the help names every interval that the refusal names") {
    const test::program p;
    const auto words_of = [](std::string text) {
      for (char& c : text)
        if (c == '\n') c = ' ';
      std::string out;
      for (const char c : text)
        if (c != ' ' || out.empty() || out.back() != ' ') out += c;
      return out;
    };
    const std::string all =
        "one of default, normal, wald, logit, wilson, wilson_df_adjusted, "
        "clopper_pearson, korn_graubard, korn_graubard_capped, "
        "agresti_coull, arcsine, likelihood, jeffreys, guarded_jeffreys";
    for (const char* verb : {"published", "estimate"})
      CHECK(words_of(p.run({verb, "--help"}).out).find(all) != std::string::npos);
    CHECK(p.run({"published", novametrie, "--interval", "guess"}).err.find(all) !=
          std::string::npos);
  }
}

}  // namespace barometer_published
