// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/totals/totals.hpp>

#include <cstddef>
#include <support/sample.hpp>
#include <utility>
#include <vector>

/// What the tests of this room share: a pass over a made-up survey, put together by hand.
namespace test {

using kind = baro::variable_shape::kind;

/// A variable of numbers about given centres, or of levels.
struct variable {
  baro::variable_shape shape;
  baro::detail::variable_columns columns;

  static variable numbers(kind what, std::vector<baro::answers> y,
                          std::vector<double> centers) {
    return {{what, y.size(), std::move(centers)}, {std::move(y), {}}};
  }
  static variable levels(const baro::categories& c) {
    return {{kind::levels, c.levels(), {}}, {{}, c}};
  }
};

/// The rows and the shape of one pass. The design must outlive it.
struct pass {
  baro::detail::respondents rows;
  baro::totals_shape shape;

  pass(const baro::design& d, const std::vector<variable>& variables, baro::by breaks = {},
       baro::where mask = {}, bool joint = true) {
    rows.who = &d;
    rows.breaks = std::move(breaks);
    rows.domain = mask;
    std::vector<baro::variable_shape> shapes;
    for (const variable& v : variables) {
      shapes.push_back(v.shape);
      rows.variables.push_back(v.columns);
    }
    shape = baro::totals_shape(d.tree(), rows.breaks.domains(), std::move(shapes), joint);
  }

  /// Rows first … last − 1, of which `first` begins a block.
  template <class Real = double>
  baro::totals<Real> sums(std::size_t first, std::size_t last) const {
    baro::totals<Real> t(shape, first / shape.block_rows());
    t.add(rows, first, last - first);
    return t;
  }
  template <class Real = double>
  baro::totals<Real> sums() const {
    return sums<Real>(0, rows.who->size());
  }
};

/// 200,017 respondents, in more than six blocks; a numeric question and one with levels.
struct long_survey {
  test::sample s = test::sample::of(200'017, 5);
  baro::design clustered = s.clustered(), stratified = s.stratified();

  std::vector<variable> questions() const {
    return {variable::numbers(kind::shifted, {s.y, s.x}, {12, 5}),
            variable::levels(baro::categories(s.answer))};
  }
  pass with_psus() const { return {clustered, questions(), baro::by(s.region)}; }
  pass with_rows() const { return {stratified, questions()}; }
};

}  // namespace test
