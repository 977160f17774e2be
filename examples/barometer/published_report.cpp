// SPDX-License-Identifier: BSL-1.0
#include "published_report.hpp"

#include "number_text.hpp"
#include "records.hpp"
#include "sheet.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace barometer {

namespace {

using baro::published_status;

void add_section(sheet& page, const published_row& row, std::string& last) {
  const std::string heading = row.study + ", " + row.wave;
  if (heading == last) return;
  last = heading;
  page.lines.push_back({{}, heading});
}

std::string base_text(const published_row& row) {
  return row.figure.base ? fixed_number(static_cast<double>(row.figure.base->value()), 0)
                         : std::string("–");
}

std::string share_text(const baro::printed_share& share) {
  const int hidden = share.unit() == baro::share_unit::percent ? 0 : 2;
  return percent(share.value(), std::max(share.decimals() - hidden, 0));
}

/// What the limits take for granted about the sample, in the words of the publication.
std::string assumption_of(const published_result& r) {
  const baro::published_figure& f = r.row.figure;
  const std::string n = fixed_number(static_cast<double>(f.base->value()), 0);
  const std::string from =
      f.design.population
          ? " drawn without replacement from " + fixed_number(f.design.population->value(), 0)
          : std::string();
  if (r.limits.method == "hypergeometric") return "simple random sample of " + n + from;
  if (f.design.deff == 1 && from.empty()) return "simple random sample of " + n;
  std::string text = "effective base of " + fixed_number(r.limits.base, 1) + ": " + n + from;
  if (f.design.deff != 1) text += ", deff " + exact_number(f.design.deff);
  return text;
}

std::string test_text(const published_result& r) {
  const baro::published_figure& f = r.row.figure;
  std::string text = r.test->method == "hypergeometric"
                         ? "exact, hypergeometric, drawn without replacement from " +
                               fixed_number(f.design.population->value(), 0)
                         : std::string("exact, binomial, simple random sample");
  if (r.test->method == "binomial" && (f.design.deff != 1 || f.design.population))
    text = "binomial on the effective base";
  return text;
}

std::string_view meaning(baro::needed why) {
  switch (why) {
    case baro::needed::found:
      return "";
    case baro::needed::equality:
      return "no base establishes that a share is exactly something";
    case baro::needed::no_share:
      return "known only as a phrase, there is no printed share to keep";
    case baro::needed::wrong_side:
      return "what was printed reaches the bound of the claim, more answers would not help";
    case baro::needed::beyond_reach:
      return "not even with ten million answers (a base), or with 100 % or 0 % (a share)";
    case baro::needed::no_base:
      return "the base is not published, no share can be judged at it";
  }
  return "";
}

std::string_view meaning(published_status s) {
  switch (s) {
    case published_status::ok:
      return "";
    case published_status::no_base:
      return "base not published: how far the figure may be off cannot be said";
    case published_status::impossible_share:
      return "no count of that base gives the printed share: it is weighted, or misprinted";
    case published_status::no_figure:
      return "neither a share nor a claim was published";
  }
  return "";
}

sheet figures_sheet(const std::vector<published_result>& results, const std::string& data,
                    baro::confidence_level level) {
  sheet page;
  page.title = "Published figures from " + data;
  page.columns = {{"population", align::left},
                  {"question", align::left},
                  {"printed", align::right},
                  {"base", align::right},
                  {level_text(level) + " interval", align::right},
                  {"", align::left},
                  {"base for ±5 pts", align::right},
                  {"status", align::left}};
  std::map<std::string, std::string> marks;  // what an interval stands on, and its letter
  std::vector<std::string> legend;
  std::set<published_status> met;
  std::string section;
  bool phrase = false, margins = false, undefined = false;
  for (const published_result& r : results) {
    add_section(page, r.row, section);
    std::string limits = "–", mark, margin;
    if (r.status == published_status::ok && r.limits.status == baro::status::ok) {
      const std::string why = r.limits.method + ", " + assumption_of(r);
      const auto [place, added] = marks.try_emplace(why, std::to_string(marks.size() + 1));
      mark = "(" + place->second + ")";
      if (added) legend.push_back(mark + " " + why + ".");
      limits = fixed_number(100 * r.limits.low, 1) + " to " + percent(r.limits.high, 1);
    }
    const baro::published_figure& f = r.row.figure;
    if (r.status == published_status::no_base && f.share) {
      const auto n =
          base_for_margin(f.share->value(), baro::margin_of_error(.05), level, f.design);
      if (n) margin = fixed_number(static_cast<double>(n->value()), 0);
      margins = true;
    }
    phrase = phrase || (!f.share && f.claim);
    if (r.status != published_status::ok) met.insert(r.status);
    undefined =
        undefined || (r.status == published_status::ok && r.limits.status != baro::status::ok);
    std::string word(status_word(r.status, r.limits.status));
    if (word == name(published_status::ok)) word.clear();
    page.lines.push_back({{r.row.population, r.row.question, printed_text(r.row),
                           base_text(r.row), limits, mark, margin, word},
                          {}});
  }
  if (!legend.empty())
    page.notes.push_back("Intervals hold whatever share was observed that prints so:");
  for (std::string& line : legend) page.notes.push_back(std::move(line));
  if (phrase)
    page.notes.push_back(
        "A figure known only as a phrase is the interval the phrase describes: > 2/3 is "
        "anything above, = 3/4 anything nearer to it than to the next quarter.");
  for (const published_status s : met)
    page.notes.push_back(std::string(name(s)) + ": " + std::string(meaning(s)) + ".");
  if (undefined) page.notes.emplace_back(undefined_note);
  if (margins)
    page.notes.push_back(
        "base for ±5 pts: answers of a simple random sample that would make the printed share "
        "known within 5 points at " +
        level_text(level) + ".");
  return page;
}

sheet claims_sheet(const std::vector<published_result>& results, baro::confidence_level level) {
  sheet page;
  page.title = "What may be claimed";
  page.columns = {{"population", align::left},   {"question", align::left},
                  {"claim", align::left},        {"printed", align::right},
                  {"base", align::right},        {"verdict", align::left},
                  {"p-value", align::right},     {"base needed", align::right},
                  {"share needed", align::right}};
  std::set<baro::needed> reasons;
  std::set<std::string> tests;
  std::string section;
  bool equality = false, open = false;
  for (const published_result& r : results) {
    if (!r.test) continue;
    add_section(page, r.row, section);
    equality = equality || r.row.figure.claim->relation() == baro::relation::equal;
    open = open || r.test->verdict == baro::verdict::undecidable;
    if (!r.test->p.empty() && r.test->method != "logic") tests.insert(test_text(r));
    for (const baro::needed why : {r.base.why, r.share.why})
      if (why != baro::needed::found) reasons.insert(why);
    page.lines.push_back(
        {{r.row.population, r.row.question, r.row.claim,
          r.row.figure.share ? printed_text(r.row) : std::string("phrase"), base_text(r.row),
          std::string(name(r.test->verdict)), p_text(r.test->p),
          r.base.n ? fixed_number(static_cast<double>(r.base.n->value()), 0)
                   : std::string(name(r.base.why)),
          r.share.share ? share_text(*r.share.share) : std::string(name(r.share.why))},
         {}});
  }
  page.notes.push_back("Verdict at " + level_text(level) +
                       ": yes when every share that prints so establishes the claim, no when "
                       "none does (not established, which is not the same as false)" +
                       (open
                            ? ", undecidable when that depends on digits that were not printed "
                              "or on a base that was not published."
                            : "."));
  for (const std::string& test : tests)
    page.notes.push_back("p-value, one-sided against the bound of the claim: " + test + ".");
  if (equality)
    page.notes.push_back(
        "For a claim with = the p-value is two-sided and speaks against the claim: yes is "
        "compatible with it, no is rejected.");
  page.notes.push_back(
      "base needed: the smallest base at which the printed share would establish the claim; "
      "share needed: the share nearest to the bound that would, at this base.");
  for (const baro::needed why : reasons)
    page.notes.push_back(std::string(name(why)) + ": " + std::string(meaning(why)) + ".");
  return page;
}

}  // namespace

