// SPDX-License-Identifier: BSL-1.0
#include "compare_report.hpp"

#include "comparison_text.hpp"
#include "number_text.hpp"
#include "published_report.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace barometer {

namespace {

std::string compared_heading(const question& q) {
  return std::string(name(q.kind)) + " " + q.variable;
}

/// What the test of that name rests on.
std::string about_test(const std::string& name) {
  const comparison_test test = comparison_test_by_name(name);
  const auto about = [&]() -> std::string {
    if (is_exact(test))
      return "exact test of the counts, of simple random samples; no interval goes with it.";
    if (is_of_ranks(test))
      return "test of the mean scores of the ranks, with the standard errors of the design. "
             "Estimates and differences are of scores: wilcoxon, the place among all from 0 to "
             "1; median, the part above the common median.";
    switch (test) {
      case comparison_test::design_t:
        return "test and interval by t of the design, with the covariance between the two "
               "groups; df: sampling units less strata of both, less one.";
      case comparison_test::satterthwaite_t:
        return "test and interval by t of the design, df by Satterthwaite from those of the "
               "two.";
      case comparison_test::normal:
        return "test and interval with the standard errors of the design, as if exactly known.";
      case comparison_test::guarded_score:
        return "pooled t of two shares on effective bases, with the covariance of the design; "
               "few people take from df. It keeps to its level where design_t does not, at "
               "small bases and near 0 and 100 %. The standard error is the design's.";
      default:
        return "test and interval of two shares on effective bases p(1 − p) / V, with the "
               "covariance of the design.";
    }
  };
  return name + ": " + about();
}

}  // namespace

records as_records(const compare_result& r) {
  records out;
  out.columns = r.by;
  for (const char* column : {"test", "statistic", "variable", "level", "a", "b", "estimate_a",
                             "estimate_b", "difference", "standard_error", "df", "low", "high",
                             "statistic_value", "p_value", "p_adjusted", "status"})
    out.columns.emplace_back(column);
  for (const compared& c : r.rows) {
    const question& q = r.questions[c.question];
    std::vector<field> row(c.by.begin(), c.by.end());
    row.emplace_back(c.found.test);
    row.emplace_back(std::string(name(q.kind)));
    row.emplace_back(q.variable);
    if (q.kind == baro::statistic::share)
      row.emplace_back(c.level);
    else
      row.emplace_back();
    row.emplace_back(c.a);
    row.emplace_back(c.b);
    const auto& f = c.found;
    for (const double x : {f.value_a, f.value_b, f.difference, f.standard_error, f.df,
                           f.limits.low, f.limits.high, f.statistic, f.p_value, c.p_adjusted})
      row.emplace_back(x);
    row.emplace_back(std::string(name(f.status)));
    out.rows.push_back(std::move(row));
  }
  return out;
}

