// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/estimate/tally.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace baro {

namespace detail {

/// The totals of a question with levels in one domain.
template <class Real>
struct level_totals {
  std::vector<Real> weight;  ///< Σ w by level
  Real all{};                ///< Σ w
  linearized<Real> base;     ///< bases, and empty_domain where nobody answered

  level_totals(const reading<Real>& data, std::size_t v, std::size_t d)
      : weight(data.total(v, d)) {
    const Real* more = data.domain(v, d);
    compensated_sum<Real> sum;
    for (const Real& w : weight) sum.add(w);
    all = sum.value();
    for (std::size_t l = 0; l < weight.size(); ++l) base.n += more[2 + l];
    base.sum_weights = all;
    base.sum_squared_weights = more[1];
    if (!(all > Real(0))) base.status = status::empty_domain;
  }
};

template <class Real>
request<Real> level_request(statistic kind, categories answers) {
  request<Real> r;
  r.kind = kind;
  r.name = answers.name();
  r.shape.what = variable_shape::kind::levels;
  r.shape.columns = answers.levels();
  r.columns.levels = std::move(answers);
  return r;
}

/// The number of a level, or a refusal that names the levels there are.
inline std::size_t level_number(std::string_view function, const categories& c,
                                std::string_view level) {
  const std::int32_t code = c.code(level);
  if (code >= 0) return static_cast<std::size_t>(code);
  std::string there;
  for (const std::string& l : c.labels()) there += (there.empty() ? "" : ", ") + l;
  refuse(function, c.name().empty() ? "level" : c.name(), level, "must be one of " + there);
}

}  // namespace detail

/// Share of each level among those who answered, to be asked in a pass. With `only`, of these
/// levels.
///   p_l = Σ w 1{l} / Σ w,  u_l = w (1{l} − p_l) / Σ w
/// `deff` compares with p (1 − p)/(n − 1).
/// @throws value_error a level in `only` that the question does not have
template <class Real = double>
request<Real> share_of(categories answers, const std::vector<std::string>& only = {}) {
  std::vector<std::size_t> wanted;
  for (const std::string& level : only)
    wanted.push_back(detail::level_number("share", answers, level));
  for (std::size_t l = 0; only.empty() && l < answers.levels(); ++l) wanted.push_back(l);
  const std::vector<std::string> labels = answers.labels();
  auto r = detail::level_request<Real>(statistic::share, std::move(answers));
  r.figures = [wanted, labels](const detail::reading<Real>& data, std::size_t v,
                               std::size_t d) {
    const detail::level_totals<Real> t(data, v, d);
    std::vector<detail::linearized<Real>> out;
    for (const std::size_t l : wanted) {
      detail::linearized<Real> f = t.base;
      f.level = labels[l];
      f.count = data.domain(v, d)[2 + l];
      f.coefficients.assign(t.weight.size(), Real(0));
      if (f.status == status::ok) {
        f.value = t.weight[l] / t.all;
        for (Real& c : f.coefficients) c = -f.value / t.all;
        f.coefficients[l] += Real(1) / t.all;
        f.srs_variance = detail::srs_of_mean(Real(f.value * (Real(1) - f.value)), f.n);
      }
      out.push_back(std::move(f));
    }
    return out;
  };
  return r;
}

/// Share of every level of a question, with their joint covariance. See `mean` for the
/// arguments.
/// @param answers integers, enums or strings, n × 1, or `categories` with codes for no answer
/// @returns values in [0, 1], never percent; levels in their order (by value, or bytewise), and
///          within a level the domains
/// @checked R survey svymean(~factor), tests/reference
template <class Real = double, class... How>
estimate<Real> share(const design& d, const categories& answers, const How&... how) {
  return tabulate<Real>(d, how..., share_of<Real>(answers));
}

}  // namespace baro
