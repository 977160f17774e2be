// SPDX-License-Identifier: BSL-1.0
#include "estimation.hpp"

#include <baro/core/answers.hpp>
#include <baro/core/categories.hpp>
#include <baro/estimate/balance.hpp>
#include <baro/estimate/mean.hpp>
#include <baro/estimate/ratio.hpp>
#include <baro/estimate/share.hpp>
#include <baro/estimate/tally.hpp>
#include <baro/estimate/total.hpp>

#include "refusal.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace barometer {

namespace {

using request = baro::request<double>;

/// More figures than this share no covariance matrix unless one is asked for.
constexpr std::size_t most_together = 1000;
constexpr std::size_t most_joint = 20000;

baro::categories coded(const question& q) {
  return baro::categories(q.codes, baro::coded_labels{q.levels}).named(q.variable);
}

std::vector<std::string> named(const question& q, const std::vector<std::int32_t>& codes) {
  std::vector<std::string> names;
  for (const std::int32_t code : codes)
    names.push_back(q.levels[static_cast<std::size_t>(code)]);
  return names;
}

request request_of(const question& q) {
  const auto answers = [&](const std::vector<double>& column) {
    return baro::answers(column).named(q.variable);
  };
  switch (q.kind) {
    case baro::statistic::total:
      return baro::total_of<double>(answers(q.answers));
    case baro::statistic::ratio:
      return baro::ratio_of<double>(answers(q.answers), answers(q.denominators));
    case baro::statistic::share:
      return baro::share_of<double>(coded(q), named(q, q.wanted));
    case baro::statistic::balance:
      return baro::balance_of<double>(coded(q), named(q, q.positive), named(q, q.negative));
    default:
      return baro::mean_of<double>(answers(q.answers));
  }
}

std::size_t figures_of(const question& q) {
  return q.kind == baro::statistic::share ? q.wanted.size() : 1;
}

/// A run of questions and a run of domains that are estimated in one pass.
struct portion {
  std::size_t first_question, questions, first_domain, domains;
};

class estimator {
 public:
  estimator(const baro::design& design, const std::vector<question>& questions,
            const domains& cut)
      : design_(design), questions_(questions), cut_(cut) {
    std::size_t offset = 0;
    for (const question& q : questions) {
      offset_.push_back(offset);
      offset += figures_of(q) * cut.levels.size();
    }
    all_.figures.resize(offset);
  }

  estimation run(bool joint) {
    if (all_.figures.empty()) return std::move(all_);
    if (joint) {
      check_joint();
      all_.covariance =
          one_pass({0, questions_.size(), 0, cut_.levels.size()}, true).covariance();
      return std::move(all_);
    }
    for (std::size_t q = 0; q < questions_.size();) {
      std::size_t end = q, figures = 0;
      while (end < questions_.size() &&
             (end == q || figures + figures_of(questions_[end]) <= most_together))
        figures += figures_of(questions_[end++]);
      const std::size_t step = std::max<std::size_t>(1, most_together / figures);
      for (std::size_t d = 0; d < cut_.levels.size(); d += step)
        one_pass({q, end - q, d, std::min(step, cut_.levels.size() - d)}, false);
      q = end;
    }
    return std::move(all_);
  }

 private:
  void check_joint() const {
    if (all_.figures.size() > most_joint)
      throw refusal("--covariance of " + std::to_string(all_.figures.size()) +
                    " figures, must be of at most " + std::to_string(most_joint));
  }

  baro::estimate<double> one_pass(const portion& p, bool joint) {
    std::vector<request> requests;
    for (std::size_t q = 0; q < p.questions; ++q)
      requests.push_back(request_of(questions_[p.first_question + q]));
    auto e = estimate(requests, p, joint);
    std::size_t i = 0;
    for (std::size_t q = p.first_question; q < p.first_question + p.questions; ++q)
      for (std::size_t l = 0; l < figures_of(questions_[q]); ++l)
        for (std::size_t d = p.first_domain; d < p.first_domain + p.domains; ++d, ++i)
          all_.figures[offset_[q] + l * cut_.levels.size() + d] = {q, d, e.entry(i),
                                                                   e.figure(i)};
    return e;
  }

  baro::estimate<double> estimate(const std::vector<request>& requests, const portion& p,
                                  bool joint) const {
    if (cut_.levels.size() == 1) {  // it may be empty, and then it still is a figure
      std::vector<signed char> inside(cut_.of_row.size());
      for (std::size_t row = 0; row < inside.size(); ++row) inside[row] = cut_.of_row[row] == 0;
      const baro::where where(inside);
      return joint ? baro::tabulate(design_, where, requests)
                   : baro::tabulate(design_, where, baro::separately{}, requests);
    }
    std::vector<std::int32_t> codes = cut_.of_row;
    const auto first = static_cast<std::int32_t>(p.first_domain);
    const auto count = static_cast<std::int32_t>(p.domains);
    for (std::int32_t& code : codes) {
      code -= first;
      if (code < 0 || code >= count) code = -1;
    }
    const baro::by by(std::vector{
        baro::categories(codes, baro::coded_labels{std::vector<std::string>(p.domains)})});
    return joint ? baro::tabulate(design_, by, requests)
                 : baro::tabulate(design_, by, baro::separately{}, requests);
  }

  const baro::design& design_;
  const std::vector<question>& questions_;
  const domains& cut_;
  std::vector<std::size_t> offset_;
  estimation all_;
};

}  // namespace

estimation estimate_all(const baro::design& design, const std::vector<question>& questions,
                        const domains& cut, bool joint) {
  return estimator(design, questions, cut).run(joint);
}

}  // namespace barometer
