// SPDX-License-Identifier: BSL-1.0
#include <baro/totals/covariance.hpp>
#include <baro/totals/linear_form.hpp>

#include <doctest/doctest.h>

#include <support/close.hpp>
#include <totals/pass.hpp>
#include <vector>

namespace totals_linear_form {

using form = baro::linear_form<double>;

TEST_SUITE("totals/linear_form") {
  TEST_CASE("forms are vectors: variances of sums and multiples follow from the parts") {
    const test::sample s = test::sample::of(90, 8);
    for (const baro::design& d : {s.clustered(), s.stratified()}) {
      const test::pass p(d,
                         {test::variable::numbers(test::kind::numbers, {s.y, s.x}, {10, 5})});
      const auto t = p.sums();
      const baro::detail::reading<double> r(d.tree(), t);
      const baro::detail::tree_walk<double> walk(d.tree(), r);
      const form a{0, 0, {1, 2, 0}}, b{0, 0, {0, -1, 3}}, sum{0, 0, {1, 1, 3}},
          twice{0, 0, {2, 4, 0}}, nothing{0, 0, {0, 0, 0}};
      const std::vector<form> forms{a, b, sum, twice, nothing};
      const auto v = baro::detail::covariance_of<double>(walk, d.single_psu_policy(), r)(forms);
      CHECK(test::close(v(2, 2), v(0, 0) + 2 * v(0, 1) + v(1, 1), 1e-12));
      CHECK(test::close(v(3, 3), 4 * v(0, 0), 1e-14));
      CHECK(test::close(v(3, 1), 2 * v(0, 1), 1e-12));
      CHECK(v.row(4).isZero(0));
    }
  }
}

}  // namespace totals_linear_form
