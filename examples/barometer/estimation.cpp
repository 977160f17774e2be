// SPDX-License-Identifier: BSL-1.0
#include "estimation.hpp"

#include <baro/core/answers.hpp>
#include <baro/core/categories.hpp>
#include <baro/core/probability.hpp>
#include <baro/estimate/quantile.hpp>
#include <baro/estimate/tally.hpp>
#include <baro/interval/interval.hpp>
#include <baro/interval/woodruff.hpp>

#include "pass_request.hpp"
#include "refusal.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace barometer {

namespace {

constexpr std::size_t most_joint = 20000;  // figures of one covariance matrix

std::size_t figures_of(const question& q) {
  return q.kind == baro::statistic::share ? q.wanted.size() : 1;
}

/// What is estimated in one pass.
struct portion {
  std::vector<item> items;
  std::size_t first_domain, domains;
};

class estimator {
 public:
  explicit estimator(const estimation_request& r) : r_(r) {
    std::size_t offset = 0;
    for (const question& q : r.questions) {
      offset_.push_back(offset);
      offset += figures_of(q) * r.cut.levels.size();
    }
    all_.figures.resize(offset);
  }

  estimation each() {
    const std::size_t most = most_together();
    const std::size_t all_domains = r_.cut.levels.size();
    for (portion& p : portions(most)) {
      std::size_t figures = 0;
      for (const item& i : p.items) figures += i.levels;
      const std::size_t step = std::max<std::size_t>(1, most / figures);
      for (std::size_t d = 0; d < all_domains; d += step) {
        p.first_domain = d;
        p.domains = std::min(step, all_domains - d);
        in_domains(p, [&](const auto& domain) { separate_pass(p, domain); });
      }
    }
    return std::move(all_);
  }

  estimation jointly() {
    if (all_.figures.size() > most_joint)
      throw refusal("--covariance of " + std::to_string(all_.figures.size()) +
                    " figures, must be of at most " + std::to_string(most_joint));
    if (all_.figures.empty()) return std::move(all_);
    portion everything{{}, 0, r_.cut.levels.size()};
    for (std::size_t q = 0; q < r_.questions.size(); ++q)
      everything.items.push_back({q, 0, figures_of(r_.questions[q])});
    in_domains(everything, [&](const auto& domain) { joint_pass(everything, domain); });
    return std::move(all_);
  }

 private:
  /// Figures whose covariances are worth making although nobody asked: a pass costs the rows,
  /// and every pair of figures the leaves of the design, or with calibrated weights the rows.
  std::size_t most_together() const {
    if (r_.design.weight_chain() != nullptr) return 8;
    const double rows = static_cast<double>(r_.design.size());
    const double leaves = static_cast<double>(r_.design.tree().leaves());
    return static_cast<std::size_t>(std::clamp(2 * std::sqrt(rows / leaves), 16.0, 500.0));
  }

  /// The questions in runs of at most `most` figures; a question of many levels is cut.
  std::vector<portion> portions(std::size_t most) const {
    std::vector<portion> all;
    std::size_t room = 0;
    for (std::size_t q = 0; q < r_.questions.size(); ++q) {
      const std::size_t figures = figures_of(r_.questions[q]);
      for (std::size_t l = 0; l < figures; l += most) {
        const item next{q, l, std::min(most, figures - l)};
        if (next.levels > room) {
          all.emplace_back();
          room = most;
        }
        all.back().items.push_back(next);
        room -= next.levels;
      }
    }
    return all;
  }

  /// Calls `pass` with the domains of a portion in the library's words.
  template <class Pass>
  void in_domains(const portion& p, Pass pass) const {
    if (r_.cut.levels.size() == 1) {  // it may be empty, and then it still is a figure
      std::vector<signed char> inside(r_.cut.of_row.size());
      for (std::size_t row = 0; row < inside.size(); ++row)
        inside[row] = r_.cut.of_row[row] == 0;
      pass(baro::where(inside));
      return;
    }
    std::vector<std::int32_t> codes = r_.cut.of_row;
    for (std::int32_t& code : codes) {
      code -= static_cast<std::int32_t>(p.first_domain);
      if (code < 0 || code >= static_cast<std::int32_t>(p.domains)) code = -1;
    }
    baro::coded_labels labels;
    for (std::size_t d = 0; d < p.domains; ++d) labels.labels.push_back(std::to_string(d));
    pass(baro::by(std::vector{baro::categories(codes, std::move(labels))}));
  }

