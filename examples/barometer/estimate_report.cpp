// SPDX-License-Identifier: BSL-1.0
#include "estimate_report.hpp"

#include <baro/core/status.hpp>

#include "number_text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace barometer {

namespace {

using interval = baro::confidence_interval<double>;

/// The figure's own status when it has one, otherwise what its interval met.
baro::status status_of(const result_figure& f) {
  return f.entry.status != baro::status::ok ? f.entry.status : f.interval.status;
}

/// `Mean of age`, `Share of marital`, `Ratio api.stu/enroll`, `Population size`.
std::string heading(const question& q) {
  if (q.kind == baro::statistic::total && q.variable == "1") return "Population size";
  std::string kind(name(q.kind));
  kind.front() = static_cast<char>(kind.front() - 'a' + 'A');
  return kind +
         (q.kind == baro::statistic::ratio || q.kind == baro::statistic::quantile ? " "
                                                                                  : " of ") +
         q.variable;
}

/// How a figure's numbers are written: percent for shares and balances, otherwise as many
/// decimals as its standard error supports, or without one three digits of the figure.
struct number_style {
  bool percent;
  bool tiny;  ///< too small for decimals
  int decimals;

  static number_style of(const result_figure& f) {
    if (in_percent(f.entry.label.statistic)) return {true, false, 1};
    const bool spread = f.standard_error > 0;
    const double size = spread ? f.standard_error : std::abs(f.value) / 10;
    return {false, size > 0 && size < 5e-9,
            spread ? decimals_for(size) : std::max(decimals_for(size), 1)};
  }
  std::string number(double x) const {
    return tiny ? scientific_number(x) : fixed_number(x, decimals);
  }
  std::string value(double x) const {
    return percent ? barometer::percent(x, decimals) : number(x);
  }
  std::string error(double x) const { return percent ? fixed_number(100 * x, 2) : number(x); }
  std::string limits(double low, double high) const {
    if (std::isnan(low) || std::isnan(high)) return fixed_number(low, 0);
    if (!percent) return number(low) + " to " + number(high);
    return fixed_number(100 * low, decimals) + " to " + barometer::percent(high, decimals);
  }
};

std::string range_text(double low, double high, int decimals) {
  const std::string a = fixed_number(low, decimals), b = fixed_number(high, decimals);
  return a == b ? a : a + " to " + b;
}

/// What the intervals of one kind of statistic have in common, and the span of what differs.
struct interval_summary {
  double df_low = std::numeric_limits<double>::infinity(), df_high = 0;
  double base_low = std::numeric_limits<double>::infinity(), base_high = 0;
  bool any_base = false;

  void add(const interval& i) {
    df_low = std::min(df_low, i.df);
    df_high = std::max(df_high, i.df);
    if (std::isnan(i.base)) return;
    any_base = true;
    base_low = std::min(base_low, i.base);
    base_high = std::max(base_high, i.base);
  }
};

std::string summary_text(baro::assumption a, const interval_summary& s) {
  std::string text(a == baro::assumption::design ? "standard error of the design"
                                                 : baro::name(a));
  if (s.any_base) text += " of " + range_text(s.base_low, s.base_high, 1) + " people";
  if (std::isinf(s.df_low)) return text;  // the method's name says that it is normal
  const std::string df = range_text(s.df_low, s.df_high, 0);
  return text + ", " + df + (df == "1" ? " degree of freedom" : " degrees of freedom");
}

std::string_view meaning(baro::status s) {
  switch (s) {
    case baro::status::ok:
      return "";
    case baro::status::empty_domain:
      return "nobody there answered with a positive weight, there is no figure";
    case baro::status::zero_denominator:
      return "the denominator totals zero, there is no figure";
    case baro::status::no_degrees:
      return "too few sampling units to say how precise it is, there is no interval";
    case baro::status::undefined:
      return "this interval is not defined for this figure";
    case baro::status::no_base:
      return "the base is not known, there is no interval";
    case baro::status::open_interval:
      return "a limit lies beyond the data, that side is open";
    case baro::status::iteration_limit:
      return "the method did not converge";
    case baro::status::infeasible:
      return "no weights meet the margins";
    case baro::status::series_break:
      return "measured in two ways, which cannot be compared";
  }
  return "";
}

/// Without weights the effective n is n, and needs no column.
bool has_weights(const estimate_result& r) {
  return std::any_of(
      r.found.figures.begin(), r.found.figures.end(), [](const result_figure& f) {
        return std::abs(f.entry.bases.effective_n - f.entry.bases.n) > 1e-6 * f.entry.bases.n;
      });
}

std::string percent_text(double level) {
  return exact_number(std::round(1e10 * level) / 1e8) + " %";
}

std::vector<std::string> legend(const estimate_result& r) {
  std::map<std::tuple<baro::statistic, std::string, baro::assumption>, interval_summary> kinds;
  std::set<baro::status> met;
  for (const result_figure& f : r.found.figures) {
    const interval& c = f.interval;
    const baro::status s = status_of(f);
    if (s != baro::status::ok) met.insert(s);
    if (s == baro::status::ok || s == baro::status::open_interval)
      kinds[{f.entry.label.statistic, c.method, c.assumption}].add(c);
  }
  std::vector<std::string> notes;
  if (r.found.figures.empty())
    return {"No respondent is in any of the domains asked for, there is no figure."};
  for (const auto& [key, summary] : kinds) {
    const auto& [kind, method, assumption] = key;
    notes.push_back("Interval of a " + std::string(name(kind)) + " at " +
                    percent_text(r.level) + ": " + method + ", " +
                    summary_text(assumption, summary) + ".");
  }
  if (std::any_of(r.questions.begin(), r.questions.end(),
                  [](const question& q) { return in_percent(q.kind); }))
    notes.push_back("Standard errors of shares and balances are in percentage points.");
  notes.push_back(
      std::string("n: respondents with an answer; ") +
      (has_weights(r) ? "effective n: (sum of weights)² / sum of squared weights; " : "") +
      "deff: variance against a simple random sample of the same n.");
  for (const baro::status s : met)
    notes.push_back(std::string(name(s)) + ": " + std::string(meaning(s)) + ".");
  return notes;
}

}  // namespace

