// SPDX-License-Identifier: BSL-1.0
#include "comparisons.hpp"

#include <baro/hypothesis/agresti_caffo.hpp>
#include <baro/hypothesis/exact.hpp>
#include <baro/hypothesis/miettinen_nurminen.hpp>
#include <baro/hypothesis/newcombe_score.hpp>
#include <baro/hypothesis/rank_test.hpp>
#include <baro/hypothesis/share_difference.hpp>

#include "level_names.hpp"
#include "psu_counter.hpp"
#include "refusal.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace barometer {

namespace {

constexpr std::size_t most_groups = 1000;
constexpr std::array<std::string_view, 15> test_names{"design_t",
                                                      "satterthwaite_t",
                                                      "normal",
                                                      "wilcoxon",
                                                      "van_der_waerden",
                                                      "median",
                                                      "guarded_score",
                                                      "miettinen_nurminen",
                                                      "mee",
                                                      "newcombe",
                                                      "agresti_caffo",
                                                      "fisher",
                                                      "mid_p",
                                                      "barnard",
                                                      "boschloo"};
constexpr std::string_view name_of(comparison_test t) {
  return test_names[static_cast<std::size_t>(t)];
}
constexpr double most_tables = 4e6;  // of barnard and boschloo: seconds

/// Rows that answered a question.
std::vector<char> answered(const question& q) {
  std::vector<char> out(std::max(q.answers.size(), q.codes.size()), 1);
  for (std::size_t i = 0; i < q.codes.size(); ++i) out[i] = q.codes[i] >= 0 ? 1 : 0;
  for (std::size_t i = 0; i < q.answers.size(); ++i)
    if (std::isnan(q.answers[i])) out[i] = 0;
  for (std::size_t i = 0; i < q.denominators.size(); ++i)
    if (std::isnan(q.denominators[i])) out[i] = 0;
  return out;
}

/// The domain of each row that answered.
std::vector<std::int32_t> answered_in(const question& q, const domains& cut) {
  std::vector<std::int32_t> domain = cut.of_row;
  const std::vector<char> yes = answered(q);
  for (std::size_t i = 0; i < domain.size(); ++i)
    if (yes[i] == 0) domain[i] = -1;
  return domain;
}

std::string level_of(const question& q, std::size_t wanted) {
  return q.kind == baro::statistic::share ? q.levels[static_cast<std::size_t>(q.wanted[wanted])]
                                          : std::string();
}

/// One level of a question, or the question where it has none.
question one_level(const question& q, std::size_t wanted) {
  question one = q;
  if (q.kind == baro::statistic::share) one.wanted = {q.wanted[wanted]};
  return one;
}

std::size_t levels_of(const question& q) {
  return q.kind == baro::statistic::share ? q.wanted.size() : 1;
}

/// One level in all domains, with the joint covariance.
baro::estimate<double> one_estimate(const baro::design& design, const question& q,
                                    const domains& cut, baro::confidence_level level) {
  const std::vector<question> alone{q};
  const interval_choice none;
  estimation found = estimate_jointly({design, alone, cut, level, none});
  Eigen::VectorXd value(static_cast<Eigen::Index>(found.figures.size()));
  std::vector<baro::entry<double>> entries;
  for (std::size_t i = 0; i < found.figures.size(); ++i) {
    value(static_cast<Eigen::Index>(i)) = found.figures[i].value;
    entries.push_back(found.figures[i].entry);
  }
  return {std::move(value), std::move(found.covariance), std::move(entries)};
}

/// The exact test of the counts in the bases; there is no interval that goes with it.
baro::comparison<double> tested_exactly(baro::comparison<double> c,
                                        const baro::bases<double>& a,
                                        const baro::bases<double>& b, comparison_test test) {
  const bool unconditional =
      test == comparison_test::barnard || test == comparison_test::boschloo;
  if (unconditional && !(a.n * b.n <= most_tables))
    refuse_option("--test", std::string(name_of(test)),
                  "must be of at most 4000000 tables, bases of " +
                      std::to_string(std::lround(a.n)) + " and " +
                      std::to_string(std::lround(b.n)) + " have more: mid_p is near it");
  const auto count = [](double x) { return static_cast<std::size_t>(std::llround(x)); };
  c.p_value =
      baro::exact_p_value<double>({count(a.count), count(a.n), count(b.count), count(b.n)},
                                  *baro::exact_test_by_name(name_of(test)));
  c.statistic = c.df = c.limits.df = c.unknown();
  c.limits.low = c.limits.high = c.unknown();
  c.status = baro::status::ok;
  return c;
}

/// Entries i and j of an estimate compared.
/// @param of_design  PSUs of both less the strata they touch
baro::comparison<double> tested(const baro::estimate<double>& e, std::size_t i, std::size_t j,
                                comparison_test test, const baro::comparison_degrees& of_shares,
                                double of_design, baro::confidence_level level) {
  using baro::comparison_degrees;
  const auto share = [&](const auto& method) {
    return baro::share_difference(e, i, j, level, method, of_shares);
  };
  baro::comparison<double> c;
  switch (test) {
    case comparison_test::design_t:
      c = baro::difference(e, i, j, level, comparison_degrees::fixed(of_design - 1));
      break;
    case comparison_test::satterthwaite_t:
      c = baro::difference(e, i, j, level, comparison_degrees::satterthwaite());
      break;
    case comparison_test::normal:
      c = baro::difference(e, i, j, level, comparison_degrees::normal());
      break;
    case comparison_test::guarded_score:
      c = share(baro::guarded_score{});
      break;
    case comparison_test::miettinen_nurminen:
      c = share(baro::miettinen_nurminen{});
      break;
    case comparison_test::mee:
      c = share(baro::miettinen_nurminen{false});
      break;
    case comparison_test::newcombe:
      c = share(baro::newcombe_score{});
      break;
    case comparison_test::agresti_caffo:
      c = share(baro::agresti_caffo{});
      break;
    default:
      c = baro::difference(e, i, j, level, comparison_degrees::normal());
      if (c.difference == c.difference)
        c = tested_exactly(c, e.entry(i).bases, e.entry(j).bases, test);
      break;
  }
  c.test = name_of(test);
  return c;
}

/// One group or both have nobody: what there is of the figures.
baro::comparison<double> untested(comparison_test test, std::optional<double> value_a,
                                  std::optional<double> value_b) {
  baro::comparison<double> c;
  c.test = name_of(test);
  c.status = c.limits.status = baro::status::empty_domain;
  if (value_a) c.value_a = *value_a;
  if (value_b) c.value_b = *value_b;
  return c;
}

/// Two domains by the ranks of their answers: what is compared are the mean scores.
baro::comparison<double> tested_by_ranks(const baro::design& design, const question& q,
                                         const domains& cut, std::size_t a, std::size_t b,
                                         comparison_test test, baro::confidence_level level) {
  std::vector<std::int32_t> group(cut.of_row.size(), 0);
  std::vector<signed char> inside(group.size(), 0);
  for (std::size_t i = 0; i < group.size(); ++i) {
    const bool second = cut.of_row[i] == static_cast<std::int32_t>(b);
    group[i] = second ? 1 : 0;
    inside[i] = second || cut.of_row[i] == static_cast<std::int32_t>(a);
  }
  const baro::categories groups(group, baro::coded_labels{{"a", "b"}});
  const auto found = baro::compare_ranks(
      design, baro::answers(q.answers), groups, *baro::rank_test_by_name(name_of(test)),
      baro::tied_ranks::mid_distribution, baro::where(inside));
  if (found.scores.size() < 2) return untested(test, std::nullopt, std::nullopt);
  auto c = baro::difference(found.scores, 0, 1, level,
                            baro::comparison_degrees::fixed(found.test.df2));
  c.test = name_of(test);
  return c;
}

/// Domains as they lie: `--by` levels → group → domain.
std::map<std::vector<std::string>, std::map<std::string, std::size_t>> by_group(
    const domains& cut) {
  std::map<std::vector<std::string>, std::map<std::string, std::size_t>> out;
  for (std::size_t d = 0; d < cut.levels.size(); ++d) {
    std::vector<std::string> by = cut.levels[d];
    const std::string group = by.back();
    by.pop_back();
    out[std::move(by)][group] = d;
  }
  return out;
}

}  // namespace

