// SPDX-License-Identifier: BSL-1.0
#include "trend_waves.hpp"

#include <baro/core/answers.hpp>
#include <baro/core/categories.hpp>
#include <baro/core/number_text.hpp>
#include <baro/core/probability.hpp>
#include <baro/estimate/quantile.hpp>
#include <baro/interval/interval.hpp>
#include <baro/interval/woodruff.hpp>
#include <baro/io/numbers.hpp>
#include <baro/trend/equal_waves.hpp>
#include <baro/trend/follow.hpp>
#include <baro/trend/slope.hpp>

#include "level_names.hpp"
#include "pass_request.hpp"
#include "refusal.hpp"
#include "sample.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string_view>
#include <utility>

namespace barometer {

namespace {

constexpr std::size_t most_waves = 1000;
constexpr std::size_t figures_together = 200;  // whose covariances one pass makes

template <class T>
std::vector<T> only_rows(const std::vector<T>& column, const std::vector<std::size_t>& rows) {
  std::vector<T> out;
  if (column.empty()) return out;
  out.reserve(rows.size());
  for (const std::size_t row : rows) out.push_back(column[row]);
  return out;
}

/// The rows of one wave as a file of their own, with the lines they stand on.
baro::csv_table rows_of(const baro::csv_table& table, const std::vector<std::size_t>& rows) {
  baro::csv_table out(table.file(), table.separator(), table.names(), table.header_line());
  for (const std::size_t row : rows) {
    out.begin_row(table.line(row));
    for (std::size_t c = 0; c < table.columns(); ++c) out.add_cell(table.text(row, c));
  }
  return out;
}

question only_rows(const question& q, const std::vector<std::size_t>& rows) {
  question out;
  out.kind = q.kind;
  out.variable = q.variable;
  out.answers = only_rows(q.answers, rows);
  out.denominators = only_rows(q.denominators, rows);
  out.codes = only_rows(q.codes, rows);
  out.levels = q.levels;
  out.wanted = q.wanted;
  out.positive = q.positive;
  out.negative = q.negative;
  out.probability = q.probability;
  return out;
}

/// A wave of the file, ready to be asked.
struct ready_wave {
  baro::csv_table table;
  std::unique_ptr<const sample> drawn{};
  std::vector<std::string> link{};
  std::vector<std::int32_t> domain{};
};

class follower {
 public:
  explicit follower(const trend_request_of_waves& r) : r_(r) {
    for (std::size_t t = 0; t < r.waves.names().size(); ++t) {
      const auto& rows = r.waves.rows()[t];
      ready_wave& w = waves_.emplace_back(ready_wave{rows_of(r.table, rows), {}, {}, {}});
      try {
        w.drawn = std::make_unique<const sample>(w.table, r.design);
      } catch (const baro::file_error& e) {
        throw baro::file_error(
            e.where(), e.rule() + " (wave " + baro::quoted_text(r.waves.names()[t]) + ")");
      }
      w.link = only_rows(r.waves.link(), rows);
      w.domain = only_rows(r.cut.of_row, rows);
    }
  }

  std::vector<trend_figure> all() {
    for (std::size_t q = 0; q < r_.questions.size(); ++q) {
      const std::size_t first = out_.size();
      one_question(q);
      adjust_family(first);
    }
    return std::move(out_);
  }

 private:
  void one_question(std::size_t q) {
    const question& asked = r_.questions[q];
    const bool shares = asked.kind == baro::statistic::share;
    const std::size_t levels = shares ? asked.wanted.size() : 1;
    const std::size_t all_domains = r_.cut.levels.size(), place = out_.size();
    out_.resize(place + levels * all_domains);
    std::vector<question> of_wave;
    for (const auto& rows : r_.waves.rows()) of_wave.push_back(only_rows(asked, rows));
    for (std::size_t l = 0; l < levels; l += figures_together) {
      const item part{q, l, std::min(figures_together, levels - l)};
      const std::size_t step = std::max<std::size_t>(1, figures_together / part.levels);
      for (std::size_t d = 0; d < all_domains; d += step) {
        const std::size_t domains = std::min(step, all_domains - d);
        auto series = asked.kind == baro::statistic::quantile
                          ? quantiles(of_wave, d, domains)
                          : figures(of_wave, part, d, domains);
        for (std::size_t i = 0; i < series.size(); ++i) {
          const std::size_t level = l + i / domains, domain = d + i % domains;
          trend_figure& f = out_[place + level * all_domains + domain];
          f.question = q;
          f.domain = domain;
          if (shares) f.level = asked.levels[static_cast<std::size_t>(asked.wanted[level])];
          say_everything(f, std::move(series[i]));
        }
      }
    }
  }

