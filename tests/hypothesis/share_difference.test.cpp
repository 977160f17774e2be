// SPDX-License-Identifier: BSL-1.0
// Tests of two shares by name: test and interval agree, whoever is first, 50 digits, borders.
#include <baro/estimate/share.hpp>
#include <baro/hypothesis/agresti_caffo.hpp>
#include <baro/hypothesis/miettinen_nurminen.hpp>
#include <baro/hypothesis/newcombe_score.hpp>
#include <baro/hypothesis/share_difference.hpp>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <doctest/doctest.h>

#include <cmath>
#include <hypothesis/figures.hpp>
#include <support/close.hpp>
#include <support/refused.hpp>
#include <support/survey.hpp>
#include <tuple>

TEST_SUITE_BEGIN("hypothesis/share_difference");

namespace hypothesis_share_difference {

using baro::comparison_degrees, baro::share_difference, baro::status;
using test::close;

const baro::confidence_level usual(0.95);

template <class Visit>
void each_method(Visit visit) {
  std::apply([&](const auto&... m) { (visit(m), ...); },
             std::tuple{baro::guarded_score{}, baro::miettinen_nurminen{},
                        baro::miettinen_nurminen{false}, baro::newcombe_score{},
                        baro::agresti_caffo{}});
}

TEST_CASE("test and interval agree") {
  each_method([](const auto& m) {
    CAPTURE(m.name());
    for (const auto& [x, n, y, k] : {std::array{30, 122, 312, 1000},
                                     {45, 100, 30, 100},
                                     {0, 30, 60, 400},
                                     {10, 10, 1, 20},
                                     {29, 30, 980, 1000}}) {
      const auto e = test::two_samples(x, n, y, k);
      const auto c = share_difference(e, 0, 1, usual, m);
      REQUIRE(c.status == status::ok);
      CHECK((c.p_value < 0.05) == !c.limits.contains(0));
      CHECK(c.test == m.name());
      // At the level 1 − p the interval ends at 0.
      const auto at_p = share_difference(e, 0, 1, baro::confidence_level(1 - c.p_value), m);
      const double nearest = c.statistic > 0 ? at_p.limits.low : at_p.limits.high;
      CHECK(std::abs(nearest) < 1e-9);
      // And whoever is first, the same is found.
      const auto back = share_difference(e, 1, 0, usual, m);
      CHECK(close(back.p_value, c.p_value, 1e-11));
      CHECK(close(back.statistic, -c.statistic, 1e-12));
      CHECK(std::abs(back.limits.low + c.limits.high) < 1e-12);
    }
  });
}

TEST_CASE("yes and no are two sides of one answer") {
  each_method([](const auto& m) {
    CAPTURE(m.name());
    const auto yes = share_difference(test::two_samples(7, 40, 31, 90), 0, 1, usual, m);
    const auto no = share_difference(test::two_samples(33, 40, 59, 90), 0, 1, usual, m);
    CHECK(close(yes.statistic, -no.statistic, 1e-12));
    CHECK(close(yes.limits.low, -no.limits.high, 1e-11));
  });
}

TEST_CASE("the standard error stays the design's, with the covariance of two domains") {
  test::survey s("apiclus1");
  const auto e = baro::share(s.design(), baro::categories(s.text("awards")),
                             baro::by(baro::categories(s.text("comp.imp"))));
  const std::size_t i = e.index_of("Yes", {"No"}), j = e.index_of("Yes", {"Yes"});
  const auto t = baro::difference(e, i, j, usual);
  each_method([&](const auto& m) {
    const auto c = share_difference(e, i, j, usual, m);
    CHECK(c.standard_error == t.standard_error);
    CHECK(c.difference == t.difference);
  });
}

TEST_CASE("double agrees with 50 digits") {
  using real = boost::multiprecision::number<boost::multiprecision::cpp_bin_float<50>,
                                             boost::multiprecision::et_off>;
  each_method([](const auto& m) {
    CAPTURE(m.name());
    const auto c = share_difference(test::two_samples(30, 122, 312, 1000), 0, 1, usual, m);
    const auto x =
        share_difference(test::two_samples<real>(30, 122, 312, 1000), 0, 1, usual, m);
    CHECK(close(c.statistic, static_cast<double>(x.statistic), 1e-12));
    CHECK(close(c.df, static_cast<double>(x.df), 1e-12));
    CHECK(close(c.p_value, static_cast<double>(x.p_value), 1e-11));
    CHECK(close(c.limits.low, static_cast<double>(x.limits.low), 1e-11));
    CHECK(close(c.limits.high, static_cast<double>(x.limits.high), 1e-11));
  });
}

TEST_CASE("nobody in both: an interval, no evidence; the t test has nothing to say") {
  const auto e = test::two_samples(0, 30, 0, 50);
  CHECK(baro::difference(e, 0, 1, usual).status == status::undefined);
  const auto c = share_difference(e, 0, 1, usual);
  CHECK(c.status == status::ok);
  CHECK(c.p_value == 1);
  CHECK(c.standard_error == 0);
  CHECK(c.limits.low > -0.15);
  CHECK(c.limits.high < 0.2);
}

TEST_CASE("what cannot be compared has a status and no figure") {
  const auto published = baro::published_share(0.4, std::nullopt);
  const auto e = baro::concatenate(test::two_samples(3, 10, 4, 10), published);
  const auto c = share_difference(e, 0, 2, usual);
  CHECK(c.status == status::no_base);
  CHECK(std::isnan(c.p_value));
  CHECK(std::isnan(c.limits.low));
  const auto none =
      share_difference(e, 0, 1, usual, baro::guarded_score{}, comparison_degrees::fixed(0));
  CHECK(none.status == status::no_degrees);
  CHECK(std::isnan(none.p_value));
  CHECK(test::refused<baro::value_error>([&] {
          static_cast<void>(share_difference(e, 1, 1, usual));
        }) == "difference: b = 1, must not be the entry it is compared with");
}

/// Wald's test, as a stranger would add it.
struct my_wald {
  static constexpr std::string_view name() { return "my_wald"; }
  template <class Real>
  Real error(const baro::share_pair<Real>& s) const {
    using std::sqrt;
    return sqrt(s.variance(s.a.p * s.a.q / s.a.size, s.b.p * s.b.q / s.b.size));
  }
  template <class Real>
  Real statistic(const baro::share_pair<Real>& s, const Real& delta) const {
    return (s.a.p - s.b.p - delta) / error(s);
  }
  template <class Real>
  Real df(const baro::share_pair<Real>& s) const {
    return s.df(s.a.p * s.a.q / s.a.size, s.b.p * s.b.q / s.b.size);
  }
  template <class Real>
  baro::detail::limits<Real> limits(const baro::share_pair<Real>& s, const Real& t) const {
    return {s.a.p - s.b.p - t * error(s), s.a.p - s.b.p + t * error(s)};
  }
};
static_assert(baro::share_comparison<my_wald>);
static_assert(!baro::share_comparison<int>);

TEST_CASE("a test of one's own: Wald's is the t test of the design") {
  const auto e = test::two_samples(30, 122, 312, 1000);
  const auto mine =
      share_difference(e, 0, 1, usual, my_wald{}, comparison_degrees::satterthwaite());
  const auto t = baro::difference(e, 0, 1, usual, comparison_degrees::satterthwaite());
  CHECK(close(mine.p_value, t.p_value, 1e-12));
  CHECK(close(mine.limits.low, t.limits.low, 1e-12));
}

}  // namespace hypothesis_share_difference