records as_records(const estimate_result& r) {
  records out;
  out.columns = r.by;
  for (const char* column : {"statistic", "variable", "level", "estimate", "standard_error",
                             "df", "low", "high", "deff", "n", "effective_n", "status"})
    out.columns.emplace_back(column);
  for (const result_figure& f : r.found.figures) {
    const interval& c = f.interval;
    const question& q = r.questions[f.question];
    std::vector<field> row;
    for (const std::string& level : r.cut.levels[f.domain]) row.emplace_back(level);
    row.emplace_back(std::string(name(q.kind)));
    row.emplace_back(q.variable);
    if (q.kind == baro::statistic::share)
      row.emplace_back(f.entry.label.level);
    else
      row.emplace_back();
    for (const double x :
         {f.value, f.standard_error, degrees_behind(f.interval, f.entry.df), known_limit(c.low),
          known_limit(c.high), f.entry.deff, f.entry.bases.n, f.entry.bases.effective_n})
      row.emplace_back(x);
    row.emplace_back(std::string(name(status_of(f))));
    out.rows.push_back(std::move(row));
  }
  return out;
}

sheet as_sheet(const estimate_result& r) {
  const bool weighted = has_weights(r);
  sheet page;
  page.title = "Estimates from " + r.data;
  page.preamble = r.context;
  for (const std::string& by : r.by) page.columns.push_back({by, align::left});
  page.columns.insert(page.columns.begin(), {"level", align::left});
  for (const std::string& name :
       {std::string("estimate"), std::string("std. error"), percent_text(r.level) + " interval",
        std::string("df"), std::string("deff"), std::string("n"), std::string("effective n")})
    page.columns.push_back({name, align::right});
  page.columns.push_back({"status", align::left});

  std::size_t section = r.questions.size();
  for (const result_figure& f : r.found.figures) {
    const interval& c = f.interval;
    if (f.question != section) {
      section = f.question;
      page.lines.push_back({{}, heading(r.questions[section])});
    }
    const number_style style = number_style::of(f);
    sheet_line line;
    line.cells.push_back(f.entry.label.level);
    for (const std::string& level : r.cut.levels[f.domain]) line.cells.push_back(level);
    const baro::status s = status_of(f);
    for (const std::string& cell :
         {style.value(f.value), style.error(f.standard_error), style.limits(c.low, c.high),
          fixed_number(degrees_behind(f.interval, f.entry.df), 0),
          fixed_number(f.entry.deff, 2), fixed_number(f.entry.bases.n, 0),
          weighted ? fixed_number(f.entry.bases.effective_n, 1) : std::string(),
          s == baro::status::ok ? std::string() : std::string(name(s))})
      line.cells.push_back(cell);
    page.lines.push_back(std::move(line));
  }
  page.notes = legend(r);
  return page;
}

std::string covariance_csv(const estimate_result& r) {
  const Eigen::MatrixXd& v = r.found.covariance;
  std::string out;
  for (Eigen::Index i = 0; i < v.rows(); ++i) {
    for (Eigen::Index j = 0; j < v.cols(); ++j) {
      if (j > 0) out += ',';
      out += exact_number(v(i, j));
    }
    out += '\n';
  }
  return out;
}

}  // namespace barometer