  /// Calls `pass` with the domains of one wave in the library's words.
  template <class Pass>
  void in_domains(const ready_wave& w, std::size_t first, std::size_t domains,
                  Pass pass) const {
    std::vector<std::int32_t> codes = w.domain;
    for (std::int32_t& code : codes) {
      code -= static_cast<std::int32_t>(first);
      if (code < 0 || code >= static_cast<std::int32_t>(domains)) code = -1;
    }
    baro::coded_labels labels;
    for (std::size_t d = 0; d < domains; ++d) labels.labels.push_back(std::to_string(d));
    pass(std::make_shared<const std::vector<std::int32_t>>(std::move(codes)),
         std::move(labels));
  }

  baro::wave<double> wave_of(std::size_t t, std::size_t first, std::size_t domains,
                             const std::vector<baro::request<double>>& requests) const {
    const ready_wave& w = waves_[t];
    std::optional<baro::wave<double>> out;
    in_domains(w, first, domains, [&](auto codes, baro::coded_labels labels) {
      const baro::by by(std::vector{baro::categories(std::move(codes), std::move(labels))});
      const baro::wave_time time(r_.waves.times()[t]);
      const std::string& name = r_.waves.names()[t];
      if (w.link.empty() || r_.link == baro::link_rule::independent)
        out.emplace(name, w.drawn->design(), time, by, requests);
      else
        out.emplace(name, w.drawn->design(), time, by, requests, baro::linked_by(w.link));
    });
    return std::move(*out);
  }

  std::vector<baro::wave_series<double>> figures(const std::vector<question>& of_wave,
                                                 const item& part, std::size_t first,
                                                 std::size_t domains) const {
    std::deque<pass_request> asked;
    std::vector<baro::wave<double>> waves;
    for (std::size_t t = 0; t < waves_.size(); ++t) {
      asked.emplace_back().add(of_wave[t], part);
      waves.push_back(wave_of(t, first, domains, asked.back().requests()));
    }
    return baro::follow(waves, r_.link);
  }

  /// A quantile q moves as the share F of answers at or below it, the other way round:
  /// Cov(q_t, q_s) = (SE_q / SE_F)_t (SE_q / SE_F)_s Cov(F_t, F_s), as Woodruff's interval.
  std::vector<baro::wave_series<double>> quantiles(const std::vector<question>& of_wave,
                                                   std::size_t first, std::size_t domains) {
    std::deque<pass_request> asked;
    std::vector<baro::wave<double>> waves;
    std::vector<baro::quantile_estimate<double>> found;
    std::vector<std::vector<baro::quantile_interval<double>>> limits;
    for (std::size_t t = 0; t < waves_.size(); ++t) {
      const question& q = of_wave[t];
      in_domains(waves_[t], first, domains, [&](auto codes, baro::coded_labels labels) {
        const auto where_each = codes;
        const baro::by by(std::vector{baro::categories(std::move(codes), std::move(labels))});
        found.push_back(baro::quantile(waves_[t].drawn->design(), baro::answers(q.answers),
                                       baro::probability(q.probability), by));
        limits.push_back(
            baro::woodruff(found.back(), r_.level, r_.interval.method_below_quantile()));
        std::vector<std::int32_t> side(q.answers.size(), -1);
        for (std::size_t row = 0; row < side.size(); ++row) {
          const std::int32_t domain = (*where_each)[row];
          if (domain < 0 || std::isnan(q.answers[row])) continue;
          side[row] = q.answers[row] <= limits.back()[static_cast<std::size_t>(domain)].value;
        }
        asked.emplace_back().add_sides(std::move(side));
      });
      waves.push_back(wave_of(t, first, domains, asked.back().requests()));
    }
    auto below = baro::follow(waves, r_.link);
    std::vector<baro::wave_series<double>> out;
    for (std::size_t d = 0; d < domains; ++d) {
      std::vector<baro::entry<double>> entries;
      std::vector<double> value, error;
      for (std::size_t t = 0; t < waves_.size(); ++t) {
        value.push_back(limits[t][d].value);
        error.push_back(limits[t][d].standard_error);
        entries.push_back(found[t].entry(d));
        entries.back().label.wave = r_.waves.names()[t];
      }
      out.push_back(rescaled(below[d], value, error, std::move(entries)));
      for (std::size_t t = 0; t < waves_.size(); ++t)
        intervals_.push_back(limits[t][d].interval);
    }
    return out;
  }

