// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/estimate/detail/gradient.hpp>
#include <baro/estimate/tally.hpp>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace baro {

namespace detail {

/// The totals a function of the user is given: t[j] beyond the last one is refused.
template <class T>
class totals_given {
 public:
  explicit totals_given(const std::vector<T>& values) : values_(values) {}
  std::size_t size() const noexcept { return values_.size(); }
  auto begin() const noexcept { return values_.begin(); }
  auto end() const noexcept { return values_.end(); }
  const T& operator[](std::size_t j) const {
    if (j < size()) return values_[j];
    const std::size_t columns = size() - 1;
    throw value_error(joined({"function: t[", text(j), "], must be below ", text(size()),
                              " (the sum of the weights and ", text(columns),
                              columns == 1 ? " column)" : " columns)"}));
  }

 private:
  std::vector<T> values_;
};

/// Variance of the same function from n respondents drawn with replacement: (Σ w)² s²_u/n with
/// u per unit of weight, from the gradient c and the sums Σ w, Σ w d_j, Σ w d_i d_j.
template <class Real>
Real srs_variance(const std::vector<Real>& c, const std::vector<Real>& t, const Real* more,
                  const Real& n) {
  const Real& w = t[1];
  Real square(0);
  const Real* products = more + 2;
  for (std::size_t i = 2; i < c.size(); ++i) {
    for (std::size_t j = 2; j <= i; ++j) {
      const Real centered = *products++ / w - (t[i] / w) * (t[j] / w);
      square += (i == j ? Real(1) : Real(2)) * c[i] * c[j] * centered;
    }
  }
  return w * w * srs_of_mean(square, n);
}

}  // namespace detail

/// Any smooth function of totals the user writes, to be asked in a pass. A row counts when it
/// answered all the questions.
///   t = (Σ w, Σ w y₁, …, Σ w y_q),  θ = g(t),  u = Σ_j ∂g/∂t_j (t) w y_j  with y₀ = 1
///
///   function_of({income, hours}, [](const auto& t) { return t[1] / t[2]; }, "hourly wage")
///
/// @param g  takes an indexable list of q + 1 numbers, returns one number or a list; called
///           with automatic differentiation, so write log(x), not std::log(x)
/// @throws value_error  when the figures are computed: g asks for t[j] with j > q
/// @status undefined  g or its gradient is not finite at these totals
template <class Real = double, class G>
request<Real> function_of(std::vector<answers> columns, G g, std::string name = {}) {
  auto r = detail::numeric_request<Real>(statistic::function, std::move(name),
                                         std::move(columns), variable_shape::kind::shifted);
  const std::vector<double> centers = r.shape.centers;
  r.figures = [centers, g](const detail::reading<Real>& data, std::size_t v, std::size_t d) {
    using wide = detail::wider<Real>;
    const std::vector<Real> t = data.total(v, d);  // n, Σ w, Σ w (y_j − c_j)
    detail::linearized<Real> base;
    base.n = data.domain(v, d)[0];
    base.sum_weights = t[1];
    base.sum_squared_weights = data.domain(v, d)[1];
    // The totals are those of y, the features those of y − c: the weight's coefficient takes
    // c_j ∂g/∂t_j, summed while it is still wide.
    const auto shifted = [&](const auto& x) {
      auto true_totals = x;
      for (std::size_t j = 0; j < centers.size(); ++j)
        true_totals[j + 1] = x[j + 1] + x[0] * static_cast<wide>(centers[j]);
      const detail::totals_given checked(true_totals);
      return g(std::as_const(checked));
    };
    std::vector<wide> features{static_cast<wide>(t[1])};
    for (std::size_t j = 0; j < centers.size(); ++j)
      features.push_back(static_cast<wide>(t[j + 2]));
    const auto differential = detail::differentiate<Real>(shifted, features);
    std::vector<detail::linearized<Real>> out;
    for (std::size_t i = 0; i < differential.value.size(); ++i) {
      detail::linearized<Real> f = base;
      f.value = differential.value[i];
      f.coefficients = differential.gradient[i];
      f.coefficients.insert(f.coefficients.begin(), Real(0));  // the count of respondents
      if (differential.value.size() > 1) f.level = std::to_string(i + 1);
      bool finite = f.value - f.value == Real(0);
      for (const Real& c : f.coefficients) finite = finite && c - c == Real(0);
      if (!(t[1] > Real(0)))
        f.status = status::empty_domain;
      else if (!finite)
        f.status = status::undefined;
      if (f.status != status::ok) f.coefficients.assign(f.coefficients.size(), Real(0));
      f.srs_variance = detail::srs_variance(f.coefficients, t, data.domain(v, d), f.n);
      out.push_back(std::move(f));
    }
    return out;
  };
  return r;
}

/// Any smooth function of totals, with value, gradient and covariance. See `mean` for `how`.
template <class Real = double, class G, class... How>
estimate<Real> function(const design& d, const std::vector<answers>& columns, const G& g,
                        const How&... how) {
  return tabulate<Real>(d, how..., function_of<Real>(columns, g));
}

}  // namespace baro
