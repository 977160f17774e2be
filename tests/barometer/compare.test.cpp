// SPDX-License-Identifier: BSL-1.0
// `barometer compare`: what it prints for groups, two files and tables, and what it refuses.
#include "barometer/program.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <support/close.hpp>
#include <vector>

namespace barometer_compare {

using test::close;
using words = std::vector<std::string>;
using row = test::program_row;

const std::string reference = BARO_SOURCE_DIR "/tests/reference/";
const words clus1{
    reference + "apiclus1.csv", "--weight", "pw", "--psu", "dnum", "--population", "fpc"};
const words strat{
    reference + "apistrat.csv", "--weight", "pw", "--stratum", "stype", "--population", "fpc"};

words joined(words a, const words& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

test::program_run run(const words& more) {
  return test::program().run(joined({"compare"}, more));
}

std::vector<row> compare(const words& more) {
  const auto done = run(joined(more, {"--format", "csv"}));
  CAPTURE(done.err);
  REQUIRE(done.status == 0);
  return test::rows_of(done);
}

double number(const row& r, const std::string& column) { return std::stod(r.at(column)); }

TEST_SUITE("barometer/compare") {
  TEST_CASE("two groups as R svyttest compares them: conventions 5") {
    const auto r = compare(joined(clus1, {"--between", "comp.imp=Yes,No", "--mean", "enroll"}));
    REQUIRE(r.size() == 1);
    CHECK(r[0].at("test") == "design_t");
    CHECK(r[0].at("a") == "Yes");
    CHECK(r[0].at("b") == "No");
    CHECK(close(number(r[0], "difference"), -55.45609023, 1e-9));
    CHECK(close(number(r[0], "standard_error"), 75.85801685, 1e-9));
    CHECK(close(number(r[0], "statistic_value"), -0.73105115, 1e-7));
    CHECK(close(number(r[0], "p_value"), 0.47771839, 1e-7));
    CHECK(number(r[0], "df") == 13);
    CHECK(r[0].at("p_adjusted") == r[0].at("p_value"));
    CHECK(r[0].at("status") == "ok");
    const auto turned =
        compare(joined(clus1, {"--between", "comp.imp=No,Yes", "--mean", "enroll"}));
    CHECK(close(number(turned[0], "difference"), 55.45609023, 1e-9));
    CHECK(close(number(turned[0], "low"), -number(r[0], "high"), 1e-12));
  }

  TEST_CASE("columns, and the order of statistics, levels, --by and pairs") {
    const auto done = run(joined(strat, {"--between", "stype", "--by", "sch.wide", "--mean",
                                         "api00", "--share", "awards", "--format", "csv"}));
    REQUIRE(done.status == 0);
    CHECK(done.out.starts_with(
        "sch.wide,test,statistic,variable,level,a,b,estimate_a,estimate_b,difference,"
        "standard_error,df,low,high,statistic_value,p_value,p_adjusted,status\n"));
    const auto r = test::rows_of(done);
    REQUIRE(r.size() == 18);  // (1 mean + 2 levels) × 2 × 3 pairs
    CHECK(r[0].at("sch.wide") == "No");
    CHECK(r[0].at("a") + r[0].at("b") == "EH");
    CHECK(r[1].at("a") + r[1].at("b") == "EM");
    CHECK(r[2].at("a") + r[2].at("b") == "HM");
    CHECK(r[3].at("sch.wide") == "Yes");
    CHECK(r[6].at("level") == "No");
    CHECK(r[12].at("level") == "Yes");
    CHECK(close(number(r[6], "difference"), -number(r[12], "difference"), 1e-12));
  }

  TEST_CASE("all the tests of a table: conventions 5") {
    const auto test = [](const std::string& name) {
      return compare(joined(clus1, {"--table", "sch.wide,stype", "--test", name}))[0];
    };
    CHECK(close(number(test("rao_scott"), "statistic_value"), 5.19336954, 1e-8));
    CHECK(close(number(test("rao_scott"), "df1"), 1.49463978, 1e-8));
    CHECK(close(number(test("rao_scott"), "df2"), 20.92495689, 1e-8));
    CHECK(close(number(test("rao_scott"), "p_value"), .02174746, 1e-6));
    CHECK(close(number(test("rao_scott_first_order"), "statistic_value"), 10.38673908, 1e-8));
    CHECK(test("rao_scott_first_order").at("df2") == "inf");
    CHECK(close(number(test("wald"), "p_value"), .1268963, 1e-6));
    CHECK(close(number(test("adjusted_wald"), "p_value"), .1470579, 1e-6));
    CHECK(close(number(test("pearson"), "statistic_value"), 11.94089208, 1e-8));
    const auto usual = compare(joined(clus1, {"--table", "sch.wide,stype"}))[0];
    CHECK(usual.at("test") == "rao_scott");
    CHECK(usual.at("rows") == "sch.wide");
    CHECK(usual.at("status") == "ok");
  }

  TEST_CASE("--adjust is over the comparisons of one statistic") {
    const words what{"--between", "stype",  "--mean",   "api00",
                     "--mean",    "enroll", "--adjust", "bonferroni"};
    const auto r = compare(joined(strat, what));
    REQUIRE(r.size() == 6);
    for (const row& one : r)
      CHECK(close(number(one, "p_adjusted"), std::min(1.0, 3 * number(one, "p_value")), 1e-12));
  }

  TEST_CASE("two files are two samples") {
    test::program p;
    p.write("a.csv", "y,q\n3,u\n5,u\n4,v\n6,u\n8,u\n2,v\n");
    p.write("b.csv", "y,q\n9,v\n7,v\n8,v\n10,v\n");
    const auto done = p.run({"compare", "--a", "a.csv", "--b", "b.csv", "--mean", "y",
                             "--share", "q", "--format", "csv"});
    CAPTURE(done.err);
    REQUIRE(done.status == 0);
    const auto r = test::rows_of(done);
    REQUIRE(r.size() == 3);
    // Welch's t test.
    CHECK(r[0].at("test") == "satterthwaite_t");
    CHECK(r[0].at("a") == "a.csv");
    CHECK(close(number(r[0], "statistic_value"), -3.50746711765, 1e-10));
    CHECK(close(number(r[0], "df"), 7.97670405522, 1e-10));
    // Nobody of b says u: that is 0 %, and not nothing.
    CHECK(r[1].at("level") == "u");
    CHECK(number(r[1], "estimate_b") == 0);
    CHECK(close(number(r[1], "estimate_a"), 4. / 6, 1e-12));
    CHECK(r[1].at("status") == "ok");
    const auto text = p.run({"compare", "--a", "a.csv", "--b", "b.csv", "--mean", "y"});
    CHECK(text.out.find("Two samples compared, a.csv and b.csv") != std::string::npos);
    CHECK(text.out.find("Satterthwaite") != std::string::npos);
  }

  TEST_CASE("shares by a test made for shares, by name or by default") {
    const words groups{"--between", "comp.imp=Yes,No", "--share", "awards=Yes"};
    const auto test = [&](const std::string& name) {
      return compare(joined(joined(clus1, groups), {"--test", name}))[0];
    };
    const row usual = compare(joined(clus1, groups))[0], t = test("design_t");
    CHECK(usual.at("test") == "guarded_score");
    CHECK(usual.at("standard_error") == t.at("standard_error"));
    CHECK(usual.at("difference") == t.at("difference"));
    CHECK(number(usual, "df") < number(t, "df"));
    CHECK(number(t, "df") == 13);
    for (const char* name :
         {"guarded_score", "miettinen_nurminen", "mee", "newcombe", "agresti_caffo"}) {
      const row r = test(name);
      CAPTURE(name);
      CHECK(r.at("test") == name);
      CHECK(r.at("status") == "ok");
      CHECK((number(r, "p_value") < 0.05) == (number(r, "low") > 0 || number(r, "high") < 0));
    }
    // Means keep the t test in the same command.
    const auto both = compare(joined(joined(clus1, groups), {"--mean", "enroll"}));
    CHECK(both[0].at("test") == "guarded_score");
    CHECK(both[1].at("test") == "design_t");
  }

  TEST_CASE("exact tests of two counts: R fisher.test") {
    test::program p;
    std::string data = "g,a\n";
    for (int i = 0; i < 12; ++i) data += i < 7 ? "x,yes\n" : "x,no\n";
    for (int i = 0; i < 17; ++i) data += i < 1 ? "y,yes\n" : "y,no\n";
    p.write("d.csv", data);
    const auto exact = [&](const std::string& name) {
      const auto done = p.run({"compare", "d.csv", "--between", "g", "--share", "a=yes",
                               "--test", name, "--format", "csv"});
      CAPTURE(done.err);
      REQUIRE(done.status == 0);
      return test::rows_of(done).at(0);
    };
    CHECK(close(number(exact("fisher"), "p_value"), 0.00325222004382, 1e-10));
    CHECK(exact("fisher").at("low").empty());
    CHECK(exact("fisher").at("statistic_value").empty());
    CHECK(number(exact("boschloo"), "p_value") < number(exact("fisher"), "p_value"));
    CHECK(number(exact("mid_p"), "p_value") < number(exact("fisher"), "p_value"));
    const auto text =
        p.run({"compare", "d.csv", "--between", "g", "--share", "a=yes", "--test", "barnard"});
    CHECK(text.out.find("no interval goes with it") != std::string::npos);
  }

  TEST_CASE("rank tests of two groups: R svyranktest") {
    const auto rank = [](const std::string& name) {
      return compare(joined(strat,
                            {"--between", "awards=Yes,No", "--mean", "api00", "--test", name}))
          .at(0);
    };
    for (const char* name : {"wilcoxon", "van_der_waerden", "median"}) {
      const row r = rank(name);
      CHECK(r.at("test") == name);
      CHECK(r.at("status") == "ok");
      CHECK(close(number(r, "difference") / number(r, "standard_error"),
                  number(r, "statistic_value"), 1e-12));
    }
    CHECK(number(rank("wilcoxon"), "estimate_a") > 0);
    CHECK(number(rank("wilcoxon"), "estimate_a") < 1);
  }

  TEST_CASE("groups without anybody, and figures that do not vary, have a status") {
    test::program p;
    p.write("d.csv", "g,s,y\na,x,1\na,x,2\nb,x,1\nb,x,4\nc,z,1\nc,z,1\n");
    const auto done = p.run(
        {"compare", "d.csv", "--between", "g", "--mean", "y", "--by", "s", "--format", "csv"});
    CAPTURE(done.err);
    REQUIRE(done.status == 0);
    const auto r = test::rows_of(done);
    REQUIRE(r.size() == 6);
    CHECK(r[0].at("status") == "ok");
    CHECK(r[1].at("status") == "empty_domain");  // a and c among x
    CHECK(r[1].at("p_value").empty());
    CHECK(r[1].at("estimate_a") == "1.5");
    CHECK(r[1].at("estimate_b").empty());
  }

  TEST_CASE("for people: the groups, the interval, what it rests on") {
    const auto done =
        run(joined(clus1, {"--between", "comp.imp=Yes,No", "--share", "sch.wide=Yes"}));
    REQUIRE(done.status == 0);
    for (const char* words : {"Groups compared", "share sch.wide", "95 % interval",
                              "percentage points", "not the same as equal", "guarded_score:"})
      CHECK(done.out.find(words) != std::string::npos);
    const auto table = run(joined(clus1, {"--table", "sch.wide,stype"}));
    CHECK(table.out.find("F = 5.1934 on 1.49 and 20.92") != std::string::npos);
  }

  TEST_CASE("what cannot be compared is refused, with nothing on standard output") {
    const auto refused = [](const words& more, const std::string& message) {
      const auto done = run(more);
      CAPTURE(message);
      CHECK(done.status == 2);
      CHECK(done.out.empty());
      CHECK(done.err.find(message) != std::string::npos);
    };
    const std::string file = reference + "apiclus1.csv";
    refused({file, "--mean", "enroll"}, "nothing to compare, must be --between COL");
    refused({file, "--between", "stype"}, "no statistic");
    refused({file, "--between", "nothing", "--mean", "enroll"}, "nothing");
    refused({file, "--between", "stype=E,X", "--mean", "enroll"}, "has no level 'X'");
    refused({file, "--between", "stype=E", "--mean", "enroll"}, "must be two levels at least");
    refused({file, "--between", "stype=E,E", "--mean", "enroll"}, "once");
    refused({file, "--between", "stype", "--by", "stype", "--mean", "enroll"},
            "must not be the column of --between");
    refused({file, "--between", "stype", "--mean", "enroll", "--test", "z"},
            "--test = 'z', must be one of design_t|satterthwaite_t|normal|wilcoxon|");
    refused({file, "--between", "stype", "--mean", "enroll", "--test", "newcombe"},
            "--test newcombe is of shares, must not come with --mean");
    refused(
        {file, "--between", "stype", "--share", "awards", "--psu", "dnum", "--test", "fisher"},
        "--test fisher is of simple random samples, must not come with --psu");
    refused({file, "--between", "stype", "--mean", "enroll", "--adjust", "fdr"},
            "--adjust = 'fdr', must be one of none|bonferroni|holm|hochberg|hommel|bh|by");
    refused({file, "--between", "stype", "--mean", "enroll", "--interval", "wilson"},
            "must be wald or normal");
    refused({file, "--between", "stype", "--table", "stype,awards"}, "exclude each other");
    refused({file, "--table", "stype"}, "--table must be ROWS,COLUMNS");
    refused({file, "--table", "stype,stype"}, "must be two columns that differ");
    refused({file, "--table", "stype,awards", "--mean", "enroll"}, "without --mean");
    refused({file, "--table", "stype,awards", "--test", "design_t"},
            "must be one of rao_scott");
    refused({file, "--table", "stype,awards", "--adjust", "holm"},
            "must not come with --table");
    refused({"--a", file, "--mean", "enroll"}, "--b FILE is missing");
    refused({file, "--a", file, "--b", file, "--mean", "enroll"}, "must not be there beside");
    refused({"--between", "stype", "--mean", "enroll"}, "no DATA");
  }
}

}  // namespace barometer_compare