  /// The correlations of a series under other values and standard errors.
  baro::wave_series<double> rescaled(const baro::wave_series<double>& from,
                                     const std::vector<double>& value,
                                     const std::vector<double>& error,
                                     std::vector<baro::entry<double>> entries) const {
    const auto waves = static_cast<Eigen::Index>(value.size());
    const auto at = [](std::size_t t) { return static_cast<Eigen::Index>(t); };
    Eigen::VectorXd v(waves), factor(waves);
    for (std::size_t t = 0; t < value.size(); ++t) {
      v(at(t)) = value[t];
      const double own = from.standard_error(t);
      factor(at(t)) = own > 0 ? error[t] / own : 0;
    }
    Eigen::MatrixXd c = factor.asDiagonal() * from.figures().covariance() * factor.asDiagonal();
    auto parts = from.parts();
    for (auto& p : parts)
      for (std::size_t i = 0; i < p.waves.size(); ++i)
        for (std::size_t j = 0; j < p.waves.size(); ++j)
          p.covariance(at(i), at(j)) *= factor(at(p.waves[i])) * factor(at(p.waves[j]));
    for (std::size_t t = 0; t < value.size(); ++t) c(at(t), at(t)) = error[t] * error[t];
    return {baro::estimate<double>(std::move(v), std::move(c), std::move(entries)),
            from.times(), std::move(parts)};
  }

  void say_everything(trend_figure& f, baro::wave_series<double> series) {
    const baro::statistic kind = r_.questions[f.question].kind;
    f.series = std::move(series);
    const std::size_t waves = f.series.size();
    if (kind == baro::statistic::quantile) {
      const auto first = intervals_.begin();
      f.intervals.assign(first, first + static_cast<std::ptrdiff_t>(waves));
      intervals_.erase(first, first + static_cast<std::ptrdiff_t>(waves));
    } else {
      for (std::size_t t = 0; t < waves; ++t)
        f.intervals.push_back(
            baro::interval(f.series.figures().figure(t), r_.level, r_.interval.method(kind)));
    }
    const auto which = r_.reference ? baro::change_set::reference(*r_.reference)
                                    : baro::change_set::previous();
    const auto named = r_.interval.named();
    const bool normal = named && named->name() == "normal";
    const auto df =
        normal ? baro::comparison_degrees::normal() : baro::comparison_degrees::satterthwaite();
    if (normal || (named && named->name() == "wald"))
      f.changes = baro::changes(f.series, r_.level, which, baro::plain_t{}, df);
    else
      f.changes = baro::changes(f.series, r_.level, which, baro::guarded_score{}, df);
    f.slope = baro::slope(f.series, r_.level, df);
    f.equal = baro::equal_waves(f.series, df);
  }

  /// The changes of one statistic are one family.
  void adjust_family(std::size_t first) {
    std::vector<double> p;
    for (std::size_t i = first; i < out_.size(); ++i)
      for (const auto& c : out_[i].changes) p.push_back(c.found.p_value);
    const std::vector<double> adjusted = baro::adjusted(p, r_.adjust);
    std::size_t next = 0;
    for (std::size_t i = first; i < out_.size(); ++i)
      for (auto& c : out_[i].changes) c.p_adjusted = adjusted[next++];
  }

