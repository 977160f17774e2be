// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/estimate/share.hpp>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace baro {

namespace detail {

template <class Real>
request<Real> scored_request(statistic kind, categories answers, std::vector<Real> score) {
  auto r = level_request<Real>(kind, std::move(answers));
  r.figures = [score](const reading<Real>& data, std::size_t v, std::size_t d) {
    const level_totals<Real> t(data, v, d);
    linearized<Real> f = t.base;
    f.coefficients.assign(score.size(), Real(0));
    if (f.status == status::ok) {
      compensated_sum<Real> sum, squares;
      for (std::size_t l = 0; l < score.size(); ++l) {
        sum.add(score[l] * t.weight[l]);
        squares.add(score[l] * score[l] * t.weight[l]);
      }
      f.value = sum.value() / t.all;
      for (std::size_t l = 0; l < score.size(); ++l)
        f.coefficients[l] = (score[l] - f.value) / t.all;
      const Real mean_square = squares.value() / t.all - f.value * f.value;
      f.srs_variance = srs_of_mean(mean_square, f.n);
    }
    return std::vector{f};
  };
  return r;
}

}  // namespace detail

/// Balance of opinion (solde): share of the positive answers minus share of the negative ones,
/// all answers in the base. To be asked in a pass.
///   B = Σ w s / Σ w,  s = +1, −1 or 0;  u = w (s − B)/Σ w
/// so the covariance of the two shares is in it. `deff` compares with (p⁺ + p⁻ − B²)/(n − 1).
/// @throws value_error a level the question does not have, or one on both sides
template <class Real = double>
request<Real> balance_of(categories answers, const std::vector<std::string>& positive,
                         const std::vector<std::string>& negative) {
  std::vector<Real> score(answers.levels(), Real(0));
  for (const std::string& level : positive)
    score[detail::level_number("balance", answers, level)] = Real(1);
  for (const std::string& level : negative) {
    Real& s = score[detail::level_number("balance", answers, level)];
    if (s == Real(1)) detail::refuse("balance", "level", level, "must be on one side only");
    s = Real(-1);
  }
  return detail::scored_request<Real>(statistic::balance, std::move(answers), std::move(score));
}

/// Net promoter score: share of 9 and 10 minus share of 0 to 6. To be asked in a pass.
/// @throws value_error an answer that is not one of 0, 1, … 10
template <class Real = double>
request<Real> nps_of(categories answers) {
  std::vector<Real> score(answers.levels(), Real(0));
  for (std::size_t l = 0; l < score.size(); ++l) {
    const std::string& label = answers.labels()[l];
    const bool digit = label.size() == 1 && label[0] >= '0' && label[0] <= '9';
    if (!digit && label != "10")
      detail::refuse("nps", answers.name().empty() ? "answer" : answers.name(), label,
                     "must be one of 0, 1, ... 10");
    const int points = digit ? label[0] - '0' : 10;
    score[l] = points >= 9 ? Real(1) : Real(points <= 6 ? -1 : 0);
  }
  return detail::scored_request<Real>(statistic::nps, std::move(answers), std::move(score));
}

/// Balance of opinion with its variance. See `mean` for the other arguments.
///   balance(d, answers, {"better", "much better"}, {"worse", "much worse"})
template <class Real = double, class... How>
estimate<Real> balance(const design& d, const categories& answers,
                       const std::vector<std::string>& positive,
                       const std::vector<std::string>& negative, const How&... how) {
  return tabulate<Real>(d, how..., balance_of<Real>(answers, positive, negative));
}

/// Net promoter score with its variance.
template <class Real = double, class... How>
estimate<Real> nps(const design& d, const categories& answers, const How&... how) {
  return tabulate<Real>(d, how..., nps_of<Real>(answers));
}

}  // namespace baro
