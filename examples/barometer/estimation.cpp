// SPDX-License-Identifier: BSL-1.0
#include "estimation.hpp"

#include <baro/core/answers.hpp>
#include <baro/core/categories.hpp>
#include <baro/core/probability.hpp>
#include <baro/estimate/balance.hpp>
#include <baro/estimate/mean.hpp>
#include <baro/estimate/quantile.hpp>
#include <baro/estimate/ratio.hpp>
#include <baro/estimate/share.hpp>
#include <baro/estimate/tally.hpp>
#include <baro/estimate/total.hpp>
#include <baro/interval/interval.hpp>
#include <baro/interval/woodruff.hpp>

#include "refusal.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace barometer {

namespace {

using request = baro::request<double>;

constexpr std::size_t most_together = 1000;  // figures of one pass
constexpr std::size_t most_joint = 20000;    // figures of one covariance matrix

baro::categories coded(const question& q) {
  return baro::categories(q.codes, baro::coded_labels{q.levels}).named(q.variable);
}

baro::answers named(const question& q, const std::vector<double>& column) {
  return baro::answers(column).named(q.variable);
}

std::vector<std::string> level_names(const question& q,
                                     const std::vector<std::int32_t>& codes) {
  std::vector<std::string> names;
  for (const std::int32_t code : codes)
    names.push_back(q.levels[static_cast<std::size_t>(code)]);
  return names;
}

request request_of(const question& q) {
  switch (q.kind) {
    case baro::statistic::total:
      return baro::total_of<double>(named(q, q.answers));
    case baro::statistic::ratio:
      return baro::ratio_of<double>(named(q, q.answers), named(q, q.denominators));
    case baro::statistic::share:
      return baro::share_of<double>(coded(q), level_names(q, q.wanted));
    case baro::statistic::balance:
      return baro::balance_of<double>(coded(q), level_names(q, q.positive),
                                      level_names(q, q.negative));
    default:
      return baro::mean_of<double>(named(q, q.answers));
  }
}

std::size_t figures_of(const question& q) {
  return q.kind == baro::statistic::share ? q.wanted.size() : 1;
}

/// A run of questions and a run of domains that are estimated together.
struct portion {
  std::size_t first_question, questions, first_domain, domains;
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
    if (all_.figures.empty()) return std::move(all_);
    for (std::size_t q = 0; q < r_.questions.size();) {
      std::size_t end = q, figures = 0;
      while (end < r_.questions.size() &&
             (end == q || figures + figures_of(r_.questions[end]) <= most_together))
        figures += figures_of(r_.questions[end++]);
      const std::size_t step = std::max<std::size_t>(1, most_together / figures);
      for (std::size_t d = 0; d < r_.cut.levels.size(); d += step)
        in_domains({q, end - q, d, std::min(step, r_.cut.levels.size() - d)},
                   [this](const portion& p, const auto& domain) { separate_pass(p, domain); });
      q = end;
    }
    return std::move(all_);
  }

  estimation jointly() {
    if (all_.figures.size() > most_joint)
      throw refusal("--covariance of " + std::to_string(all_.figures.size()) +
                    " figures, must be of at most " + std::to_string(most_joint));
    if (all_.figures.empty()) return std::move(all_);
    in_domains({0, r_.questions.size(), 0, r_.cut.levels.size()},
               [this](const portion& p, const auto& domain) { joint_pass(p, domain); });
    return std::move(all_);
  }

 private:
  /// Calls `pass` with the domains of a portion in the library's words.
  template <class Pass>
  void in_domains(const portion& p, Pass pass) const {
    if (r_.cut.levels.size() == 1) {  // it may be empty, and then it still is a figure
      std::vector<signed char> inside(r_.cut.of_row.size());
      for (std::size_t row = 0; row < inside.size(); ++row)
        inside[row] = r_.cut.of_row[row] == 0;
      pass(p, baro::where(inside));
      return;
    }
    std::vector<std::int32_t> codes = r_.cut.of_row;
    for (std::int32_t& code : codes) {
      code -= static_cast<std::int32_t>(p.first_domain);
      if (code < 0 || code >= static_cast<std::int32_t>(p.domains)) code = -1;
    }
    baro::coded_labels labels;
    for (std::size_t d = 0; d < p.domains; ++d) labels.labels.push_back(std::to_string(d));
    pass(p, baro::by(std::vector{baro::categories(codes, std::move(labels))}));
  }

  template <class Domain>
  void separate_pass(const portion& p, const Domain& domain) {
    std::vector<request> requests;
    std::vector<std::size_t> asked;
    for (std::size_t q = p.first_question; q < p.first_question + p.questions; ++q) {
      if (r_.questions[q].kind == baro::statistic::quantile) {
        quantiles(q, p, domain);
      } else {
        requests.push_back(request_of(r_.questions[q]));
        asked.push_back(q);
      }
    }
    if (requests.empty()) return;
    const auto e = baro::tabulate(r_.design, domain, baro::separately{}, requests);
    std::size_t i = 0;
    for (const std::size_t q : asked) take(q, p, e, i);
  }

  template <class Domain>
  void joint_pass(const portion& p, const Domain& domain) {
    std::vector<request> requests;
    std::deque<std::vector<signed char>> sides;  // views of it are in the requests
    for (std::size_t q = 0; q < p.questions; ++q) {
      if (r_.questions[q].kind == baro::statistic::quantile) {
        quantiles(q, p, domain);
        sides.push_back(below_quantile(q));
        requests.push_back(baro::share_of<double>(
            baro::categories(sides.back(), baro::coded_labels{{"above", "below"}}), {"below"}));
      } else {
        requests.push_back(request_of(r_.questions[q]));
      }
    }
    const auto e = baro::tabulate(r_.design, domain, requests);
    std::size_t i = 0;
    for (std::size_t q = 0; q < p.questions; ++q) {
      if (r_.questions[q].kind == baro::statistic::quantile)
        i += p.domains;
      else
        take(q, p, e, i);
    }
    all_.covariance = e.covariance();
    for (std::size_t f = 0; f < all_.figures.size(); ++f) {
      if (r_.questions[all_.figures[f].question].kind != baro::statistic::quantile) continue;
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

  /// The figures of one question out of an estimate, from its entry `i` on.
  void take(std::size_t q, const portion& p, const baro::estimate<double>& e, std::size_t& i) {
    const baro::named_interval method = r_.interval.method(r_.questions[q].kind);
    for (std::size_t l = 0; l < figures_of(r_.questions[q]); ++l)
      for (std::size_t d = p.first_domain; d < p.first_domain + p.domains; ++d, ++i) {
        result_figure& f = place(q, l, d);
        f.value = e.value(i);
        f.standard_error = e.standard_error(i);
        f.entry = e.entry(i);
        f.interval = baro::interval(e.figure(i), r_.level, method);
      }
  }

  template <class Domain>
  void quantiles(std::size_t q, const portion& p, const Domain& domain) {
    const question& asked = r_.questions[q];
    const auto e = baro::quantile(r_.design, named(asked, asked.answers),
                                  baro::probability(asked.probability), domain);
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
  std::vector<signed char> below_quantile(std::size_t q) {
    const std::vector<double>& answers = r_.questions[q].answers;
    std::vector<signed char> side(answers.size(), -1);
    for (std::size_t row = 0; row < side.size(); ++row) {
      const std::int32_t domain = r_.cut.of_row[row];
      if (domain < 0 || std::isnan(answers[row])) continue;
      const double limit = place(q, 0, static_cast<std::size_t>(domain)).value;
      side[row] = static_cast<signed char>(answers[row] <= limit);
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