std::string comparison_test_help() {
  std::string out;
  for (const std::string_view name : test_names) {
    if (!out.empty()) out += '|';
    out += name;
  }
  return out;
}

comparison_test comparison_test_by_name(const std::string& name) {
  for (std::size_t t = 0; t < test_names.size(); ++t)
    if (test_names[t] == name) return static_cast<comparison_test>(t);
  refuse_option("--test", name, "must be one of " + comparison_test_help());
}

groups read_groups(const baro::csv_table& table, const std::string& between,
                   const std::vector<std::string>& where, const std::vector<std::string>& by) {
  groups out;
  const option_text given{"--between", between};
  std::size_t column = 0;
  std::optional<std::string> list;
  if (table.has_column(between))
    column = table.column(between);
  else if (between.find('=') == between.npos)
    column = table.column(between);  // refused with the columns there are
  else
    std::tie(column, list) = split_column(table, given, '=', "COL or COL=A,B");
  const coded_question question(table, column);
  if (std::find(by.begin(), by.end(), question.name()) != by.end())
    refuse_option("--by", question.name(), "must not be the column of --between");
  if (list) {
    for (const std::int32_t code : question.list(*list, given))
      out.names.push_back(question.levels()[static_cast<std::size_t>(code)]);
  } else {
    out.names = question.levels();
  }
  if (std::set(out.names.begin(), out.names.end()).size() != out.names.size())
    refuse_option("--between", between, "must name each level once");
  if (out.names.size() < 2)
    refuse_option("--between", between,
                  "must be two levels at least, there is nothing to compare");
  if (out.names.size() > most_groups)
    refuse_option("--between", between,
                  "must be at most " + std::to_string(most_groups) + " levels");
  std::vector<std::string> columns = by;
  columns.push_back(question.name());
  out.cut = read_domains(table, where, columns);
  // Levels that are not compared are nobody's.
  std::vector<std::int32_t> number(out.cut.levels.size(), -1);
  std::vector<std::vector<std::string>> kept;
  for (std::size_t d = 0; d < number.size(); ++d) {
    const std::string& group = out.cut.levels[d].back();
    if (std::find(out.names.begin(), out.names.end(), group) == out.names.end()) continue;
    number[d] = static_cast<std::int32_t>(kept.size());
    kept.push_back(out.cut.levels[d]);
  }
  for (std::int32_t& d : out.cut.of_row)
    if (d >= 0) d = number[static_cast<std::size_t>(d)];
  out.cut.levels = std::move(kept);
  return out;
}

