// SPDX-License-Identifier: BSL-1.0
// Every malformed file or request ends with status 2, nothing on standard output, and exactly
// one line on standard error that names file, line or column, value and rule.
#include "barometer/program.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace barometer_refusals {

struct refusal {
  const char* what;
  std::string file;                    ///< bytes of f.csv
  std::vector<std::string> arguments;  ///< after `estimate f.csv`
  std::string line;                    ///< after `barometer: `
};

void check(const std::vector<refusal>& refusals) {
  for (const refusal& r : refusals) {
    CAPTURE(r.what);
    const test::program p;
    p.write("f.csv", r.file);
    std::vector<std::string> arguments{"estimate", "f.csv"};
    arguments.insert(arguments.end(), r.arguments.begin(), r.arguments.end());
    const test::program_run done = p.run(arguments);
    CHECK(done.status == 2);
    CHECK(done.out == "");
    CHECK(done.err == "barometer: " + r.line + "\n");
    CHECK(p.files() == std::vector<std::string>{"f.csv"});
  }
}

/// The whole command line, in a folder without files.
void check_request(const std::vector<std::string>& arguments, const std::string& line) {
  CAPTURE(line);
  const test::program p;
  const test::program_run done = p.run(arguments);
  CHECK(done.status == 2);
  CHECK(done.out == "");
  CHECK(done.err == "barometer: " + line + "\n");
}

const std::string good =
    "w,h,u,N,f,x,q\n"
    "1,a,1,10,0.5,1,yes\n"
    "1,a,2,10,0.5,2,no\n"
    "2,b,1,20,0.2,3,yes\n"
    "2,b,2,20,0.2,4,NA\n"
    "2,b,3,20,0.2,5,no\n";

/// `good` with one line (from 1) replaced.
std::string with_line(std::size_t line, const std::string& text) {
  std::size_t begin = 0;
  for (std::size_t i = 1; i < line; ++i) begin = good.find('\n', begin) + 1;
  std::string out = good;
  return out.replace(begin, out.find('\n', begin) - begin, text);
}

