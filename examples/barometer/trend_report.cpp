// SPDX-License-Identifier: BSL-1.0
#include "trend_report.hpp"

#include <baro/core/status.hpp>

#include "comparison_text.hpp"
#include "number_text.hpp"
#include "published_report.hpp"

#include <cmath>
#include <cstddef>
#include <limits>
#include <set>
#include <string>
#include <vector>

namespace barometer {

namespace {

/// One line of the result: what differs between the kinds.
struct trend_record {
  const char* kind;
  std::string from{}, to{};
  double estimate = no_number, standard_error = no_number, df1 = no_number, df = no_number;
  double low = no_number, high = no_number, statistic = no_number;
  double p = no_number, p_adjusted = no_number;
  baro::status status = baro::status::ok;
};

std::vector<trend_record> records_of(const trend_figure& f, const trend_result& r) {
  std::vector<trend_record> out;
  for (std::size_t t = 0; t < r.waves.size(); ++t) {
    const auto& c = f.intervals[t];
    const auto& about = f.series.figures().entry(t);
    out.push_back({"wave", {}, r.waves[t], f.series.value(t), f.series.standard_error(t)});
    trend_record& w = out.back();
    w.df = degrees_behind(c, about.df);
    w.low = known_limit(c.low);
    w.high = known_limit(c.high);
    w.status = about.status != baro::status::ok ? about.status : c.status;
  }
  for (const auto& change : f.changes) {
    const auto& c = change.found;
    out.push_back({"change", r.waves[change.from], r.waves[change.to], c.difference,
                   c.standard_error, no_number, c.df, c.limits.low, c.limits.high, c.statistic,
                   c.p_value, change.p_adjusted, c.status});
  }
  // From the first wave that has a figure to the last one.
  std::size_t first = 0, last = r.waves.size() - 1;
  while (first < last && !f.series.has(first)) ++first;
  while (last > first && !f.series.has(last)) --last;
  const auto& s = f.slope;
  out.push_back({"slope", r.waves[first], r.waves[last], s.value, s.standard_error, no_number,
                 s.df, s.limits.low, s.limits.high, s.statistic, s.p_value, no_number,
                 s.status});
  const auto& e = f.equal;
  out.push_back({"equal", r.waves[first], r.waves[last], no_number, no_number, e.df1, e.df2,
                 no_number, no_number, e.statistic, e.p_value, no_number, e.status});
  return out;
}

std::string trend_heading(const question& q) {
  return std::string(name(q.kind)) + " " + q.variable;
}

/// Limits of a figure and of a change, without the sign of percent.
std::string limits_text(const compared_style& s, double low, double high, bool with_sign) {
  if (!(low <= high)) return "–";
  const auto number = [&](double x) {
    if (std::isinf(x)) return fixed_number(x, 0);
    return with_sign ? s.signed_number(x) : fixed_number(s.percent ? 100 * x : x, s.decimals);
  };
  return number(low) + " to " + number(high);
}

/// `p = 0.0123`, `p < 0.0001`.
std::string p_with_sign(double p) {
  const std::string text = p_text(p);
  return text.starts_with("<") ? "p " + text : "p = " + text;
}

/// The line under the waves of a figure: slope and equality.
std::string summary_of(const trend_figure& f, const compared_style& s) {
  std::string out;
  const auto& b = f.slope;
  if (b.status == baro::status::ok) {
    compared_style finer = s;
    finer.decimals += 1;
    out = "slope " + finer.signed_number(b.value) + " per unit of the wave [" +
          finer.signed_number(b.limits.low) + " ; " + finer.signed_number(b.limits.high) +
          "], " + p_with_sign(b.p_value);
  } else {
    out = "slope: " + std::string(name(b.status));
  }
  const auto& e = f.equal;
  if (e.status == baro::status::ok)
    return out + "; all waves equal: F = " + fixed_number(e.statistic, 2) + " on " +
           fixed_number(e.df1, 0) + " and " + fixed_number(e.df2, 0) + ", " +
           p_with_sign(e.p_value);
  return out + "; all waves equal: " + std::string(name(e.status));
}

}  // namespace

records as_records(const trend_result& r) {
  records out;
  out.columns = r.by;
  for (const char* column :
       {"kind", "statistic", "variable", "level", "from", "to", "estimate", "standard_error",
        "df1", "df", "low", "high", "statistic_value", "p_value", "p_adjusted", "status"})
    out.columns.emplace_back(column);
  const auto text_or_none = [](const std::string& text) {
    return text.empty() ? field() : field(text);
  };
  for (const trend_figure& f : r.figures) {
    const question& q = r.questions[f.question];
    for (const trend_record& t : records_of(f, r)) {
      const auto& by = r.cut.levels[f.domain];
      std::vector<field> row(by.begin(), by.end());
      row.emplace_back(std::string(t.kind));
      row.emplace_back(std::string(name(q.kind)));
      row.emplace_back(q.variable);
      row.push_back(q.kind == baro::statistic::share ? field(f.level) : field());
      row.push_back(text_or_none(t.from));
      row.push_back(text_or_none(t.to));
      for (const double x : {t.estimate, t.standard_error, t.df1, t.df, t.low, t.high,
                             t.statistic, t.p, t.p_adjusted})
        row.emplace_back(x);
      row.emplace_back(std::string(name(t.status)));
      out.rows.push_back(std::move(row));
    }
  }
  return out;
}

sheet as_sheet(const trend_result& r) {
  const double alpha = 1 - r.level.value();
  const bool adjusted = r.adjusted != baro::adjustment::none;
  sheet page;
  page.title = r.title;
  page.preamble = r.context;
  page.columns = {
      {"wave", align::left},        {"estimate", align::right},
      {"std. error", align::right}, {level_text(r.level) + " interval", align::right},
      {"n", align::right},          {"", align::left},
      {"change from", align::left}, {"change", align::right},
      {"std. error", align::right}, {level_text(r.level) + " interval", align::right},
      {"p-value", align::right},    {adjusted ? "p adjusted" : "", align::right},
      {"status", align::left}};
  std::set<baro::status> met;
  bool any_percent = false;
  for (const trend_figure& f : r.figures) {
    const question& q = r.questions[f.question];
    any_percent = any_percent || in_percent(q.kind);
    std::string section = trend_heading(q);
    if (!f.level.empty()) section += " = " + f.level;
    for (std::size_t b = 0; b < r.by.size(); ++b)
      section += ", " + r.by[b] + " " + r.cut.levels[f.domain][b];
    page.lines.push_back({{}, section});
    double error = no_number;
    for (std::size_t t = 0; t < r.waves.size() && !(error > 0); ++t)
      error = f.series.standard_error(t);
    const compared_style s(q.kind, error);
    for (std::size_t t = 0; t < r.waves.size(); ++t) {
      const auto& about = f.series.figures().entry(t);
      const auto& c = f.intervals[t];
      baro::status status = about.status != baro::status::ok ? about.status : c.status;
      sheet_line line{
          {r.waves[t], s.value(f.series.value(t)), s.error(f.series.standard_error(t)),
           limits_text(s, c.low, c.high, false), fixed_number(about.bases.n, 0)},
          {}};
      const baro::wave_change<double>* change = nullptr;
      for (const auto& one : f.changes)
        if (one.to == t) change = &one;
      if (change != nullptr) {
        const auto& d = change->found;
        const bool ok = d.status == baro::status::ok;
        if (!ok) met.insert(d.status);
        const char* arrow = !ok                             ? ""
                            : !(change->p_adjusted < alpha) ? "="
                            : d.difference > 0              ? "▲"
                                                            : "▼";
        for (const std::string& cell :
             {std::string(arrow), r.waves[change->from], s.signed_number(d.difference),
              s.error(d.standard_error), limits_text(s, d.limits.low, d.limits.high, true),
              p_text(d.p_value), adjusted ? p_text(change->p_adjusted) : std::string()})
          line.cells.push_back(cell);
        if (status == baro::status::ok) status = d.status;
      } else {
        line.cells.resize(page.columns.size() - 1);
      }
      if (status != baro::status::ok) met.insert(status);
      line.cells.push_back(status == baro::status::ok ? std::string()
                                                      : std::string(name(status)));
      page.lines.push_back(std::move(line));
    }
    page.lines.push_back({{}, "  " + summary_of(f, s)});
  }
  if (r.figures.empty()) page.notes.push_back("No respondent is in any of the domains.");
  page.notes.push_back("▲ ▼ changed at " + level_text(r.level) +
                       (adjusted ? ", by p-values adjusted (" + std::string(name(r.adjusted)) +
                                       ") over the changes of one statistic"
                                 : std::string(", each change by itself")) +
                       "; = no change shown, which is not the same as no change.");
  page.notes.insert(page.notes.end(), r.notes.begin(), r.notes.end());
  if (any_percent)
    page.notes.push_back(
        "Changes, slopes and standard errors of shares and balances are in percentage points; "
        "changes of shares are tested by guarded_score, as in compare.");
  for (const baro::status s : met)
    page.notes.push_back(std::string(name(s)) + ": " + std::string(why_not_tested(s)));
  return page;
}

}  // namespace barometer
