// SPDX-License-Identifier: BSL-1.0
// What `barometer estimate` prints when it is not refused.
#include "barometer/program.hpp"
#include "support/close.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <cstdlib>
#include <limits>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace barometer_estimate {

using words = std::vector<std::string>;
using row = std::map<std::string, std::string>;

const std::string header =
    "statistic,variable,level,estimate,standard_error,df,low,high,deff,n,effective_n,status";

std::string data(const std::string& name) {
  return std::string(BARO_SOURCE_DIR) + "/tests/reference/" + name;
}

words joined(words a, const words& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

std::vector<std::string> split(const std::string& text, char at) {
  std::vector<std::string> parts;
  std::istringstream in(text);
  for (std::string part; std::getline(in, part, at);) parts.push_back(part);
  return parts;
}

/// What a run printed; it must have ended well and said nothing on standard error.
std::string printed(const test::program& p, const words& arguments,
                    const std::string& input = "") {
  const test::program_run done = p.run(joined({"estimate"}, arguments), input);
  CHECK(done.err == "");
  CHECK(done.status == 0);
  return done.out;
}

/// The cells of a line of CSV; a value in quotes stays on its line.
std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells(1);
  bool in_quotes = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '"' && in_quotes && i + 1 < line.size() && line[i + 1] == '"')
      cells.back() += line[i++];
    else if (line[i] == '"')
      in_quotes = !in_quotes;
    else if (line[i] == ',' && !in_quotes)
      cells.emplace_back();
    else
      cells.back() += line[i];
  }
  return cells;
}

/// The rows of CSV output, by column.
std::vector<row> rows(const std::string& csv) {
  const std::vector<std::string> lines = split(csv, '\n');
  REQUIRE(!lines.empty());
  const std::vector<std::string> names = cells_of(lines[0]);
  std::vector<row> out;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const std::vector<std::string> cells = cells_of(lines[i]);
    REQUIRE(cells.size() == names.size());
    out.emplace_back();
    for (std::size_t c = 0; c < names.size(); ++c) out.back()[names[c]] = cells[c];
  }
  return out;
}

std::vector<row> estimate(const words& arguments) {
  const test::program p;
  return rows(printed(p, joined(arguments, {"--format", "csv"})));
}

/// Rows about a file made on the spot.
std::vector<row> estimate_of(const std::string& file, const words& arguments) {
  const test::program p;
  p.write("f.csv", file);
  return rows(printed(p, joined({"f.csv", "--format", "csv"}, arguments)));
}

double number(const row& r, const std::string& column) {
  const std::string& text = r.at(column);
  return text.empty() ? std::numeric_limits<double>::quiet_NaN()
                      : std::strtod(text.c_str(), nullptr);
}

/// The values of some columns, row after row: `E|mean|api00`.
std::vector<std::string> keys(const std::vector<row>& all, const words& columns) {
  std::vector<std::string> out;
  for (const row& r : all) {
    out.emplace_back();
    for (const std::string& c : columns)
      out.back() += (out.back().empty() ? "" : "|") + r.at(c);
  }
  return out;
}

const words strat{data("apistrat.csv"), "--weight", "pw", "--stratum", "stype",
                  "--population",       "fpc"};
const words clus1{data("apiclus1.csv"), "--weight", "pw", "--psu", "dnum",
                  "--population",       "fpc"};
const words clus2{data("apiclus2.csv"), "--weight",     "pw",       "--psu",
                  "dnum,snum",          "--population", "fpc1,fpc2"};

