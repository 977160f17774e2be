// SPDX-License-Identifier: BSL-1.0
#include "published_pairs.hpp"

#include "number_text.hpp"
#include "published_report.hpp"
#include "records.hpp"
#include "sheet.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <set>
#include <string>
#include <vector>

namespace barometer {

namespace {

bool belong_together(const published_row& a, const published_row& b) {
  return a.question == b.question && (a.wave == b.wave) != (a.population == b.population);
}

std::string label(const published_row& row) { return row.population + " (" + row.wave + ")"; }

std::string figure_text(const published_row& row) {
  std::string text = label(row) + ": " + printed_text(row);
  if (row.figure.base)
    text += " of " + fixed_number(static_cast<double>(row.figure.base->value()), 0);
  return text;
}

std::string points(double difference) {
  const std::string text = fixed_number(100 * difference, 1);
  return difference > 0 && text != "0.0" ? "+" + text : text;
}

bool any_deff(const std::vector<published_pair>& pairs) {
  return std::any_of(pairs.begin(), pairs.end(), [](const published_pair& p) {
    return p.a.figure.design.deff != 1 || p.b.figure.design.deff != 1;
  });
}

}  // namespace

std::vector<published_pair> compare_published(const std::vector<published_row>& rows,
                                              baro::confidence_level level,
                                              const interval_choice& interval) {
  std::vector<published_pair> pairs;
  for (std::size_t i = 0; i < rows.size(); ++i)
    for (std::size_t j = i + 1; j < rows.size(); ++j) {
      if (!belong_together(rows[i], rows[j])) continue;
      const auto& a = rows[i].figure;
      const auto& b = rows[j].figure;
      pairs.push_back({rows[i], rows[j],
                       interval.named() ? baro::compare(a, b, level, *interval.named())
                                        : baro::compare(a, b, level)});
    }
  return pairs;
}

records as_records(const std::vector<published_pair>& pairs) {
  records out;
  out.columns = {"test",       "statistic",  "variable",   "level",           "a",
                 "b",          "estimate_a", "estimate_b", "difference",      "standard_error",
                 "df",         "low",        "high",       "statistic_value", "p_value",
                 "p_adjusted", "status",     "verdict",    "p_low",           "p_high"};
  for (const published_pair& p : pairs) {
    const auto& c = p.found;
    std::vector<field> row{std::string("pooled_z"),
                           std::string("share"),
                           p.a.question,
                           field(),
                           label(p.a),
                           label(p.b)};
    const bool tested = c.status == baro::published_status::ok;
    for (const double x : {c.a, c.b, c.difference, c.standard_error,
                           tested ? std::numeric_limits<double>::infinity() : no_number,
                           c.limits.low, c.limits.high, c.z, c.p_value, c.p_value})
      row.emplace_back(x);
    row.emplace_back(std::string(status_word(c.status, c.limits.status)));
    row.emplace_back(std::string(name(c.verdict)));
    row.emplace_back(c.p.low);
    row.emplace_back(c.p.high);
    out.rows.push_back(std::move(row));
  }
  return out;
}

std::string as_text(const std::vector<published_pair>& pairs, const std::string& data,
                    baro::confidence_level level) {
  sheet page;
  page.title = "Published figures compared, from " + data;
  if (pairs.empty()) {
    page.notes = {"No two figures answer the same question in two populations or two waves."};
    return as_text(page);
  }
  page.columns = {{"a", align::left},         {"b", align::left},
                  {"a − b", align::right},    {level_text(level) + " interval", align::right},
                  {"p-value", align::right},  {"p-values possible", align::right},
                  {"different", align::left}, {"status", align::left}};
  std::string section, method;
  std::set<baro::published_status> met;
  bool undefined = false;
  for (const published_pair& p : pairs) {
    if (p.a.question != section) {
      section = p.a.question;
      page.lines.push_back({{}, section});
    }
    const auto& c = p.found;
    const bool tested = c.status == baro::published_status::ok;
    const bool limited = tested && c.limits.status == baro::status::ok;
    if (limited) method = c.limits.method;
    undefined = undefined || (tested && !limited);
    page.lines.push_back(
        {{figure_text(p.a), figure_text(p.b), points(c.difference),
          limited ? points(c.limits.low) + " to " + points(c.limits.high) : std::string("–"),
          p_text(c.p_value), p_text(c.p), std::string(name(c.verdict)),
          limited ? std::string() : std::string(status_word(c.status, c.limits.status))},
         {}});
    if (!tested) met.insert(c.status);
  }
  page.notes.push_back("a − b in percentage points, as printed.");
  if (!method.empty())
    page.notes.push_back("Interval: " + method + ", independent simple random samples" +
                         (any_deff(pairs) ? " of the effective bases n / deff" : "") +
                         "; it holds whatever the two samples showed that prints so.");
  if (undefined) page.notes.emplace_back(undefined_note);
  if (undefined || !method.empty()) {
    page.notes.push_back(
        "p-value: pooled z test, two-sided, of the figures as printed; p-values possible: of "
        "all "
        "that prints so. Finite populations are not taken into account.");
    page.notes.push_back(
        "different at " + level_text(level) +
        ": yes when every possible p-value says so, no when none does (not shown, "
        "which is not the same as equal).");
  }
  for (const baro::published_status s : met)
    page.notes.push_back(std::string(name(s)) +
                         (s == baro::published_status::no_base
                              ? ": a base is not published, nothing can be tested."
                              : ": a share that no count of its base gives, or none at all."));
  return as_text(page);
}

}  // namespace barometer
