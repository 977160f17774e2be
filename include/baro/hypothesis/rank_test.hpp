// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/answers.hpp>
#include <baro/core/categories.hpp>
#include <baro/estimate/mean.hpp>
#include <baro/hypothesis/detail/contrast_test.hpp>
#include <baro/hypothesis/test_result.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace baro {

/// Which scores of the ranks r in (0, 1) are compared between groups.
///   wilcoxon         r
///   kruskal_wallis   r: the same under the name it has for three groups and more
///   van_der_waerden  Φ⁻¹(r)
///   median           1 where r > ½ (Mood)
enum class rank_test { wilcoxon, kruskal_wallis, van_der_waerden, median };

constexpr std::string_view name(rank_test t) noexcept {
  constexpr std::array<std::string_view, 4> names{"wilcoxon", "kruskal_wallis",
                                                  "van_der_waerden", "median"};
  return names[static_cast<std::size_t>(t)];
}

/// The test of that name.
constexpr std::optional<rank_test> rank_test_by_name(std::string_view text) noexcept {
  for (int t = 0; t <= static_cast<int>(rank_test::median); ++t)
    if (name(static_cast<rank_test>(t)) == text) return static_cast<rank_test>(t);
  return std::nullopt;
}

/// The rank of respondents with the same answer.
///   mid_distribution  F(y−) + ½ P(Y = y): half of the weight at the answer lies below
///   survey            of R survey: each row has its own rank F + ½ w in the order of the file,
///                     and equal answers the plain mean of theirs. Where equal answers have
///                     unequal weights it changes with the order of the rows.
enum class tied_ranks { mid_distribution, survey };

/// Groups compared by ranks: the mean score of each, and the test that they are the same.
template <class Real = double>
struct rank_comparison {
  estimate<Real> scores{};   ///< by group, with their joint covariance
  test_result<Real> test{};  ///< F; of two groups it is t², with the sign in `scores`
};

namespace detail {

template <class Real>
struct ranked_row {
  Real answer, weight;
  std::size_t row;
};

/// Those who count: an answer, a group, a place in the domain and a weight above 0.
template <class Real>
std::vector<ranked_row<Real>> rows_to_rank(const respondents& rows) {
  const design& who = *rows.who;
  const answers& column = rows.variables[0].numbers[0];
  const std::size_t n = who.size();
  std::vector<Real> y(n), w(n, Real(1));
  std::vector<std::int32_t> domain(n, 0), scratch(n);
  const Real* const answer = column.read(0, n, y.data());
  const Real* const weight =
      who.is_weighted() ? who.weights_column().read(0, n, w.data()) : w.data();
  rows.read_domains(0, n, domain.data(), scratch.data());
  std::vector<ranked_row<Real>> out;
  for (std::size_t i = 0; i < n; ++i) {
    if (domain[i] < 0 || !(weight[i] > Real(0)) || answer[i] != answer[i]) continue;
    if (!(answer[i] - answer[i] == Real(0)))
      refuse("population_ranks", column.name().empty() ? "answers" : column.name(), i,
             static_cast<double>(answer[i]), "must be finite, or NaN where there is no answer");
    out.push_back({answer[i], weight[i], i});
  }
  return out;
}

template <class Real>
Real rank_score(rank_test method, const Real& rank) {
  // A rank that is ½ but for the rounding of the sums is not above it.
  constexpr double just_above_half = 0.5 + 1e-12;
  switch (method) {
    case rank_test::van_der_waerden:
      return -normal_quantile_above(rank);
    case rank_test::median:
      return Real(rank > Real(just_above_half) ? 1 : 0);
    case rank_test::wilcoxon:
    case rank_test::kruskal_wallis:
      break;
  }
  return rank;
}

}  // namespace detail