std::string level_text(baro::confidence_level level) {
  return exact_number(std::round(1e10 * level.value()) / 1e8) + " %";
}

std::string_view status_word(baro::published_status figure, baro::status limits) {
  return figure == published_status::ok && limits != baro::status::ok ? name(limits)
                                                                      : name(figure);
}

std::string printed_text(const published_row& row) {
  if (row.figure.share) return share_text(*row.figure.share);
  return row.claim.empty() ? std::string("–") : row.claim;
}

std::string p_text(double p) { return p < 1e-4 ? "< 0.0001" : fixed_number(p, 4); }

std::string p_text(const baro::p_range<double>& p) {
  const std::string low = p_text(p.low), high = p_text(p.high);
  return low == high ? low : low + " to " + high;
}

std::vector<published_result> judge_published(const std::vector<published_row>& rows,
                                              baro::confidence_level level,
                                              const interval_choice& interval) {
  std::vector<published_result> results;
  results.reserve(rows.size());
  for (const published_row& row : rows) {
    published_result r;
    r.row = row;
    const baro::published_figure& figure = r.row.figure;
    r.status = figure.status();
    if (r.status != published_status::no_figure)
      r.limits = interval.named() ? published_interval<double>(figure, level, *interval.named())
                                  : baro::published_interval<double>(figure, level);
    if (figure.claim) {
      r.test = baro::test_claim(figure, level);
      r.base = baro::base_needed(figure, level);
      r.share = baro::share_needed(figure, level);
    }
    results.push_back(std::move(r));
  }
  return results;
}

records as_records(const std::vector<published_result>& results) {
  records out;
  out.columns = {"study", "wave",   "population", "question",     "share",
                 "n",     "low",    "high",       "claim",        "verdict",
                 "p_low", "p_high", "n_needed",   "share_needed", "status"};
  for (const published_result& r : results) {
    const baro::published_figure& f = r.row.figure;
    const auto count = [](const std::optional<baro::base>& n) {
      return n ? static_cast<double>(n->value()) : no_number;
    };
    std::vector<field> row{r.row.study, r.row.wave, r.row.population, r.row.question};
    row.emplace_back(f.share ? f.share->value() : no_number);
    row.emplace_back(count(f.base));
    row.emplace_back(r.limits.low);
    row.emplace_back(r.limits.high);
    if (r.test) {
      row.emplace_back(r.row.claim);
      row.emplace_back(std::string(name(r.test->verdict)));
      row.emplace_back(r.test->p.low);
      row.emplace_back(r.test->p.high);
      row.emplace_back(count(r.base.n));
      row.emplace_back(r.share.share ? r.share.share->value() : no_number);
    } else {
      row.resize(row.size() + 6);
    }
    row.emplace_back(std::string(status_word(r.status, r.limits.status)));
    out.rows.push_back(std::move(row));
  }
  return out;
}

std::string as_text(const std::vector<published_result>& results, const std::string& data,
                    baro::confidence_level level) {
  std::string out = as_text(figures_sheet(results, data, level));
  const bool claims = std::any_of(results.begin(), results.end(),
                                  [](const published_result& r) { return r.test.has_value(); });
  if (claims) out += "\n" + as_text(claims_sheet(results, level));
  return out;
}

}  // namespace barometer