  bool is_quantile(std::size_t q) const {
    return r_.questions[q].kind == baro::statistic::quantile;
  }

  template <class Domain>
  void separate_pass(const portion& p, const Domain& domain) {
    pass_request library;
    for (const item& i : p.items)
      if (is_quantile(i.question))
        quantiles(i.question, p, domain);
      else
        library.add(r_.questions[i.question], i);
    if (library.requests().empty()) return;
    const auto e = baro::tabulate(r_.design, domain, baro::separately{}, library.requests());
    std::size_t next = 0;
    for (const item& i : p.items)
      if (!is_quantile(i.question)) take(i, p, e, next);
  }

  template <class Domain>
  void joint_pass(const portion& p, const Domain& domain) {
    pass_request library;
    for (const item& i : p.items) {
      if (is_quantile(i.question)) {
        quantiles(i.question, p, domain);
        library.add_sides(sides_of_quantile(i.question));
      } else {
        library.add(r_.questions[i.question], i);
      }
    }
    const auto e = baro::tabulate(r_.design, domain, library.requests());
    std::size_t next = 0;
    for (const item& i : p.items)
      if (is_quantile(i.question))
        next += p.domains;
      else
        take(i, p, e, next);
    all_.covariance = e.covariance();
    for (std::size_t f = 0; f < all_.figures.size(); ++f) {
      if (!is_quantile(all_.figures[f].question)) continue;
      const double share_error = e.standard_error(f);
      const double scale = share_error > 0 ? -all_.figures[f].standard_error / share_error
                                           : std::numeric_limits<double>::quiet_NaN();
      all_.covariance.row(static_cast<Eigen::Index>(f)) *= scale;
      all_.covariance.col(static_cast<Eigen::Index>(f)) *= scale;
    }
  }

  result_figure& place(std::size_t q, std::size_t level, std::size_t domain) {
    result_figure& f = all_.figures[offset_[q] + level * r_.cut.levels.size() + domain];
    f.question = q;
    f.domain = domain;
    return f;
  }

  /// The figures of one item out of an estimate, from its entry `next` on.
  void take(const item& i, const portion& p, const baro::estimate<double>& e,
            std::size_t& next) {
    const baro::named_interval method = r_.interval.method(r_.questions[i.question].kind);
    for (std::size_t l = i.first_level; l < i.first_level + i.levels; ++l)
      for (std::size_t d = p.first_domain; d < p.first_domain + p.domains; ++d, ++next) {
        result_figure& f = place(i.question, l, d);
        f.value = e.value(next);
        f.standard_error = e.standard_error(next);
        f.entry = e.entry(next);
        f.interval = baro::interval(e.figure(next), r_.level, method);
      }
  }

  template <class Domain>
  void quantiles(std::size_t q, const portion& p, const Domain& domain) {
    const question& source = r_.questions[q];
    const auto e = baro::quantile(r_.design, baro::answers(source.answers),
                                  baro::probability(source.probability), domain);
    const auto limits = baro::woodruff(e, r_.level, r_.interval.method_below_quantile());
    for (std::size_t i = 0; i < e.size(); ++i) {
      result_figure& f = place(q, 0, p.first_domain + i);
      f.value = limits[i].value;
      f.standard_error = limits[i].standard_error;
      f.entry = e.entry(i);
      f.interval = limits[i].interval;
    }
  }

  /// 1 for a row at or below the quantile of its domain, 0 above it, −1 without an answer.
  std::vector<std::int32_t> sides_of_quantile(std::size_t q) {
    const std::vector<double>& answers = r_.questions[q].answers;
    std::vector<std::int32_t> side(answers.size(), -1);
    for (std::size_t row = 0; row < side.size(); ++row) {
      const std::int32_t domain = r_.cut.of_row[row];
      if (domain < 0 || std::isnan(answers[row])) continue;
      const double limit = place(q, 0, static_cast<std::size_t>(domain)).value;
      side[row] = answers[row] <= limit;
    }
    return side;
  }

  const estimation_request& r_;
  std::vector<std::size_t> offset_;
  estimation all_;
};

}  // namespace

estimation estimate_each(const estimation_request& request) {
  return estimator(request).each();
}

estimation estimate_jointly(const estimation_request& request) {
  return estimator(request).jointly();
}

}  // namespace barometer
