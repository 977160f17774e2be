// SPDX-License-Identifier: BSL-1.0
// `barometer weight`, and `--margins` of the verb that estimates: what they print and write,
// and what they refuse.
#include "barometer/program.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <sstream>
#include <string>
#include <support/close.hpp>
#include <support/table.hpp>
#include <vector>

namespace barometer_weight {

using test::close;
using words = std::vector<std::string>;

const std::string data =
    "id,sex,age,w,y\n"
    "1,F,young,1,10\n"
    "2,F,old,2,20\n"
    "3,M,young,1,30\n"
    "4,M,old,3,40\n"
    "5,M,\"old\",1,\"5,5\"\n";

struct work : test::program {
  explicit work(const std::string& margins, const std::string& bytes = data) {
    write("d.csv", bytes);
    write("m.csv", margins);
  }
  test::program_run weight(words more = {}, const std::string& verb = "weight") const {
    words all{verb, "d.csv", "--margins", "m.csv"};
    all.insert(all.end(), more.begin(), more.end());
    return run(all);
  }
};

std::vector<std::vector<std::string>> cells(const std::string& csv) {
  std::vector<std::vector<std::string>> out;
  std::istringstream in(csv);
  for (std::string line; std::getline(in, line);) out.push_back(test::table::split(line));
  return out;
}
double number(const std::string& text) { return std::stod(text); }

TEST_SUITE("barometer/weight") {
  TEST_CASE("post-stratification by hand") {
    const work p("variable,level,target\nsex,F,6\nsex,M,10\n",
                 "sex,w\nF,1\nF,2\nM,1\nM,3\nM,1\n");
    const auto done = p.weight(
        {"--weight", "w", "--method", "poststratify", "--out", "o.csv", "--format", "csv"});
    CHECK(done.status == 0);
    const auto rows = cells(done.out);
    REQUIRE(rows.size() == 4);
    CHECK(rows[0] == words{"variable", "level", "target", "before", "after", "gap", "status"});
    CHECK(rows[1] == words{"sex", "F", "6", "3", "6", "0", "ok"});
    CHECK(rows[2] == words{"sex", "M", "10", "5", "10", "0", "ok"});
    CHECK(rows[3] == words{"(total)", "", "16", "8", "16", "0", "ok"});
    CHECK(p.read("o.csv") == "sex,w,calibrated_weight\nF,1,2\nF,2,4\nM,1,2\nM,3,6\nM,1,2\n");
    CHECK(done.err == "");
    const auto table =
        p.weight({"--weight", "w", "--method", "poststratify", "--out", "o.csv"});
    CHECK(table.out.find("(total)") != std::string::npos);
    for (const char* word : {"Kish design effect", "efficiency", "iterations", "largest gap"})
      CHECK(table.err.find(word) != std::string::npos);
  }

  TEST_CASE("negative weights of the linear method are written and counted") {
    const work p("variable,level,target\n1,,6\nx,,1\n", "x\n1\n2\n3\n4\n5\n60\n");
    const auto done = p.weight({"--method", "linear", "--out", "o.csv"});
    CHECK(done.status == 0);
    CHECK(done.err.find("negative weights      1") != std::string::npos);
    CHECK(cells(p.read("o.csv"))[6][1].starts_with("-"));
  }

  TEST_CASE("margins that only vanishing weights meet are refused") {
    const work p("variable,level,target\nx,,0\n", "x\n1\n2\n3\n");
    const auto done = p.weight({"--out", "o.csv"});
    CHECK(done.status == 2);
    CHECK(
        done.err ==
        "barometer: m.csv: the margins are met only with weights that vanish or sit at a bound "
        "(3 respondents, the first in row 0)\n");
  }

  TEST_CASE("bounds of --trim are about the mean the weights end with") {
    const work p("variable,level,target\nx,,2100\n", "x\n10\n20\n30\n40\n50\n60\n");
    CHECK(p.weight({"--trim", "0.9,1.1", "--out", "o.csv"}).status == 0);
    const auto rows = cells(p.read("o.csv"));
    double sum = 0;
    for (std::size_t i = 1; i < rows.size(); ++i) sum += number(rows[i][1]);
    for (std::size_t i = 1; i < rows.size(); ++i) {
      CHECK(number(rows[i][1]) * 6 / sum <= 1.1 + 1e-9);
      CHECK(number(rows[i][1]) * 6 / sum >= 0.9 - 1e-9);
    }
  }

  TEST_CASE("the file is written as it was, with one more column") {
    const work p("variable,level,target\nsex,F,50\nsex,M,50\n",
                 "sex;\"a \"\"b\"\"\";note\nF;1,5;\"x;y\"\nM;2,5;\" z\"\n");
    const auto done = p.weight({"--out", "o.csv", "--name", "my;w"});
    CHECK(done.status == 0);
    CHECK(p.read("o.csv") ==
          "sex;\"a \"\"b\"\"\";note;\"my;w\"\nF;1,5;\"x;y\";1\nM;2,5;\" z\";1\n");
  }

  TEST_CASE("counts, shares and percentages of the same population give the same weights") {
    std::string first;
    for (const char* targets :
         {"sex,F,2\nsex,M,6\n", "sex,F,0.25\nsex,M,0.75\n", "sex,F,25\nsex,M,75\n"}) {
      const work p(std::string("variable,level,target\n") + targets);
      CHECK(p.weight({"--weight", "w", "--out", "o.csv"}).status == 0);
      if (first.empty()) first = p.read("o.csv");
      CHECK(p.read("o.csv") == first);
    }
  }

  TEST_CASE("a crossed margin, a total and the size of the population") {
    const work p(
        "variable,level,target\nsex:age,F:young,2\nsex:age,F:old,2\nsex:age,M:young,2\n"
        "sex:age,M:old,4\n");
    CHECK(p.weight({"--out", "o.csv", "--method", "poststratify"}).status == 0);
    CHECK(cells(p.read("o.csv"))[4].back() == "2");
    const work q("variable,level,target\n1,,10\nx,,31\n", "x\n1\n2\n3\n4\n");
    const auto done = q.weight({"--method", "linear", "--out", "o.csv", "--format", "csv"});
    CHECK(done.status == 0);
    const auto rows = cells(q.read("o.csv"));
    double sum = 0, total = 0;
    for (std::size_t i = 1; i < rows.size(); ++i) {
      sum += number(rows[i][1]);
      total += number(rows[i][0]) * number(rows[i][1]);
    }
    CHECK(close(sum, 10.0, 1e-12));
    CHECK(close(total, 31.0, 1e-12));
  }

  TEST_CASE("trimmed weights stay within bounds of their mean and keep the margins") {
    std::string rows = "sex,w\n", margins = "variable,level,target\nsex,F,30\nsex,M,30\n";
    for (int i = 0; i < 20; ++i)
      rows += std::string(i % 2 ? "F" : "M") + "," + std::to_string(i % 7 + 1) + "\n";
    const work p(margins, rows);
    const auto done =
        p.weight({"--weight", "w", "--trim", "0.5,1.5", "--out", "o.csv", "--format", "csv"});
    CHECK(done.status == 0);
    const auto out = cells(p.read("o.csv"));
    for (std::size_t i = 1; i < out.size(); ++i) {
      CHECK(number(out[i].back()) >= 1.5 - 1e-9);
      CHECK(number(out[i].back()) <= 4.5 + 1e-9);
    }
    CHECK(close(number(cells(done.out)[1][4]), 30.0, 1e-10));
  }

  TEST_CASE("a calibrated share has no standard error, and others have a smaller one") {
    test::program p;
    p.write("d.csv", p.read(BARO_SOURCE_DIR "/tests/reference/apiclus1.csv"));
    p.write("m.csv",
            "variable,level,target\nstype,E,4421\nstype,H,755\nstype,M,1018\n"
            "sch.wide,No,1072\nsch.wide,Yes,5122\n");
    const auto done = p.run({"estimate", "d.csv",        "--weight", "pw",        "--psu",
                             "dnum",     "--population", "fpc",      "--margins", "m.csv",
                             "--method", "raking",       "--mean",   "api00",     "--total",
                             "enroll",   "--share",      "stype",    "--format",  "csv"});
    CHECK(done.status == 0);
    const auto rows = cells(done.out);
    REQUIRE(rows.size() == 6);
    CHECK(close(number(rows[1][3]), 641.23032092682, 1e-9));
    CHECK(close(number(rows[1][4]), 23.7036168879, 1e-7));
    CHECK(close(number(rows[2][4]), 400603.256862, 1e-7));
    CHECK(close(number(rows[3][3]), 4421.0 / 6194, 1e-10));
    CHECK(number(rows[3][4]) < 1e-9);
  }

  TEST_CASE("what cannot be met is refused, and nothing is written") {
    const std::string head = "variable,level,target\n";
    const auto refused = [&](const std::string& margins, words more, const std::string& line,
                             const std::string& bytes = data) {
      CAPTURE(line);
      const work p(head + margins, bytes);
      more.insert(more.end(), {"--out", "o.csv"});
      const auto done = p.weight(more);
      CHECK(done.status == 2);
      CHECK(done.out == "");
      CHECK(done.err == "barometer: " + line + "\n");
      CHECK_FALSE(p.exists("o.csv"));
    };
    refused("sex,F,1\n", {},
            "d.csv:4: column 'sex' = 'M', must have a target in m.csv (sex is 'M')");
    refused("sex,F,1\nsex,M,1\nsex,X,1\n", {},
            "m.csv:4: column 'level' = 'X', must have somebody in d.csv who has it in 'sex'");
    refused("sex,F,0\nsex,M,1\n", {}, "m.csv:2: column 'target' = 0, must be > 0");
    refused("sex,F,-2\nsex,M,1\n", {}, "m.csv:2: column 'target' = -2, must be > 0");
    refused("sex,F,\nsex,M,1\n", {}, "m.csv:2: column 'target' = '', must not be missing");
    refused("sex,F,2\nsex,F,3\nsex,M,1\n", {},
            "m.csv:3: column 'level' = 'F', must be given once for 'sex'");
    refused("sex,F,2\nsex,,3\n", {},
            "m.csv:3: column 'level' = '', must be given for all targets of a variable or "
            "for none");
    refused("sex,F,40\nsex,M,40\nage,young,30\nage,old,40\n", {},
            "m.csv: the targets of age sum to 70, those of sex to 80, must be the same");
    refused("sex,F,49\nsex,M,50\n", {},
            "m.csv:2: the targets of 'sex' sum to 99, must be 100 as percentages");
    refused("sex,F,0.48\nsex,M,0.5\n", {},
            "m.csv:2: the targets of 'sex' sum to 0.98, must be 1 as shares");
    refused("height,F,49\n", {},
            "d.csv:1: no column 'height', the columns are 'id', 'sex', 'age', 'w', 'y'");
    refused("sex,F,1\nsex,M,1\n", {},
            "d.csv:3: column 'sex' = 'NA', must not be missing, it has a margin",
            "id,sex\n1,F\n2,NA\n3,M\n");
    refused("sex,F,10\nsex,M,30\nage,young,35\nage,old,5\n",
            {"--method", "truncated", "--bounds", "0.9,1.1"},
            "m.csv: no weights within the bounds meet margin age; the nearest give "
            "age='young' 2.2 instead of 35");
    refused("sex,F,1\nsex,M,1\n", {"--weight", "w"},
            "d.csv:3: column 'w' = 0, must be > 0 to be calibrated", "sex,w\nF,1\nM,0\n");
    refused(
        "sex,F,1\nsex,M,1\nage,young,1\nage,old,1\n", {"--method", "poststratify"},
        "m.csv: --method poststratify must have one variable with levels; cross several as in "
        "sex:age");
  }

  TEST_CASE("requests that cannot be are refused") {
    const work p("variable,level,target\nsex,F,1\nsex,M,1\n");
    const auto refused = [&](const words& request, const std::string& line) {
      CAPTURE(line);
      const auto done = p.run(request);
      CHECK(done.status == 2);
      CHECK(done.out == "");
      CHECK(done.err == "barometer: " + line + "\n");
      CHECK(p.files() == words{"d.csv", "m.csv"});
    };
    refused({"weight", "d.csv", "--out", "o.csv"}, "--margins FILE is missing");
    refused({"weight", "d.csv", "--margins", "m.csv"}, "--out FILE is missing");
    refused({"weight", "d.csv", "--margins", "m.csv", "--out", "d.csv"},
            "--out = 'd.csv', must not be DATA");
    refused({"weight", "d.csv", "--margins", "m.csv", "--out", "m.csv"},
            "--out = 'm.csv', must not be the margins");
    refused({"weight", "d.csv", "--margins", "m.csv", "--out", "o.csv", "--name", "y"},
            "--name = 'y', must not be a column that DATA has");
    refused({"weight", "d.csv", "--margins", "m.csv", "--out", "o.csv", "--method", "logit"},
            "--method = 'logit', must come with --bounds L,U");
    refused({"weight", "d.csv", "--margins", "m.csv", "--out", "o.csv", "--bounds", "0.5,2"},
            "--bounds must come with --method logit or truncated");
    refused({"weight", "d.csv", "--margins", "m.csv", "--out", "o.csv", "--bounds", "1.5,2"},
            "--bounds = 1.5,2, must be two numbers L,U with 0 <= L < 1 < U");
    refused({"weight", "d.csv", "--margins", "m.csv", "--out", "no/o.csv"},
            "no/o.csv: cannot be written: No such file or directory");
  }
}

}  // namespace barometer_weight
