// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/categories.hpp>
#include <baro/core/error.hpp>
#include <baro/core/number_view.hpp>
#include <baro/weights/calibrate.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace baro {

/// Factors 1 + e^u: the inverse of a response probability that is logistic in x. Its
/// calibration to the totals of the whole sample is an estimate of that model (Chang and Kott
/// 2008, Biometrika 95:555).
struct inverse_logit_distance {
  static constexpr std::string_view name = "response propensity";

  template <class Real>
  Real factor(const Real& u) const {
    using std::exp;
    return Real(1) + Real(exp(u));
  }
  template <class Real>
  Real slope(const Real& u) const {
    using std::exp;
    return exp(u);
  }
};

/// Nonresponse: the weights of those who did not answer go to those who did, so that the
/// respondents have the totals of the whole sample in what is known of everybody,
///   Σ_r d F(xᵀλ) x = Σ_s d x.
/// One question is weighting classes: in each, the weights are multiplied by Σ_s d / Σ_r d. The
/// weights of nonrespondents become 0; they keep their place in the design, and the variance
/// takes in what was estimated of them (reverse framework, sampling fractions negligible: Shao
/// and Steel 1999, JASA 94:254; Särndal and Lundström 2005, 11.3).
/// @param responded  n × 1, not 0 for respondents
/// @param known      questions answered for everybody in the sample; cross them for classes
/// @param distance   raking_distance{}: classes; inverse_logit_distance{}: a logistic response
///                   model
/// @throws value_error  a level in which nobody responded, besides what `calibrate` refuses
template <number_column Responded, calibration_distance Distance = raking_distance>
calibration adjust_nonresponse(const starting_weights& start, const Responded& responded,
                               const std::vector<categories>& known,
                               const Distance& distance = {}) {
  const number_view column(responded);
  detail::check_size("adjust_nonresponse", "responded", column.size(), start.size());
  std::vector<char> answers(column.size());
  for (std::size_t i = 0; i < answers.size(); ++i) answers[i] = column[i] != 0 ? 1 : 0;
  std::vector<margin> margins;
  std::vector<std::int32_t> codes(start.size());
  for (const categories& question : known) {
    detail::check_size("adjust_nonresponse", question.name(), question.size(), start.size());
    const code_run run = question.read(0, question.size(), codes.data());
    std::vector<double> all(question.levels()), reached(question.levels());
    for (std::size_t i = 0; i < answers.size(); ++i) {
      if (run[i] < 0) continue;  // refused below, with its place
      all[static_cast<std::size_t>(run[i])] += start.view()[i];
      if (answers[i] != 0) reached[static_cast<std::size_t>(run[i])] += start.view()[i];
    }
    std::vector<level_target> targets;
    for (std::size_t l = 0; l < all.size(); ++l) {
      const std::string& level = question.labels()[l];
      if (!(all[l] > 0)) continue;
      if (!(reached[l] > 0))
        throw value_error("adjust_nonresponse: nobody with " + question.name() + " = '" +
                          level + "' responded, their weight of " + detail::text(all[l]) +
                          " must go to somebody: merge levels");
      targets.push_back({level, all[l]});
    }
    margins.push_back(margin::counts(question, std::move(targets)));
  }
  std::string name = "nonresponse";
  if constexpr (!std::same_as<Distance, raking_distance> &&
                requires { std::string_view(Distance::name); })
    name = Distance::name;
  detail::calibration_maker maker("adjust_nonresponse", name, start, margins, {}, true);
  maker.only(std::move(answers));
  return maker.by_newton(distance);
}

}  // namespace baro
