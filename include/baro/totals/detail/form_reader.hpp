// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/categories.hpp>
#include <baro/totals/respondents.hpp>
#include <baro/totals/shape.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace baro::detail {

/// Reads the forms of a batch of rows, per unit of weight; 0 outside their domain.
template <class Real>
class form_reader {
 public:
  static constexpr std::size_t batch = 512;

  /// A form by its number, and its coefficients with respect to `reading::total`.
  struct one_form {
    std::size_t at;
    std::vector<Real> coefficients;
  };

  /// @param forms_of  variable, domain → its forms
  form_reader(const respondents& rows, const totals_shape& shape,
              const std::vector<std::vector<one_form>>& forms_of, std::size_t k)
      : rows_(rows),
        shape_(shape),
        forms_of_(forms_of),
        k_(k),
        domain_(batch, 0),
        scratch_(batch),
        codes_(batch),
        weight_(batch, Real(1)) {}

  /// Adds the forms of rows first … first + count − 1 to e, count × k.
  void read(std::size_t first, std::size_t count, Real* e) {
    if (rows_.has_domains()) rows_.read_domains(first, count, domain_.data(), scratch_.data());
    const Real* const w = rows_.who->is_weighted()
                              ? rows_.who->weights_column().read(first, count, weight_.data())
                              : weight_.data();
    for (std::size_t v = 0; v < shape_.variables().size(); ++v)
      if (shape_.variables()[v].what == variable_shape::kind::levels)
        read_levels(v, first, count, w, e);
      else
        read_numbers(v, first, count, w, e);
  }

 private:
  const std::vector<one_form>& forms(std::size_t v, std::int32_t domain) const {
    return forms_of_[v * shape_.domains() + static_cast<std::size_t>(domain)];
  }

  void read_levels(std::size_t v, std::size_t first, std::size_t count, const Real* w,
                   Real* e) {
    const code_run level = rows_.variables[v].levels->read(first, count, codes_.data());
    for (std::size_t i = 0; i < count; ++i, e += k_) {
      const std::int32_t code = level[i];
      if (code < 0 || domain_[i] < 0 || !(w[i] > Real(0))) continue;
      for (const one_form& f : forms(v, domain_[i]))
        e[f.at] += f.coefficients[static_cast<std::size_t>(code)];
    }
  }

  void read_numbers(std::size_t v, std::size_t first, std::size_t count, const Real* w,
                    Real* e) {
    const variable_shape& s = shape_.variables()[v];
    const bool shifted = s.what == variable_shape::kind::shifted;
    buffer_.resize(std::max(buffer_.size(), s.columns * batch));
    y_.resize(s.columns);
    for (std::size_t j = 0; j < s.columns; ++j)
      y_[j] = rows_.variables[v].numbers[j].read(first, count, buffer_.data() + j * batch);
    if (s.columns == 1 && !rows_.has_domains() && read_one_number(v, shifted, count, w, e))
      return;
    for (std::size_t i = 0; i < count; ++i, e += k_) {
      if (domain_[i] < 0 || !(w[i] > Real(0))) continue;
      bool answered = true;
      for (std::size_t j = 0; j < s.columns; ++j) answered &= y_[j][i] == y_[j][i];
      if (!answered) continue;
      for (const one_form& f : forms(v, domain_[i])) {
        const Real* c = f.coefficients.data();
        Real u(0);
        if (shifted) u += *c++ / w[i];
        u += *c++;
        for (std::size_t j = 0; j < s.columns; ++j) u += *c++ * (y_[j][i] - Real(s.centers[j]));
        e[f.at] += u;
      }
    }
  }

  /// a + b (y − centre), which is what most forms are.
  /// @returns false where a form needs more
  bool read_one_number(std::size_t v, bool shifted, std::size_t count, const Real* w, Real* e) {
    const std::size_t own = shifted ? 1 : 0;
    for (const one_form& f : forms(v, 0))
      if (shifted && f.coefficients[0] != Real(0)) return false;
    const Real center(shape_.variables()[v].centers[0]);
    const Real* const y = y_[0];
    for (const one_form& f : forms(v, 0)) {
      const Real a = f.coefficients[own], b = f.coefficients[own + 1];
      Real* const to = e + f.at;
      for (std::size_t i = 0; i < count; ++i) {
        const Real u = a + b * (y[i] - center);
        to[i * k_] += w[i] > Real(0) && y[i] == y[i] ? u : Real(0);
      }
    }
    return true;
  }

  const respondents& rows_;
  const totals_shape& shape_;
  const std::vector<std::vector<one_form>>& forms_of_;
  std::size_t k_;
  std::vector<std::int32_t> domain_, scratch_, codes_;
  std::vector<Real> weight_, buffer_;
  std::vector<const Real*> y_;
};

}  // namespace baro::detail