TEST_SUITE("barometer/refusals") {
  TEST_CASE("a file that is no CSV table is refused") {
    const std::vector<std::string> mean{"--mean", "x"};
    const std::string quote =
        "a quote stands inside a value, must enclose the whole value and be doubled within it";
    check({
        {"empty", "", mean, "f.csv: empty, must have a header row"},
        {"only blank lines", "\n \r\n\n", mean, "f.csv: empty, must have a header row"},
        {"only a byte order mark", "\xEF\xBB\xBF", mean,
         "f.csv: empty, must have a header row"},
        {"no data row", "x,y\n", mean,
         "f.csv: no data row, must have at least one after the header"},
        {"no data row, no line end", "x", mean,
         "f.csv: no data row, must have at least one after the header"},
        {"a row too short", "x,y\n1,2\n3\n", mean,
         "f.csv:3: 1 field, must have 2 like the header"},
        {"a row too long", "x;y\n1;2\n3;4;\n", mean,
         "f.csv:3: 3 fields, must have 2 like the header"},
        {"ragged after a value of two lines", "x,y\n1,\"a\nb\"\n1,2,3\n", mean,
         "f.csv:4: 3 fields, must have 2 like the header"},
        {"a quote inside a value", "x,y\n1,2\" tall\n", mean, "f.csv:2: " + quote},
        {"text behind a closing quote", "x,y\n1,\"a\"b\n", mean, "f.csv:2: " + quote},
        {"a quote never closed", "x,y\n1,2\n\"3,4\n5,6\n", mean,
         "f.csv:3: a quote opened in this row is never closed"},
        {"a quote never closed in the header", "\"x,y\n1,2\n", mean,
         "f.csv:1: a quote opened in this row is never closed"},
        {"a NUL byte", std::string("x,y\n1,\0\n", 8), mean,
         "f.csv:2: NUL byte, must be text in UTF-8 or Latin-1"},
        {"UTF-16", std::string("\xFF\xFEx\0\n\0", 6), mean,
         "f.csv: must be UTF-8 or Latin-1, this is UTF-16 or UTF-32"},
        {"UTF-16, big end first", std::string("\xFE\xFF\0x", 4), mean,
         "f.csv: must be UTF-8 or Latin-1, this is UTF-16 or UTF-32"},
        {"damaged UTF-8", "x,é,à\n1,2,\xE9\n", mean,
         "f.csv:2: byte 0xE9 in a UTF-8 file, must be well-formed UTF-8"},
    });
  }

  TEST_CASE("a column that is not there, or twice, or without a name is refused") {
    check({
        {"not there",
         "x,y\n1,2\n",
         {"--mean", "z"},
         "f.csv:1: no column 'z', the columns are 'x', 'y'"},
        {"other case",
         "x,y\n1,2\n",
         {"--mean", "X"},
         "f.csv:1: no column 'X', the columns are 'x', 'y'"},
        {"twice",
         "x,x\n1,2\n",
         {"--mean", "x"},
         "f.csv:1: column 'x' stands 2 times in the header, must be unique"},
        {"a header of several lines",
         "\n\"x\",\"y\nz\"\n1,2\n",
         {"--mean", "q"},
         "f.csv:2: no column 'q', the columns are 'x', 'y\\nz'"},
        {"weight",
         good,
         {"--mean", "x", "--weight", "ww"},
         "f.csv:1: no column 'ww', the columns are 'w', 'h', 'u', 'N', 'f', 'x', 'q'"},
        {"by",
         good,
         {"--mean", "x", "--by", "h,k"},
         "f.csv:1: no column 'k', the columns are 'w', 'h', 'u', 'N', 'f', 'x', 'q'"},
        {"where",
         good,
         {"--mean", "x", "--where", "k=1"},
         "f.csv:1: no column 'k', the columns are 'w', 'h', 'u', 'N', 'f', 'x', 'q'"},
        {"ratio",
         good,
         {"--ratio", "x/k"},
         "f.csv:1: no column 'k', the columns are 'w', 'h', 'u', 'N', 'f', 'x', 'q'"},
    });
  }

  TEST_CASE("a cell that should be a number is refused with its line, column and value") {
    const std::vector<std::string> mean{"--mean", "x"};
    check({
        {"text", "x\n1\nabc\n", mean, "f.csv:3: column 'x' = 'abc', must be a number"},
        {"infinity", "x\n1\ninf\n", mean, "f.csv:3: column 'x' = 'inf', must be a number"},
        {"not a number", "x\nNaN\n", mean, "f.csv:2: column 'x' = 'NaN', must be a number"},
        {"hexadecimal", "x\n0x10\n", mean, "f.csv:2: column 'x' = '0x10', must be a number"},
        {"a unit", "x,y\n12 kg,1\n", mean, "f.csv:2: column 'x' = '12 kg', must be a number"},
        {"a percent sign", "x,y\n12%,1\n", mean,
         "f.csv:2: column 'x' = '12%', must be a number"},
        {"na in small letters", "x,y\nna,1\n", mean,
         "f.csv:2: column 'x' = 'na', must be a number"},
        {"too large for a double", "x,y\n1e400,1\n", mean,
         "f.csv:2: column 'x' = 1e400, must be within the range of a double"},
        {"beyond what a variance can hold", "x,y\n1e71,1\n", mean,
         "f.csv:2: column 'x' = 1e71, must be between -1e70 and 1e70"},
        {"a decimal comma between commas", "x,y\n\"1,5\",1\n", mean,
         "f.csv:2: column 'x' = 1,5, must be a number; a decimal comma needs ';' or tab "
         "between "
         "the columns"},
        {"point and comma in one number", "x;y\n1.234,5;1\n", mean,
         "f.csv:2: column 'x' = 1.234,5, must be a number with one decimal mark and no "
         "thousands "
         "separator"},
        {"point after comma in one column", "x;y\n1,5;1\n2.5;1\n", mean,
         "f.csv:3: column 'x' = 2.5, must have its decimal comma like line 2"},
        {"comma after point in one column", "x\ty\n1.5\t1\n2,5\t1\n", mean,
         "f.csv:3: column 'x' = 2,5, must have its decimal point like line 2"},
        {"a value of two lines", "x,y\n\"1\n2\",1\n", mean,
         "f.csv:2: column 'x' = '1\\n2', must be a number"},
        {"an answer of a share as a number",
         good,
         {"--mean", "q"},
         "f.csv:2: column 'q' = 'yes', must be a number"},
    });
  }

  TEST_CASE("a weight that is missing, negative or no number is refused with its line") {
    const std::vector<std::string> weighted{"--mean", "x", "--weight", "w"};
    check({
        {"negative", with_line(4, "-0.4,b,1,20,0.2,3,yes"), weighted,
         "f.csv:4: column 'w' = -0.4, must be >= 0"},
        {"missing", with_line(3, ",a,2,10,0.5,2,no"), weighted,
         "f.csv:3: column 'w' = '', must not be missing"},
        {"NA", with_line(3, "NA,a,2,10,0.5,2,no"), weighted,
         "f.csv:3: column 'w' = 'NA', must not be missing"},
        {"missing outside --where",
         with_line(3, ".,a,2,10,0.5,2,no"),
         {"--mean", "x", "--weight", "w", "--where", "h=b"},
         "f.csv:3: column 'w' = '.', must not be missing"},
        {"text", with_line(3, "one,a,2,10,0.5,2,no"), weighted,
         "f.csv:3: column 'w' = 'one', must be a number"},
        {"all zero", "w,x\n0,1\n0,2\n", weighted,
         "f.csv: column 'w' is 0 in every row, must be > 0 in one"},
    });
  }

  TEST_CASE("a design column that is missing or breaks its rule is refused with its line") {
    const auto ask = [](std::vector<std::string> more) {
      more.insert(more.begin(), {"--mean", "x"});
      return more;
    };
    check({
        {"stratum missing", with_line(5, "2,NA,2,20,0.2,4,NA"), ask({"--stratum", "h"}),
         "f.csv:5: column 'h' = 'NA', must not be missing"},
        {"psu missing", with_line(6, "2,b,,20,0.2,5,no"), ask({"--psu", "u"}),
         "f.csv:6: column 'u' = '', must not be missing"},
        {"population missing", with_line(6, "2,b,3,.,0.2,5,no"),
         ask({"--stratum", "h", "--population", "N"}),
         "f.csv:6: column 'N' = '.', must not be missing"},
        {"population differs within its stratum", with_line(6, "2,b,3,21,0.2,5,no"),
         ask({"--stratum", "h", "--population", "N"}),
         "f.csv:6: column 'N' = 21, must be the same for all of stratum 'b', which began with "
         "20"},
        {"population differs without strata", good, ask({"--population", "N"}),
         "f.csv:4: column 'N' = 20, must be the same for all of the sample, which began with "
         "10"},
        {"population below the sample", "x,N\n1,2\n2,2\n3,2\n", ask({"--population", "N"}),
         "f.csv:2: column 'N' = 2, must be at least the 3 units sampled in the sample"},
        {"population of nothing", "x,N\n1,0\n2,0\n", ask({"--population", "N"}),
         "f.csv:2: column 'N' = 0, must be at least 1 and finite"},
        {"population negative", "x,N\n1,-5\n2,-5\n", ask({"--population", "N"}),
         "f.csv:2: column 'N' = -5, must be at least 1 and finite"},
        {"second-stage population below its sample",
         "u,v,x,N,M\n1,1,1,10,1\n1,2,2,10,1\n2,1,3,10,5\n2,2,4,10,5\n",
         ask({"--psu", "u,v", "--population", "N,M"}),
         "f.csv:2: column 'M' = 1, must be at least the 2 units sampled in unit '1' (stage 2)"},
        {"fraction of 0", with_line(2, "1,a,1,10,0,1,yes"),
         ask({"--stratum", "h", "--fraction", "f"}),
         "f.csv:2: column 'f' = 0, must be in (0, 1]"},
        {"fraction above 1", with_line(2, "1,a,1,10,50,1,yes"),
         ask({"--stratum", "h", "--fraction", "f"}),
         "f.csv:2: column 'f' = 50, must be in (0, 1]"},
        {"fraction negative", with_line(3, "1,a,2,10,-0.5,2,no"),
         ask({"--stratum", "h", "--fraction", "f"}),
         "f.csv:3: column 'f' = -0.5, must be in (0, 1]"},
        {"fraction differs within its stratum", with_line(3, "1,a,2,10,0.4,2,no"),
         ask({"--stratum", "h", "--fraction", "f"}),
         "f.csv:3: column 'f' = 0.4, must be the same for all of stratum 'a', which began with "
         "0.5"},
        {"size and fraction for one stage", good,
         ask({"--stratum", "h", "--population", "N", "--fraction", "f"}),
         "--population and --fraction are both given for stage 1, must be one of them"},
        {"a single unit in a stratum", "h,x\na,1\nb,2\nb,3\n", ask({"--stratum", "h"}),
         "f.csv: column 'h': stratum 'a' has a single sampled unit, its variance cannot be "
         "estimated; choose --single-psu remove, average, center or certainty"},
        {"a single unit in a sampled unit",
         "h,u,v,x,N,M\na,1,1,1,9,9\na,1,2,3,9,9\na,2,1,2,9,9\n",
         ask({"--stratum", "h", "--psu", "u,v", "--population", "N,M"}),
         "f.csv: column 'u': unit '2' (stage 2) has a single sampled unit, its variance cannot "
         "be estimated; choose --single-psu remove, average, center or certainty"},
        {"a single unit in a stratum of stage 2",
         "u,k,x,N,M\n1,a,1,9,9\n1,b,3,9,9\n2,b,2,9,9\n2,b,2,9,9\n",
         ask({"--stratum", ",k", "--psu", "u", "--population", "N,M"}),
         "f.csv: column 'k': stratum 'a' of unit '1' (stage 2) has a single sampled unit, its "
         "variance cannot be estimated; choose --single-psu remove, average, center or "
         "certainty"},
        {"a stage below rows", good, ask({"--psu", ",u"}),
         "--psu has no column for stage 1, must name one for every stage but the last"},
        {"strata of a stage without units above", good, ask({"--stratum", "h,q"}),
         "--psu has no column for stage 1, must name one for every stage but the last"},
    });
  }

  TEST_CASE("a level that no row holds is refused, and those there are are named") {
    std::string many_levels = "x\n";
    for (int i = 0; i <= 10000; ++i) many_levels += std::to_string(i) + "\n";
    check({
        {"share",
         good,
         {"--share", "q=maybe"},
         "f.csv: column 'q' has no level 'maybe', its levels are 'no', 'yes'"},
        {"where",
         good,
         {"--mean", "x", "--where", "h=c"},
         "f.csv: column 'h' has no level 'c', its levels are 'a', 'b'"},
        {"one of several",
         good,
         {"--mean", "x", "--where", "u=1,4"},
         "f.csv: column 'u' has no level '4', its levels are '1', '2', '3'"},
        {"missing is no level",
         good,
         {"--share", "q=NA"},
         "f.csv: column 'q' has no level 'NA', its levels are 'no', 'yes'"},
        {"balance",
         good,
         {"--balance", "q=yes-never"},
         "f.csv: column 'q' has no level 'never', its levels are 'no', 'yes'"},
        {"a number written otherwise",
         good,
         {"--mean", "x", "--where", "u=1.0"},
         "f.csv: column 'u' has no level '1.0', its levels are '1', '2', '3'"},
        {"a share of a question nobody answered",
         "q,x\nNA,1\n.,2\n",
         {"--share", "q"},
         "f.csv: column 'q' is missing in every row, must have an answer"},
        {"a share of every value of a number",
         many_levels,
         {"--share", "x"},
         "f.csv: column 'x' has 10001 levels, must have at most 10000 for the share of each"},
        {"a list that can be read in two ways",
         "q,x\na,1\nb,2\n\"a,b\",3\n",
         {"--mean", "x", "--where", "q=a,b"},
         "--where = 'q=a,b', can be read in two ways, must have its levels in double quotes"},
    });
  }

  TEST_CASE("a statistic that is not of its form is refused") {
    check({
        {"none",
         good,
         {},
         "no statistic, must be one of --mean, --total, --share, --ratio, --quantile, "
         "--balance"},
        {"ratio without slash", good, {"--ratio", "x"}, "--ratio = 'x', must be NUM/DEN"},
        {"ratio without denominator",
         good,
         {"--ratio", "x/"},
         "--ratio = 'x/', must be NUM/DEN"},
        {"quantile without P", good, {"--quantile", "x"}, "--quantile = 'x', must be COL@P"},
        {"quantile of nothing", good, {"--quantile", "x@"}, "--quantile = 'x@', must be COL@P"},
        {"quantile in percent",
         good,
         {"--quantile", "x@50"},
         "--quantile = 50, must be in (0, 1)"},
        {"quantile 0", good, {"--quantile", "x@0"}, "--quantile = 0, must be in (0, 1)"},
        {"quantile that is no number",
         good,
         {"--quantile", "x@half"},
         "--quantile = 'half', must be in (0, 1)"},
        {"balance without column",
         good,
         {"--balance", "yes-no"},
         "--balance = 'yes-no', must be COL=POS1+POS2-NEG1+NEG2"},
        {"balance of one side",
         good,
         {"--balance", "q=yes"},
         "--balance = 'q=yes', must be COL=POS1+POS2-NEG1+NEG2"},
        {"balance with a level on both sides",
         good,
         {"--balance", "q=yes-yes"},
         "--balance = 'q=yes-yes', must name each level once"},
        {"where without level",
         good,
         {"--mean", "x", "--where", "h"},
         "--where = 'h', must be COL=LEVEL[,LEVEL...]"},
        {"where with an empty level",
         good,
         {"--mean", "x", "--where", "h="},
         "--where = 'h=', must be COL=LEVEL[,LEVEL...]"},
        {"where with a level twice",
         good,
         {"--mean", "x", "--where", "h=a,a"},
         "--where = 'h=a,a', must name each level once"},
        {"by a column twice",
         good,
         {"--mean", "x", "--by", "h,h"},
         "--by = 'h', must name each column once"},
        {"by an empty name",
         good,
         {"--mean", "x", "--by", "h,"},
         "--by has an empty name, must name columns"},
        {"a quote never closed in a list",
         good,
         {"--mean", "x", "--by", "\"h"},
         "'\"h', a quote in it is never closed"},
    });
  }

  TEST_CASE("an option that is unknown, repeated, without value or out of range is refused") {
    check({
        {"unknown",
         good,
         {"--mean", "x", "--men", "x"},
         "unknown option --men, must be one of barometer estimate --help"},
        {"unknown, with =",
         good,
         {"--mean", "x", "--foo=1"},
         "unknown option --foo, must be one of barometer estimate --help"},
        {"short and unknown",
         good,
         {"--mean", "x", "-q"},
         "unknown option -q, must be one of barometer estimate --help"},
        {"abbreviated",
         good,
         {"--mean", "x", "--stra", "h"},
         "unknown option --stra, must be one of barometer estimate --help"},
        {"an option behind --",
         good,
         {"--mean", "x", "--", "--foo"},
         "unexpected argument '--foo', must be one DATA file and options"},
        {"a second file",
         good,
         {"g.csv", "--mean", "x"},
         "unexpected argument 'g.csv', must be one DATA file and options"},
        {"twice",
         good,
         {"--mean", "x", "--weight", "w", "--weight", "f"},
         "--weight must be given once"},
        {"no value at the end", good, {"--mean"}, "--mean must have a value"},
        {"an option for a value",
         good,
         {"--weight", "--mean", "x"},
         "--weight must have a value"},
        {"nothing behind =", good, {"--weight=", "--mean", "x"}, "--weight must have a value"},
        {"an empty value", good, {"--mean", ""}, "--mean must have a value"},
        {"level in percent",
         good,
         {"--mean", "x", "--level", "95"},
         "--level = 95, must be in (0, 1)"},
        {"level 1", good, {"--mean", "x", "--level", "1"}, "--level = 1, must be in (0, 1)"},
        {"level with a comma",
         good,
         {"--mean", "x", "--level", "0,95"},
         "--level = 0,95, must be in (0, 1)"},
        {"level that is no number",
         good,
         {"--mean", "x", "--level", "high"},
         "--level = 'high', must be in (0, 1)"},
        {"format",
         good,
         {"--mean", "x", "--format", "xml"},
         "--format = 'xml', must be table, csv or json"},
        {"single psu",
         good,
         {"--mean", "x", "--single-psu", "fail"},
         "--single-psu = 'fail', must be error, remove, average, center or certainty"},
        {"interval of shares without a share",
         good,
         {"--mean", "x", "--total", "x", "--interval", "wilson"},
         "--interval = 'wilson', is an interval of shares, must come with a --share"},
        {"bounds without margins",
         good,
         {"--mean", "x", "--bounds=0.3,3"},
         "--bounds must come with --margins"},
        {"method without margins",
         good,
         {"--mean", "x", "--method", "raking"},
         "--method = 'raking', must come with --margins"},
        {"method",
         good,
         {"--mean", "x", "--margins", "m.csv", "--method", "rim"},
         "--method = 'rim', must be poststratify, linear, raking, logit or truncated"},
        {"no such margins file",
         good,
         {"--mean", "x", "--margins", "m.csv"},
         "m.csv: cannot be opened: No such file or directory"},
        {"two columns of one name in json",
         "df,x\n1,2\n2,3\n",
         {"--mean", "x", "--by", "df", "--format", "json"},
         "--format = 'json', must have columns of different names, two would be called 'df'"},
    });
  }

  TEST_CASE("an interval of another name is refused, and those there are are named") {
    const test::program p;
    p.write("f.csv", good);
    const auto done = p.run({"estimate", "f.csv", "--share", "q", "--interval", "exact"});
    CHECK(done.status == 2);
    CHECK(done.out == "");
    CHECK(done.err.starts_with("barometer: --interval = 'exact', must be one of "));
    for (const char* name :
         {"normal", "wald", "logit", "wilson", "clopper_pearson", "korn_graubard",
          "agresti_coull", "arcsine", "likelihood", "jeffreys"})
      CHECK(done.err.find(name) != std::string::npos);
    CHECK(done.err.find('\n') == done.err.size() - 1);
  }

  TEST_CASE("a verb that is missing or unknown is refused") {
    check_request(
        {"foo"},
        "unknown verb 'foo', must be estimate or weight or compare or trend or published");
    check_request({},
                  "no verb, must be estimate or weight or compare or trend or published "
                  "(barometer --help)");
    check_request({"--foo"}, "unknown option --foo, the first argument must be a verb");
    check_request({"estimate"}, "no DATA, must name a CSV file or -");
    check_request({"estimate", "--mean", "x"}, "no DATA, must name a CSV file or -");
    check_request({"foo\nbar"},
                  "unknown verb 'foo\\nbar', must be estimate or weight or compare or trend or "
                  "published");
  }

  TEST_CASE("a file that cannot be read is refused") {
    check_request({"estimate", "none.csv", "--mean", "x"},
                  "none.csv: cannot be opened: No such file or directory");
    check_request({"estimate", ".", "--mean", "x"}, ".: cannot be read: Is a directory");
    check_request({"estimate", "-", "--mean", "x"}, "-: empty, must have a header row");
  }

  TEST_CASE("a covariance file that cannot be written is refused, and leaves nothing") {
    check({
        {"standard output",
         good,
         {"--mean", "x", "--covariance", "-"},
         "--covariance = '-', must be a file"},
        {"the data itself",
         good,
         {"--mean", "x", "--covariance", "./f.csv"},
         "--covariance = './f.csv', must not be DATA"},
        {"a folder",
         good,
         {"--mean", "x", "--covariance", "."},
         ".: cannot be written, must be a regular file"},
        {"a device",
         good,
         {"--mean", "x", "--covariance", "/dev/null"},
         "/dev/null: cannot be written, must be a regular file"},
        {"a folder that is not there",
         good,
         {"--mean", "x", "--covariance", "no/v.csv"},
         "no/v.csv: cannot be written: No such file or directory"},
        {"a refusal elsewhere",
         good,
         {"--mean", "q", "--covariance", "v.csv"},
         "f.csv:2: column 'q' = 'yes', must be a number"},
    });
  }

  TEST_CASE("a covariance file that standard output goes to is refused") {
    const test::program p;
    p.write("f.csv", good);
    p.write("v.csv", "");
    const std::string output = p.path("v.csv");
    const auto done =
        p.run({"estimate", "f.csv", "--mean", "x", "--covariance", "v.csv"}, "", output);
    CHECK(done.status == 2);
    CHECK(done.err == "barometer: v.csv: cannot be written, must not be standard output\n");
    CHECK(p.read("v.csv") == "");
    CHECK(p.files() == std::vector<std::string>{"f.csv", "v.csv"});
  }

  TEST_CASE("a full disk is refused, and the covariance file stays as it was") {
    const test::program p;
    p.write("f.csv", good);
    p.write("v.csv", "before");
    const auto done =
        p.run({"estimate", "f.csv", "--mean", "x", "--covariance", "v.csv"}, "", "/dev/full");
    CHECK(done.status == 2);
    CHECK(done.err ==
          "barometer: standard output: cannot be written: No space left on device\n");
    CHECK(p.read("v.csv") == "before");
    CHECK(p.files() == std::vector<std::string>{"f.csv", "v.csv"});
  }
}

}  // namespace barometer_refusals