TEST_SUITE("barometer/estimate") {
  // Numbers of R survey 4.1.1 and 4.5 on the api data, as in tests/reference.
  TEST_CASE("a stratified sample gives the numbers of R survey") {
    const auto r = estimate(joined(strat, {"--mean", "api00", "--total", "enroll"}));
    REQUIRE(r.size() == 2);
    CHECK(test::close(number(r[0], "estimate"), 662.2873631593, 1e-12));
    CHECK(test::close(number(r[0], "standard_error"), 9.4089408028, 1e-10));
    CHECK(number(r[0], "df") == 197);
    CHECK(number(r[0], "n") == 200);
    CHECK(test::close(number(r[1], "estimate"), 3687177.53243828, 1e-14));
    CHECK(test::close(number(r[1], "standard_error"), 114641.71610078, 1e-13));
    CHECK(r[0].at("status") == "ok");
  }

  TEST_CASE("a cluster sample gives the numbers of R survey") {
    const auto r = estimate(
        joined(clus1, {"--mean", "api00", "--share", "comp.imp=Yes", "--interval", "wald"}));
    REQUIRE(r.size() == 2);
    CHECK(test::close(number(r[0], "estimate"), 644.1693989071, 1e-12));
    CHECK(test::close(number(r[0], "standard_error"), 23.5422406938, 1e-11));
    CHECK(number(r[0], "df") == 14);
    CHECK(test::close(number(r[1], "estimate"), .7267759563, 1e-9));
    CHECK(test::close(number(r[1], "standard_error"), .0303276470, 1e-8));
    CHECK(test::close(number(r[1], "low"), .6617296228, 1e-9));
    CHECK(test::close(number(r[1], "high"), .7918222898, 1e-9));
  }

  TEST_CASE("two stages with population sizes give the numbers of R survey, in a domain too") {
    const auto mean = estimate(joined(clus2, {"--mean", "api00"}));
    CHECK(test::close(number(mean.at(0), "estimate"), 670.8118081181, 1e-12));
    CHECK(test::close(number(mean.at(0), "standard_error"), 30.0990273768, 1e-11));
    // svymean(~enroll, subset(des, stype %in% c("E", "M") & awards == "No"), na.rm = TRUE)
    const auto domain = estimate(
        joined(clus2, {"--mean", "enroll", "--where", "stype=E,M", "--where", "awards=No"}));
    CHECK(test::close(number(domain.at(0), "estimate"), 520.93069306931, 1e-13));
    CHECK(test::close(number(domain.at(0), "standard_error"), 84.91252460634725, 1e-12));
    CHECK(test::close(number(domain.at(0), "low"), 339.9439310847748, 1e-11));
    CHECK(test::close(number(domain.at(0), "high"), 701.9174550538389, 1e-11));
    CHECK(number(domain.at(0), "df") == 15);
    CHECK(number(domain.at(0), "n") == 22);
  }

  TEST_CASE("a single unit in a stratum follows the policy named") {
    const auto with = [](const std::string& policy) {
      const auto r = estimate({data("apiclus1.csv"), "--weight", "pw", "--stratum", "dnum",
                               "--psu", "snum", "--mean", "api00", "--single-psu", policy});
      return number(r.at(0), "standard_error");
    };
    CHECK(test::close(with("remove"), 5.8057775783, 1e-10));
    CHECK(test::close(with("certainty"), 5.8057775783, 1e-10));
    CHECK(test::close(with("center"), 5.8280579016, 1e-10));
    CHECK(test::close(with("average"), 6.0095507280, 1e-10));
  }

  TEST_CASE("a fraction says the same as the population it comes from") {
    const std::string rows4 = "x,N,f\n1,8,0.5\n3,8,0.5\n2,8,0.5\n7,8,0.5\n";
    const auto size = estimate_of(rows4, {"--mean", "x", "--population", "N"});
    const auto fraction = estimate_of(rows4, {"--mean", "x", "--fraction", "f"});
    CHECK(size == fraction);
    CHECK(number(size.at(0), "estimate") == 3.25);
    // s² = 20.75/3, (1 − 1/2) s²/4
    CHECK(test::close(number(size.at(0), "standard_error"), std::sqrt(.5 * 20.75 / 3 / 4),
                      1e-14));
  }

  TEST_CASE("the header is that of the contract, the by columns first") {
    const test::program p;
    p.write("f.csv", "x,a,b\n1,u,v\n2,u,v\n");
    CHECK(split(printed(p, {"f.csv", "--mean", "x", "--format", "csv"}), '\n')[0] == header);
    CHECK(split(printed(p, {"f.csv", "--by", "b,a", "--mean", "x", "--format", "csv"}),
                '\n')[0] == "b,a," + header);
  }

  TEST_CASE("rows are in the order of the statistics, then levels, then domains") {
    const std::string file =
        "q,x,a,b\nno,1,10,z\nyes,2,9,z\nyes,3,9,A\nno,4,10,A\nno,5,9,z\nyes,6,10,z\n"
        "no,7,9,A\nyes,8,10,A\n";
    const auto r = estimate_of(file, {"--total", "x", "--share", "q", "--by", "a,b", "--mean",
                                      "x", "--total", "1", "--share", "q=yes"});
    CHECK(keys(r, {"statistic", "variable", "level", "a", "b"}) ==
          words{"total|x||9|A",    "total|x||9|z",    "total|x||10|A",    "total|x||10|z",
                "share|q|no|9|A",  "share|q|no|9|z",  "share|q|no|10|A",  "share|q|no|10|z",
                "share|q|yes|9|A", "share|q|yes|9|z", "share|q|yes|10|A", "share|q|yes|10|z",
                "mean|x||9|A",     "mean|x||9|z",     "mean|x||10|A",     "mean|x||10|z",
                "total|1||9|A",    "total|1||9|z",    "total|1||10|A",    "total|1||10|z",
                "share|q|yes|9|A", "share|q|yes|9|z", "share|q|yes|10|A", "share|q|yes|10|z"});
  }

  TEST_CASE("variables stand as they were given") {
    const std::string file = "a.b,c,q\n1,2,x\n2,3,y\n4,3,x\n";
    const auto r = estimate_of(file, {"--ratio", "a.b/c", "--quantile", "c@0.50", "--balance",
                                      "q=x-y", "--share", "q=y"});
    CHECK(keys(r, {"statistic", "variable", "level"}) ==
          words{"ratio|a.b/c|", "quantile|c@0.50|", "balance|q=x-y|", "share|q|y"});
    CHECK(number(r[0], "estimate") == 7.0 / 8);
    CHECK(number(r[1], "estimate") == 3);
    CHECK(test::close(number(r[2], "estimate"), 1.0 / 3, 1e-15));
  }

  TEST_CASE("only combinations that occur are there, and a missing by-value is in none") {
    const auto r =
        estimate_of("x,a,b\n1,2,u\n2,2,u\n3,10,v\n4,10,v\n5,NA,u\n6,10,\n7,2,w\n8,2,w\n",
                    {"--mean", "x", "--by", "a,b", "--where", "b=u,v"});
    CHECK(keys(r, {"a", "b", "n"}) == words{"2|u|2", "10|v|2"});
  }

  TEST_CASE("a domain by --where is the one by --by") {
    const auto by =
        estimate(joined(strat, {"--mean", "api00", "--share", "awards", "--by", "sch.wide"}));
    const auto where = estimate(
        joined(strat, {"--mean", "api00", "--share", "awards", "--where", "sch.wide=Yes"}));
    REQUIRE(by.size() == 6);
    REQUIRE(where.size() == 3);
    for (std::size_t i = 0; i < where.size(); ++i)
      for (const std::string column : {"estimate", "standard_error", "low", "high", "df"})
        CHECK(test::close(number(by[2 * i + 1], column), number(where[i], column), 1e-12));
  }

  TEST_CASE("a row without an answer leaves the domain and keeps its place in the design") {
    const auto r = estimate_of("x,h\n1,a\nNA,a\n3,a\n5,b\n.,b\n9,b\n4,b\n",
                               {"--mean", "x", "--stratum", "h"});
    CHECK(number(r.at(0), "n") == 5);
    CHECK(number(r.at(0), "df") == 3);
    CHECK(number(r.at(0), "estimate") == 22.0 / 5);
    // z = (x − 4.4)/5 or 0 for a missing answer; Σ_h n/(n−1) Σ (z − z̄)²
    const double a = 3.0 / 2 * (3.4 * 3.4 + 1.4 * 1.4 - 4.8 * 4.8 / 3);
    const double b = 4.0 / 3 * (.6 * .6 + 4.6 * 4.6 + .4 * .4 - 4.8 * 4.8 / 4);
    CHECK(test::close(number(r.at(0), "standard_error"), std::sqrt(a + b) / 5, 1e-13));
  }

  TEST_CASE("a domain without rows is a status, not a failure") {
    const auto r =
        estimate_of("x,a,b\n1,u,1\n2,v,2\n3,u,1\n",
                    {"--mean", "x", "--share", "a", "--where", "a=u", "--where", "b=2"});
    REQUIRE(r.size() == 3);
    for (const row& one : r) {
      CHECK(one.at("status") == "empty_domain");
      CHECK(one.at("estimate") == "");
      CHECK(one.at("low") == "");
      CHECK(one.at("n") == "0");
    }
    CHECK(estimate_of("x,a,b\n1,u,1\n2,v,2\n3,u,1\n",
                      {"--mean", "x", "--by", "a", "--where", "a=u", "--where", "b=2"})
              .empty());
  }

  TEST_CASE("a table without figures says why, one of normal intervals says so once") {
    const test::program p;
    p.write("f.csv", "x,a,b\n1,u,1\n2,v,2\n3,u,1\n");
    CHECK(
        printed(p, {"f.csv", "--mean", "x", "--by", "a", "--where", "a=u", "--where", "b=2"}) ==
        "Estimates from f.csv\n3 respondents; each drawn by itself with the same weight.\n"
        "Only where a=u and b=2.\n"
        "No respondent is in any of the domains asked for, there is no figure.\n");
    CHECK(printed(p, {"f.csv", "--mean", "x", "--interval", "normal"})
              .find("\nInterval of a mean at 95 %: normal, standard error of the design.\n") !=
          std::string::npos);
  }

  TEST_CASE("rows of weight 0 at the head change no figure") {
    const auto without = estimate_of("x,w\n1,2\n3,1\n8,1\n", {"--mean", "x", "--weight", "w"});
    const auto with =
        estimate_of("x,w\n7,0\n1,2\n3,1\n8,1\n", {"--mean", "x", "--weight", "w"});
    CHECK(number(with.at(0), "estimate") == number(without.at(0), "estimate"));
    CHECK(number(without.at(0), "estimate") == 13.0 / 4);
    CHECK(with.at(0).at("status") == "ok");
  }

  TEST_CASE("the same figures come out of every dialect and encoding, and of standard input") {
    const words ask{"--mean", "x", "--share", "q", "--by", "r", "--format", "csv"};
    const std::string plain = "x,q,r\n1.5,a,été\n2.5,b,été\n-1,a,Île\n4,b,Île\n";
    const test::program p;
    p.write("f.csv", plain);
    const std::string expected = printed(p, joined({"f.csv"}, ask));
    CHECK(expected.find("\nÎle,mean") != std::string::npos);
    for (const std::string& other :
         {std::string("x;q;r\n1,5;a;été\n2,5;b;été\n-1;a;Île\n4;b;Île\n"),
          std::string("x\tq\tr\n1,5\ta\té\x74\xC3\xA9\n2,5\tb\tété\n-1\ta\tÎle\n4\tb\tÎle\n"),
          "\xEF\xBB\xBF" + plain,
          std::string(
              "x,q,r\r\n1.5,a,\xE9t\xE9\r\n2.5,b,\"\xE9t\xE9\"\r\n-1,a,\xCEle\r\n4,b,\xCEle"),
          std::string("\"x\",\"q\",\"r\"\n\"1.5\",\"a\",\"été\"\n2.5,b,été\n\n-1,a,Île\n 4 , b "
                      ",Île\n")}) {
      p.write("f.csv", other);
      CHECK(printed(p, joined({"f.csv"}, ask)) == expected);
    }
    CHECK(printed(p, joined({"-"}, ask), plain) == expected);
  }

  TEST_CASE("levels and names may hold what separates them") {
    const std::string file =
        "q,age,\"a=b,c\"\n\"Ind,near rep\",18-34,1\nInd,65+,2\n\"Ind,near rep\",35-64,3\n"
        "\"say \"\"no\"\"\",65+,4\n";
    const test::program p;
    p.write("f.csv", file);
    const auto first = [&](const words& ask) {
      return rows(printed(p, joined({"f.csv", "--format", "csv"}, ask))).at(0);
    };
    CHECK(
        first({"--mean", "a=b,c", "--where", "q=Ind,near rep,Ind", "--by", "age"}).at("age") ==
        "18-34");
    CHECK(number(first({"--total", "1", "--where", "q=Ind,near rep,Ind"}), "n") == 3);
    CHECK(number(first({"--total", "1", "--where", "q=Ind,near rep"}), "n") == 2);
    CHECK(number(first({"--total", "1", "--where", "q=say \"no\""}), "n") == 1);
    CHECK(number(first({"--total", "1", "--where", "q=\"say \"\"no\"\"\",Ind"}), "n") == 2);
    CHECK(number(first({"--balance", "age=18-34+65+-35-64"}), "estimate") == .5);
    CHECK(number(first({"--share", "a=b,c=3"}), "estimate") == .25);
    CHECK(first({"--ratio", "a=b,c/a=b,c"}).at("estimate") == "1");
    CHECK(printed(p, {"f.csv", "--format", "csv", "--share", "q=Ind,near rep"})
              .find("share,q,\"Ind,near rep\",0.5,") != std::string::npos);
  }

  TEST_CASE("a balance of negative codes is read against the codes there are") {
    const auto r = estimate_of("s\n-2\n-1\n0\n1\n2\n2\n1\n-1\n", {"--balance", "s=1+2--1+-2"});
    CHECK(number(r.at(0), "estimate") == 1.0 / 8);
  }

  TEST_CASE("the normal interval has df inf, the others those of the design") {
    const auto normal =
        estimate(joined(clus1, {"--mean", "api00", "--quantile", "api00@0.5", "--share",
                                "awards=Yes", "--interval", "normal"}));
    for (const row& r : normal) CHECK(r.at("df") == "inf");
    CHECK(test::close(number(normal[0], "high") - number(normal[0], "low"),
                      2 * 1.959963984540054 * 23.54224069378, 1e-12));
    const auto wald = estimate(joined(clus1, {"--mean", "api00", "--interval", "wald"}));
    CHECK(wald.at(0).at("df") == "14");
  }

  TEST_CASE("an interval of shares applies to the shares and leaves the others theirs") {
    const words ask{"--mean", "api00", "--share", "awards=Yes"};
    const auto plain = estimate(joined(clus1, ask));
    const auto wilson = estimate(joined(clus1, joined(ask, {"--interval", "clopper_pearson"})));
    CHECK(plain.at(0) == wilson.at(0));
    CHECK(plain.at(1).at("low") != wilson.at(1).at("low"));
    CHECK(plain.at(1).at("estimate") == wilson.at(1).at("estimate"));
  }

  TEST_CASE("the level changes the interval only") {
    const auto wide = estimate(joined(strat, {"--mean", "api00", "--level", "0.99"}));
    const auto r = estimate(joined(strat, {"--mean", "api00"}));
    CHECK(wide.at(0).at("standard_error") == r.at(0).at("standard_error"));
    CHECK(number(wide.at(0), "low") < number(r.at(0), "low"));
  }

  TEST_CASE("json says what csv says, missing as null and an infinite df as inf") {
    const test::program p;
    p.write("f.csv", "x,q,é\n1,\"a\"\"b\",u\nNA,c,u\n2.5,c,u\n4,\"a\"\"b\",v\n1e-3,c,v\n");
    const words ask{"f.csv", "--mean", "x",          "--share", "q",
                    "--by",  "é",      "--interval", "normal"};
    const auto json =
        nlohmann::ordered_json::parse(printed(p, joined(ask, {"--format", "json"})));
    REQUIRE(json.is_array());
    REQUIRE(json.size() == 6);
    std::vector<std::string> names;
    for (const auto& [name, value] : json[0].items()) names.push_back(name);
    CHECK(names == split("é," + header, ','));
    CHECK(json[0]["level"].is_null());
    CHECK(json[2]["level"] == "a\"b");
    CHECK(json[0]["df"] == "inf");
    CHECK(json[0]["n"] == 2);
    CHECK(json[1]["é"] == "v");
    const auto csv = split(printed(p, joined(ask, {"--format", "csv"})), '\n');
    CHECK(csv[1].find("," + std::to_string(json[0]["estimate"].get<double>()).substr(0, 4)) !=
          std::string::npos);
    CHECK(json[0]["estimate"].get<double>() == 1.75);
  }

  TEST_CASE("a number reads back as the same double") {
    const auto r = estimate_of("x\n33.846996307373047\n33.846996307373047\n", {"--mean", "x"});
    CHECK(number(r.at(0), "estimate") == 33.846996307373047);
    CHECK(r.at(0).at("estimate") == "33.84699630737305");
    const auto big = estimate_of("x\n1000000\n2000000\n", {"--total", "x"});
    CHECK(big.at(0).at("estimate") == "3000000");
  }

  TEST_CASE("the covariance file holds every pair of figures, in the order of the rows") {
    const test::program p;
    const auto r = rows(printed(
        p, joined(strat, {"--mean", "api00", "--share", "awards", "--quantile", "api00@0.5",
                          "--by", "stype", "--covariance", "v.csv", "--format", "csv"})));
    REQUIRE(r.size() == 12);
    const auto lines = split(p.read("v.csv"), '\n');
    REQUIRE(lines.size() == 12);
    std::vector<std::vector<double>> v;
    for (const std::string& line : lines) {
      v.emplace_back();
      for (const std::string& cell : split(line, ','))
        v.back().push_back(std::strtod(cell.c_str(), nullptr));
      REQUIRE(v.back().size() == 12);
    }
    for (std::size_t i = 0; i < 12; ++i) {
      CHECK(test::close(v[i][i], std::pow(number(r[i], "standard_error"), 2), 1e-12));
      for (std::size_t j = 0; j < 12; ++j) CHECK(v[i][j] == v[j][i]);
    }
    CHECK(test::close(v[3][6], -v[3][3], 1e-9));  // the two shares of one question in E
    CHECK(v[0][9] > 0);                           // mean and median of the same schools
    CHECK(p.files() == words{"v.csv"});
  }

  TEST_CASE("figures do not depend on what else is asked") {
    const words ask{"--mean", "api00", "--share", "awards", "--by", "sch.wide,comp.imp"};
    const test::program p;
    const auto alone = printed(p, joined(joined(clus1, ask), {"--format", "csv"}));
    const auto more =
        printed(p, joined(joined(clus1, ask),
                          {"--total", "enroll", "--covariance", "v.csv", "--format", "csv"}));
    CHECK(more.starts_with(alone));
  }

  TEST_CASE("a share of many levels by many domains is cut in passes that agree with one") {
    std::string file = "q,d,x\n";
    for (int i = 0; i < 6000; ++i)
      file += std::to_string(i * 7 % 40) + "," + std::to_string(i % 100) + "," +
              std::to_string(i % 13) + "\n";
    const auto all = estimate_of(file, {"--share", "q", "--mean", "x", "--by", "d"});
    REQUIRE(all.size() == 4100);
    const auto one = estimate_of(file, {"--share", "q=7", "--mean", "x", "--where", "d=49"});
    const row &share = all[7 * 100 + 49], &mean = all[4000 + 49];
    CHECK(share.at("level") == "7");
    CHECK(share.at("d") == "49");
    for (const std::string column : {"estimate", "standard_error", "low", "high", "n"}) {
      CHECK(test::close(number(share, column), number(one.at(0), column), 1e-12));
      CHECK(test::close(number(mean, column), number(one.at(1), column), 1e-12));
    }
  }

  TEST_CASE("the table for people is aligned, with accents, and says what it stands on") {
    const test::program p;
    p.write("f.csv",
            "x;q;région;w\n12,5;oui;Île-de-France;1\n10;non;Île-de-France;2\n11;oui;Été;1\n"
            "13,5;oui;Été;1\n9;non;Île-de-France;1\n14;NA;Été;2\n");
    CHECK(printed(p, {"f.csv", "--mean", "x", "--share", "q", "--by", "région", "--weight", "w",
                      "--interval", "wald"}) ==
          R"(Estimates from f.csv
6 respondents; weights w.

level  région         estimate  std. error     95 % interval  df  deff  n  effective n  status
─────  ─────────────  ────────  ──────────  ────────────────  ──  ────  ─  ───────────  ─────────
Mean of x
       Été               13.12        0.76     9.85 to 16.40   2  0.75  3          2.7
       Île-de-France     10.38        0.72     7.26 to 13.49   2  0.63  3          2.7

Share of q
non    Été               0.0 %        0.00                 –   1     –  2          2.0  undefined
non    Île-de-France    75.0 %       25.62  -35.2 to 185.2 %   2  0.70  3          2.7
oui    Été             100.0 %        0.00                 –   1     –  2          2.0  undefined
oui    Île-de-France    25.0 %       25.62  -85.2 to 135.2 %   2  0.70  3          2.7
─────  ─────────────  ────────  ──────────  ────────────────  ──  ────  ─  ───────────  ─────────
Interval of a mean at 95 %: wald, standard error of the design, 2 degrees of freedom.
Interval of a share at 95 %: wald, standard error of the design, 2 degrees of freedom.
Standard errors of shares and balances are in percentage points.
n: respondents with an answer; effective n: (sum of weights)² / sum of squared weights; deff:
  variance against a simple random sample of the same n.
undefined: this interval is not defined for this figure.
)");
  }

  TEST_CASE("-- ends the options: a file may be called like one") {
    const test::program p;
    p.write("--mean", "x\n1\n2\n");
    const words ask{"--mean", "x", "--format", "csv"};
    const auto expected = printed(p, joined({"./--mean"}, ask));
    CHECK(expected.find("\nmean,x,,1.5,0.5,1,") != std::string::npos);
    CHECK(printed(p, joined(ask, {"--", "--mean"})) == expected);
    CHECK(printed(p, joined(joined({"./--mean"}, ask), {"--"})) == expected);
  }

  TEST_CASE("a long label goes on below its line, and leaves the table its width") {
    const std::string label =
        "Plus de la moitié des personnes interrogées, sans distinction d'âge";
    const test::program p;
    p.write("f.csv", "q\n\"" + label + "\"\nnon\n\"" + label + "\"\n");
    const auto lines = split(printed(p, {"f.csv", "--share", "q"}), '\n');
    REQUIRE(lines.size() > 8);
    CHECK(lines[6].starts_with("Plus de la moitié des personnes interrogées,    66.7 %  "));
    CHECK(lines[7] == "  sans distinction d'âge");
    CHECK(lines[8].starts_with("non                                             33.3 %  "));
    CHECK(printed(p, {"f.csv", "--share", "q", "--format", "csv"})
              .find("share,q,\"" + label + "\",0.66666") != std::string::npos);
  }

  TEST_CASE("the table shows small numbers with their digits, never as 0") {
    const test::program p;
    p.write("f.csv", "x,y\n1e-12,0.0042\n2e-12,0.0042\n3.5e-12,0.0042\n");
    const auto table = printed(p, {"f.csv", "--mean", "x", "--mean", "y"});
    CHECK(table.find("2.17e-12    7.26e-13  -9.59e-13 to 5.29e-12") != std::string::npos);
    CHECK(table.find(" 0.00420     0.00000     0.00420 to 0.00420") != std::string::npos);
  }

  TEST_CASE("help and version go to standard output") {
    const test::program p;
    for (const words& ask : std::vector<words>{{"--help"},
                                               {"-h"},
                                               {"estimate", "--help"},
                                               {"estimate", "f.csv", "--mean", "x", "-h"},
                                               {"weight", "--help"},
                                               {"published", "--help"}}) {
      const auto done = p.run(ask);
      CHECK(done.status == 0);
      CHECK(done.err == "");
      CHECK(done.out.starts_with("barometer"));
      CHECK(done.out.find("--help") != std::string::npos);
    }
    CHECK(p.run({"--version"}).out.starts_with("barometer 0."));
    CHECK(p.run({"estimate", "--version"}).out == p.run({"--version"}).out);
  }
}

}  // namespace barometer_estimate