/// The place of each answer in the estimated distribution of the population of all groups
/// together, in (0, 1). Any function of them is a score, to be compared by `mean` and
/// `difference`.
/// @param groups  who has none is not ranked
/// @returns       n × 1; NaN for who is not ranked
/// @throws size_error   a column that is not as long as the design
/// @throws value_error  an infinite answer
/// @cost   O(n log n) time, memory for n ranks
template <class Real = double>
[[nodiscard]] std::vector<double> population_ranks(
    const design& d, const answers& y, const categories& groups,
    tied_ranks ties = tied_ranks::mid_distribution, const where& domain = {}) {
  using sum = detail::computed<Real>;
  detail::respondents all;
  all.who = &d;
  all.breaks = by(groups);
  all.domain = domain;
  all.variables.push_back({{y}, {}});
  all.check();
  auto rows = detail::rows_to_rank<sum>(all);
  std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
    return a.answer < b.answer || (a.answer == b.answer && a.row < b.row);
  });
  std::vector<sum> rank(rows.size());
  sum below(0);
  for (std::size_t first = 0, last = 0; first < rows.size(); first = last) {
    sum tied(0), of_rows(0);
    for (; last < rows.size() && rows[last].answer == rows[first].answer; ++last) {
      of_rows += tied + rows[last].weight / 2;
      tied += rows[last].weight;
    }
    const sum within = ties == tied_ranks::survey
                           ? sum(of_rows / sum(static_cast<double>(last - first)))
                           : sum(tied / 2);
    std::fill(rank.begin() + static_cast<std::ptrdiff_t>(first),
              rank.begin() + static_cast<std::ptrdiff_t>(last), sum(below + within));
    below += tied;
  }
  std::vector<double> out(d.size(), std::numeric_limits<double>::quiet_NaN());
  for (std::size_t i = 0; i < rows.size(); ++i)
    out[rows[i].row] = std::clamp(static_cast<double>(sum(rank[i] / below)),
                                  (std::numeric_limits<double>::min)(),
                                  1 - std::numeric_limits<double>::epsilon() / 2);
  return out;
}

/// Do the groups answer alike? A rank test under the design: the mean scores of k groups by
/// Wald's test, F = W / (k − 1) on k − 1 and ν − (k − 1) degrees of freedom, ν those of all who
/// are ranked. Of two groups that is the t test of the difference with ν − 1. That the ranks
/// are estimated too changes nothing under the null.
/// @param domain  `where(…)`: ranks are among those inside
/// @returns       scores by group, groups without answers left out
/// @status empty_domain; undefined with one group, or where the covariance does not tell;
///         no_degrees
/// @throws size_error   a column that is not as long as the design
/// @throws value_error  an infinite answer
/// @cost   O(n log n). Scores are doubles, whatever `Real`
/// @see    Lumley and Scott (2013), Biometrika 100:831
/// @checked R survey svyranktest with `tied_ranks::survey`; the default is the same where all
///          weights are
template <class Real = double>
[[nodiscard]] rank_comparison<Real> compare_ranks(
    const design& d, const answers& y, const categories& groups,
    rank_test method = rank_test::wilcoxon, tied_ranks ties = tied_ranks::mid_distribution,
    const where& domain = {}) {
  std::vector<double> score = population_ranks<Real>(d, y, groups, ties, domain);
  double last_rank = -1, last_score = 0;  // neighbours often have the same
  for (double& s : score) {
    if (s != s) continue;
    if (s != last_rank) last_score = detail::rank_score(method, last_rank = s);
    s = last_score;
  }
  const answers scores = answers(score).named(y.name());
  rank_comparison<Real> out;
  out.test.test = name(method);
  const Real nu = mean<Real>(d, scores, domain).entry(0).df;
  const estimate<Real> all = mean<Real>(d, scores, by(groups), domain);
  std::vector<std::size_t> answered;
  for (std::size_t i = 0; i < all.size(); ++i)
    if (all.entry(i).status != status::empty_domain) answered.push_back(i);
  out.scores = all.slice(answered);
  if (answered.size() < 2) {
    out.test.status = answered.empty() ? status::empty_domain : status::undefined;
    return out;
  }
  const auto q = static_cast<Eigen::Index>(answered.size()) - 1;
  typename estimate<Real>::vector gap(q);
  typename estimate<Real>::matrix contrast = estimate<Real>::matrix::Zero(q, q + 1);
  for (Eigen::Index i = 0; i < q; ++i) {
    gap(i) = out.scores.value()(i + 1) - out.scores.value()(0);
    contrast(i, 0) = Real(-1);
    contrast(i, i + 1) = Real(1);
  }
  const typename estimate<Real>::matrix v =
      contrast * out.scores.covariance() * contrast.transpose();
  const Real df1(static_cast<double>(q));
  out.test = detail::test_against_f<Real>(
      name(method), Real(detail::wald_form<Real>(v, gap) / df1), df1, Real(nu - df1));
  return out;
}

}  // namespace baro