sheet as_sheet(const compare_result& r) {
  const bool adjusted = r.adjusted != baro::adjustment::none;
  sheet page;
  page.title = r.title;
  page.preamble = r.context;
  page.columns = {{"level", align::left}};
  for (const std::string& by : r.by) page.columns.push_back({by, align::left});
  page.columns.insert(page.columns.end(), {{"a", align::left},
                                           {"b", align::left},
                                           {"estimate a", align::right},
                                           {"estimate b", align::right},
                                           {"a − b", align::right},
                                           {"std. error", align::right},
                                           {level_text(r.level) + " interval", align::right},
                                           {"t", align::right},
                                           {"df", align::right},
                                           {"p-value", align::right},
                                           {adjusted ? "p adjusted" : "", align::right},
                                           {"different", align::left},
                                           {"status", align::left}});
  std::size_t section = r.questions.size();
  std::set<baro::status> met;
  bool any_percent = false;
  const double alpha = 1 - r.level.value();
  for (const compared& c : r.rows) {
    const question& q = r.questions[c.question];
    if (c.question != section) {
      section = c.question;
      page.lines.push_back({{}, compared_heading(q)});
    }
    any_percent = any_percent || in_percent(q.kind);
    const auto& f = c.found;
    const bool ok = f.status == baro::status::ok;
    if (!ok) met.insert(f.status);
    const compared_style s(q.kind, f.standard_error);
    sheet_line line;
    line.cells.push_back(c.level);
    for (const std::string& by : c.by) line.cells.push_back(by);
    for (const std::string& cell :
         {c.a, c.b, s.value(f.value_a), s.value(f.value_b), s.signed_number(f.difference),
          s.error(f.standard_error),
          ok && f.limits.low == f.limits.low
              ? s.signed_number(f.limits.low) + " to " + s.signed_number(f.limits.high)
              : std::string("–"),
          fixed_number(f.statistic, 2), fixed_number(f.df, 0), p_text(f.p_value),
          adjusted ? p_text(c.p_adjusted) : std::string(),
          !ok                    ? std::string()
          : c.p_adjusted < alpha ? std::string("yes")
                                 : std::string("not shown"),
          ok ? std::string() : std::string(name(f.status))})
      line.cells.push_back(cell);
    page.lines.push_back(std::move(line));
  }
  if (r.rows.empty()) page.notes.push_back("No respondent is in any of the groups.");
  if (any_percent)
    page.notes.push_back(
        "Differences and standard errors of shares and balances are in "
        "percentage points.");
  std::set<std::string> tests;
  for (const compared& c : r.rows)
    if (tests.insert(c.found.test).second) page.notes.push_back(about_test(c.found.test));
  if (!r.rows.empty())
    page.notes.push_back("different at " + level_text(r.level) +
                         (adjusted
                              ? ", by p-values adjusted (" + std::string(name(r.adjusted)) +
                                    ") over the comparisons of one statistic"
                              : std::string(", each comparison by itself")) +
                         ": yes, or not shown, which is not the same as equal.");
  for (const baro::status s : met)
    page.notes.push_back(std::string(name(s)) + ": " + std::string(why_not_tested(s)));
  return page;
}

records as_records(const table_result& r) {
  records out;
  out.columns = {"test", "rows", "columns", "statistic_value",
                 "df1",  "df2",  "p_value", "status"};
  const auto& f = r.found;
  out.rows.push_back({f.test, r.rows, r.columns, f.statistic, f.df1, f.df2, f.p_value,
                      std::string(name(f.status))});
  return out;
}

sheet as_sheet(const table_result& r) {
  sheet page;
  page.title = r.title;
  page.preamble = r.context;
  page.columns = {{r.rows + " \\ " + r.columns, align::left}};
  for (const std::string& column : r.shares.columns)
    page.columns.push_back({column, align::right});
  for (std::size_t i = 0; i < r.shares.rows.size(); ++i) {
    sheet_line line{{r.shares.rows[i]}, {}};
    for (std::size_t j = 0; j < r.shares.columns.size(); ++j)
      line.cells.push_back(percent(r.shares.cells.value(i * r.shares.columns.size() + j)));
    page.lines.push_back(std::move(line));
  }
  page.notes.push_back("Each cell in percent of all who answered both.");
  const auto& f = r.found;
  if (f.status != baro::status::ok) {
    page.notes.push_back(f.test + ": " + std::string(name(f.status)) +
                         ", nothing can be tested.");
    return page;
  }
  const bool chi_squared = std::isinf(f.df2);
  page.notes.push_back(
      f.test + ": " + (chi_squared ? "X² = " : "F = ") + fixed_number(f.statistic, 4) + " on " +
      fixed_number(f.df1, f.df1 == std::floor(f.df1) ? 0 : 2) +
      (chi_squared ? std::string()
                   : " and " + fixed_number(f.df2, f.df2 == std::floor(f.df2) ? 0 : 2)) +
      " degrees of freedom, p-value " + p_text(f.p_value) + ".");
  if (f.test == "pearson")
    page.notes.push_back("pearson takes the respondents for a simple random sample.");
  return page;
}

}  // namespace barometer