std::vector<compared> compare_groups(const baro::design& design,
                                     const std::vector<question>& questions, const groups& of,
                                     const test_choice& choice, baro::confidence_level level) {
  std::vector<compared> out;
  std::vector<std::vector<std::string>> order;  // of the combinations of --by
  for (const auto& levels : of.cut.levels) {
    const std::vector<std::string> by(levels.begin(), levels.end() - 1);
    if (order.empty() || order.back() != by) order.push_back(by);
  }
  const auto domain = by_group(of.cut);
  for (std::size_t q = 0; q < questions.size(); ++q) {
    const question& asked = questions[q];
    const comparison_test test = choice.of(asked.kind);
    const psu_counter psus(design, answered_in(asked, of.cut), of.cut.levels.size());
    for (std::size_t l = 0; l < levels_of(asked); ++l) {
      const auto e = one_estimate(design, one_level(asked, l), of.cut, level);
      for (const std::vector<std::string>& by : order)
        for (std::size_t i = 0; i < of.names.size(); ++i)
          for (std::size_t j = i + 1; j < of.names.size(); ++j) {
            compared row{q, level_of(asked, l), by, of.names[i], of.names[j], {}, 0};
            const auto& at = domain.at(by);
            const auto a = at.find(of.names[i]), b = at.find(of.names[j]);
            const auto value = [&](const auto& there) -> std::optional<double> {
              if (there == at.end()) return std::nullopt;
              return e.value(there->second);
            };
            if (a == at.end() || b == at.end()) {
              row.found = untested(test, value(a), value(b));
            } else if (is_of_ranks(test)) {
              row.found =
                  tested_by_ranks(design, asked, of.cut, a->second, b->second, test, level);
            } else {
              const double units = psus.degrees(a->second, b->second);
              row.found = tested(e, a->second, b->second, test,
                                 baro::comparison_degrees::fixed(units - 1), units, level);
            }
            out.push_back(std::move(row));
          }
    }
  }
  return out;
}