  const trend_request_of_waves& r_;
  std::deque<ready_wave> waves_;
  std::vector<baro::confidence_interval<double>> intervals_;  // of quantiles, by domain, wave
  std::vector<trend_figure> out_;
};

}  // namespace

waves_of_file::waves_of_file(const baro::csv_table& table, const std::string& wave,
                             const std::string& id, const design_request& design)
    : table_(table), column_(wave) {
  const coded_question of(table, table.column(wave));
  for (std::size_t row = 0; row < table.rows(); ++row)
    if (of.codes()[row] < 0) table.refuse(row, of.column(), "must not be missing");
  names_ = of.levels();
  if (names_.size() < 2)
    refuse_option("--wave", wave, "must be a column of two waves at least");
  if (names_.size() > most_waves)
    refuse_option(
        "--wave", wave,
        "must be a column of at most 1000 waves, there are " + std::to_string(names_.size()));
  times_ = baro::wave_times(names_);
  for (const std::string& name : names_)
    are_numbers_ =
        are_numbers_ && baro::read_number(name).problem == baro::number_problem::none;
  rows_.resize(names_.size());
  for (std::size_t row = 0; row < table.rows(); ++row)
    rows_[static_cast<std::size_t>(of.codes()[row])].push_back(row);
  if (!design.psu.empty() && !design.psu.front().empty())
    link_sampling_units(design);
  else if (!id.empty())
    link_respondents(id);
  count_met_again();
}

void waves_of_file::count_met_again() {
  if (link_.empty()) return;
  std::map<std::string_view, std::pair<std::size_t, bool>> first_wave;  // label → wave, again
  for (std::size_t t = 0; t < rows_.size(); ++t)
    for (const std::size_t row : rows_[t]) {
      const auto [at, is_new] = first_wave.try_emplace(link_[row], t, false);
      if (!is_new && at->second.first != t) at->second.second = true;
    }
  linked_ = first_wave.size();
  for (const auto& [label, where] : first_wave) met_again_ += where.second ? 1 : 0;
}

std::size_t waves_of_file::number_of(const std::string& name) const {
  const auto at = std::find(names_.begin(), names_.end(), name);
  if (at != names_.end()) return static_cast<std::size_t>(at - names_.begin());
  const coded_question of(table_, table_.column(column_));
  return static_cast<std::size_t>(of.code_of(name));  // refused, with the levels there are
}

void waves_of_file::link_respondents(const std::string& id) {
  const std::size_t column = table_.column(id);
  link_.resize(table_.rows());
  for (std::size_t t = 0; t < rows_.size(); ++t) {
    std::map<std::string_view, std::size_t> met;
    for (const std::size_t row : rows_[t]) {
      if (table_.is_missing(row, column)) table_.refuse(row, column, "must not be missing");
      const auto [first, is_new] = met.try_emplace(table_.text(row, column), row);
      if (!is_new)
        table_.refuse(row, column,
                      "must be once in wave " + baro::quoted_text(names_[t]) + ", line " +
                          std::to_string(table_.line(first->second)) + " has it too");
      link_[row] = table_.text(row, column);
    }
  }
}

void waves_of_file::link_sampling_units(const design_request& design) {
  const std::size_t column = table_.column(design.psu.front());
  const bool in_strata = !design.stratum.empty() && !design.stratum.front().empty();
  const std::size_t stratum = in_strata ? table_.column(design.stratum.front()) : 0;
  // Labels are read within the stratum, as everywhere.
  link_.resize(table_.rows());
  for (std::size_t row = 0; row < link_.size(); ++row) {
    if (in_strata) link_[row] = std::string(table_.text(row, stratum)) + '\x1f';
    link_[row] += table_.text(row, column);
  }
  links_units_ = true;
}

std::vector<trend_figure> follow_waves(const trend_request_of_waves& request) {
  return follower(request).all();
}

}  // namespace barometer
