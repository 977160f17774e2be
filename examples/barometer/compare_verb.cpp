// SPDX-License-Identifier: BSL-1.0
#include "compare_verb.hpp"

#include <baro/hypothesis/independence.hpp>
#include <baro/io/csv.hpp>

#include "adjust_option.hpp"
#include "compare_report.hpp"
#include "comparisons.hpp"
#include "design_options.hpp"
#include "names.hpp"
#include "options.hpp"
#include "question.hpp"
#include "refusal.hpp"
#include "sample.hpp"
#include "sample_text.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace barometer {

namespace {

struct compare_request {
  std::string data{}, a{}, b{};
  design_request design{};
  std::vector<std::string> where{};
  std::vector<std::string> by{};
  std::vector<statistic_request> statistics{};
  std::string between{};
  std::vector<std::string> table{};
  std::string test{};
  std::string interval{};
  std::optional<baro::adjustment> adjust{};
  double level = baro::default_level;
  output_format format = output_format::table;
};

std::string independence_help() { return names_up_to(baro::independence_test::pearson); }

/// One way of comparing, and what it needs.
void check(const compare_request& r) {
  const int ways = (r.between.empty() ? 0 : 1) + (r.table.empty() ? 0 : 1) +
                   (r.a.empty() && r.b.empty() ? 0 : 1);
  if (ways == 0)
    throw refusal(
        "nothing to compare, must be --between COL, --table ROWS,COLUMNS, or --a FILE with --b "
        "FILE");
  if (ways > 1) throw refusal("--between, --table and --a with --b exclude each other");
  if (r.a.empty() != r.b.empty())
    throw refusal(std::string(r.a.empty() ? "--a" : "--b") + " FILE is missing");
  if (!r.a.empty() && !r.data.empty())
    throw refusal("DATA = " + r.data + ", must not be there beside --a and --b");
  if (r.a.empty() && r.data.empty()) throw refusal("DATA is missing");
  if (r.a == "-" && r.b == "-")
    refuse_option("--b", "-", "must not be standard input as --a is");
  if (r.table.empty()) {
    check_statistics(r.statistics);
    return;
  }
  if (r.table.size() != 2 || r.table[0].empty() || r.table[1].empty())
    throw refusal("--table must be ROWS,COLUMNS");
  if (r.table[0] == r.table[1])
    refuse_option("--table", r.table[0], "must be two columns that differ");
  if (!r.statistics.empty())
    throw refusal("--table is a statistic of its own, must come without --" +
                  std::string(name(r.statistics.front().kind)));
  if (!r.by.empty()) throw refusal("--by goes with --between, must not come with --table");
  if (r.adjust) throw refusal("--adjust is of several tests, must not come with --table");
  if (!r.interval.empty())
    throw refusal("--interval is of differences, must not come with --table");
}

/// `--interval` names the test whose limits it is.
test_choice test_of(const compare_request& r, comparison_test usual) {
  const bool normal = r.interval == "normal";
  if (!r.interval.empty() && !normal && r.interval != "wald")
    refuse_option("--interval", r.interval, "of a difference must be wald or normal");
  if (r.test.empty()) {
    if (r.interval.empty()) return {{}, usual};
    return {normal ? comparison_test::normal : usual, usual};
  }
  const comparison_test test = comparison_test_by_name(r.test);
  if (!r.interval.empty() &&
      (is_of_shares(test) || is_of_ranks(test) || normal != (test == comparison_test::normal)))
    refuse_option("--interval", r.interval, "must be of the same law as --test " + r.test);
  if (is_of_shares(test))
    for (const statistic_request& s : r.statistics)
      if (s.kind != baro::statistic::share)
        throw refusal("--test " + r.test + " is of shares, must not come with --" +
                      std::string(name(s.kind)));
  if (is_of_ranks(test)) {
    for (const statistic_request& s : r.statistics)
      if (s.kind != baro::statistic::mean)
        throw refusal("--test " + r.test +
                      " ranks the answers of --mean, must not come with --" +
                      std::string(name(s.kind)));
    if (!r.a.empty())
      throw refusal("--test " + r.test +
                    " ranks the answers of one file, must not come with --a");
  }
  const auto& d = r.design;
  if (is_exact(test))
    for (const auto& [option, given] : {std::pair{"--weight", !d.weight.empty()},
                                        {"--stratum", !d.stratum.empty()},
                                        {"--psu", !d.psu.empty()},
                                        {"--population", !d.population.empty()},
                                        {"--fraction", !d.fraction.empty()},
                                        {"--margins", !d.calibration.margins.empty()}})
      if (given)
        throw refusal("--test " + r.test + " is of simple random samples, must not come with " +
                      option);
  return {test, usual};
}

std::vector<question> read_questions(const baro::csv_table& table, const compare_request& r) {
  std::vector<question> out;
  for (const statistic_request& s : r.statistics) out.push_back(read_question(table, s));
  return out;
}

outcome delivered(const compare_request& r, compare_result result) {
  result.by = r.by;
  result.level = baro::confidence_level(r.level);
  result.adjusted = r.adjust.value_or(baro::adjustment::none);
  adjust(result.rows, result.adjusted);
  outcome done;
  done.standard_output = in_format(
      r.format, [&] { return as_records(result); }, [&] { return as_text(as_sheet(result)); });
  return done;
}

outcome run_between(const compare_request& r) {
  const test_choice test = test_of(r, comparison_test::design_t);
  const baro::csv_table table = baro::read_csv(r.data);
  const groups of = read_groups(table, r.between, r.where, r.by);
  compare_result result;
  result.title = "Groups compared, from " + data_name(r.data);
  result.context = sample_text(r.design, r.where, table.rows());
  result.questions = read_questions(table, r);
  const sample drawn(table, r.design);
  result.rows = compare_groups(drawn.design(), result.questions, of, test,
                               baro::confidence_level(r.level));
  return delivered(r, std::move(result));
}

outcome run_files(const compare_request& r) {
  const test_choice test = test_of(r, comparison_test::satterthwaite_t);
  const baro::csv_table first = baro::read_csv(r.a), second = baro::read_csv(r.b);
  compare_result result;
  result.title = "Two samples compared, " + data_name(r.a) + " and " + data_name(r.b);
  for (const auto* table : {&first, &second}) {
    const std::string& path = table == &first ? r.a : r.b;
    for (const std::string& line : sample_text(r.design, r.where, table->rows()))
      result.context.push_back(data_name(path) + ": " + line);
  }
  result.questions = read_questions(first, r);
  const std::vector<question> questions = read_questions(second, r);
  const domains cut_a = read_domains(first, r.where, r.by);
  const domains cut_b = read_domains(second, r.where, r.by);
  const sample a(first, r.design), b(second, r.design);
  result.rows = compare_samples({a.design(), result.questions, cut_a, data_name(r.a)},
                                {b.design(), questions, cut_b, data_name(r.b)}, test,
                                baro::confidence_level(r.level));
  return delivered(r, std::move(result));
}

outcome run_table(const compare_request& r) {
  auto test = baro::independence_test::rao_scott;
  if (!r.test.empty()) {
    const auto named = baro::independence_test_by_name(r.test);
    if (!named) refuse_option("--test", r.test, "must be one of " + independence_help());
    test = *named;
  }
  const baro::csv_table table = baro::read_csv(r.data);
  const domains cut = read_domains(table, r.where, {});
  const question rows = read_question(table, {baro::statistic::share, r.table[0]});
  const question columns = read_question(table, {baro::statistic::share, r.table[1]});
  for (const question* q : {&rows, &columns})
    if (q->wanted.size() != q->levels.size())
      refuse_option("--table", r.table[q == &rows ? 0 : 1],
                    "must be a column, of all its levels");
  if (rows.levels.size() * columns.levels.size() > 2500)
    throw refusal("--table of " + std::to_string(rows.levels.size()) + " by " +
                  std::to_string(columns.levels.size()) +
                  " levels, must be at most 2500 cells");
  const sample drawn(table, r.design);
  std::vector<signed char> inside(cut.of_row.size());
  for (std::size_t row = 0; row < inside.size(); ++row) inside[row] = cut.of_row[row] == 0;
  table_result result;
  result.title =
      "Table of " + rows.variable + " by " + columns.variable + ", from " + data_name(r.data);
  result.context = sample_text(r.design, r.where, table.rows());
  result.rows = rows.variable;
  result.columns = columns.variable;
  result.shares = baro::shares_of_cells(
      drawn.design(), baro::categories(rows.codes, baro::coded_labels{rows.levels}),
      baro::categories(columns.codes, baro::coded_labels{columns.levels}), baro::where(inside));
  result.found = baro::independence(result.shares, test);
  outcome done;
  done.standard_output = in_format(
      r.format, [&] { return as_records(result); }, [&] { return as_text(as_sheet(result)); });
  return done;
}

outcome run(const compare_request& r) {
  check(r);
  barometer::check(r.design);
  if (!r.table.empty()) return run_table(r);
  return r.a.empty() ? run_between(r) : run_files(r);
}

std::function<outcome()> declare_compare(CLI::App& app) {
  const auto r = std::make_shared<compare_request>();
  add_data(app, r->data);
  add_value(app, "--between", "COL[=A,B,...]",
            "compare the levels of a column, all pairs of them or of those named",
            [r](const std::string& text) {
              if (text.empty()) throw refusal("--between must name a column");
              r->between = text;
            });
  add_value(app, "--table", "ROWS,COLUMNS", "test whether two questions are independent",
            [r](const std::string& text) { r->table = split_list(text); });
  add_value(app, "--a", "FILE", "compare two samples: the first, in the place of DATA", r->a);
  add_value(app, "--b", "FILE", "and the second", r->b);
  add_statistics(app, r->statistics);
  add_design(app, r->design);
  add_domains(app, r->where, r->by, "one comparison per combination of levels");
  add_value(app, "--test", "NAME",
            comparison_test_help() +
                " (default: guarded_score for shares; else design_t within one file, "
                "satterthwaite_t of two); with --table " +
                independence_help() + " (default: rao_scott)",
            r->test);
  add_adjust(app, "comparisons", r->adjust);
  add_value(app, "--interval", "NAME", "wald|normal (default: that of the test)", r->interval);
  add_level(app, r->level);
  add_format(app, r->format);
  return [r] { return run(*r); };
}

}  // namespace

verb compare_verb() {
  return {"compare", "differences between groups or samples with their tests and intervals",
          declare_compare};
}

}  // namespace barometer