std::vector<compared> compare_samples(const compared_sample& a, const compared_sample& b,
                                      const test_choice& choice, baro::confidence_level level) {
  std::vector<compared> out;
  std::vector<std::vector<std::string>> order = a.cut.levels;
  for (const auto& by : b.cut.levels)
    if (std::find(order.begin(), order.end(), by) == order.end()) order.push_back(by);
  for (std::size_t q = 0; q < a.questions.size(); ++q) {
    const question &of_a = a.questions[q], &of_b = b.questions[q];
    const comparison_test test = choice.of(of_a.kind);
    // Levels that either sample has, those of the first one first.
    std::vector<std::string> levels;
    for (const question* of : {&of_a, &of_b})
      for (std::size_t l = 0; l < levels_of(*of); ++l)
        if (const std::string name = level_of(*of, l);
            std::find(levels.begin(), levels.end(), name) == levels.end())
          levels.push_back(name);
    const psu_counter psus_a(a.design, answered_in(of_a, a.cut), a.cut.levels.size());
    const psu_counter psus_b(b.design, answered_in(of_b, b.cut), b.cut.levels.size());
    for (const std::string& name : levels) {
      const auto estimate_of = [&](const compared_sample& s, const question& of) {
        for (std::size_t l = 0; l < levels_of(of); ++l)
          if (level_of(of, l) == name)
            return one_estimate(s.design, one_level(of, l), s.cut, level);
        // Nobody there has the level: its share is 0, with the bases of another level.
        auto other = one_estimate(s.design, one_level(of, 0), s.cut, level);
        auto entries = other.entries();
        for (auto& entry : entries) {
          entry.label.level = name;
          entry.bases.count = 0;
        }
        const auto k = static_cast<Eigen::Index>(entries.size());
        return baro::estimate<double>(Eigen::VectorXd::Zero(k), Eigen::MatrixXd::Zero(k, k),
                                      std::move(entries));
      };
      const auto from_a = estimate_of(a, of_a), from_b = estimate_of(b, of_b);
      const auto both = baro::concatenate(from_a, from_b);
      for (const std::vector<std::string>& by : order) {
        compared row{q, name, by, a.name, b.name, {}, 0};
        const auto at = [&](const domains& cut) {
          return static_cast<std::size_t>(std::find(cut.levels.begin(), cut.levels.end(), by) -
                                          cut.levels.begin());
        };
        const std::size_t i = at(a.cut), j = at(b.cut);
        const auto value = [](const baro::estimate<double>& of,
                              std::size_t k) -> std::optional<double> {
          if (k == of.size()) return std::nullopt;
          return of.value(k);
        };
        row.found = i == from_a.size() || j == from_b.size()
                        ? untested(test, value(from_a, i), value(from_b, j))
                        : tested(both, i, from_a.size() + j, test,
                                 baro::comparison_degrees::satterthwaite(),
                                 psus_a.degrees(i, i) + psus_b.degrees(j, j), level);
        out.push_back(std::move(row));
      }
    }
  }
  return out;
}

void adjust(std::vector<compared>& rows, baro::adjustment method) {
  for (std::size_t first = 0; first < rows.size();) {
    std::size_t last = first;
    std::vector<double> p;
    for (; last < rows.size() && rows[last].question == rows[first].question; ++last)
      p.push_back(rows[last].found.p_value);
    const std::vector<double> q = baro::adjusted(p, method);
    for (std::size_t i = first; i < last; ++i) rows[i].p_adjusted = q[i - first];
    first = last;
  }
}

}  // namespace barometer
