// SPDX-License-Identifier: BSL-1.0
// The solver: targets met, identities between methods, the same in 50 digits, what cannot be
// solved.
#include <baro/weights/calibrate.hpp>
#include <baro/weights/crossed.hpp>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <numeric>
#include <string>
#include <support/close.hpp>
#include <support/dice.hpp>
#include <support/refused.hpp>
#include <vector>

TEST_SUITE_BEGIN("weights/calibrate");

namespace weights_calibrate {

using baro::margin;
using test::close;
using real50 = boost::multiprecision::cpp_bin_float_50;

/// A made-up sample with margins that some of its weights are not far from.
struct sample {
  explicit sample(std::size_t n, unsigned seed = 1) {
    test::dice dice(seed);
    for (std::size_t i = 0; i < n; ++i) {
      a.push_back(static_cast<int>(dice.below(3)));
      b.push_back(static_cast<int>(dice.below(4)));
      d.push_back(1 + 9 * dice.uniform());
      y.push_back(1000 + 100 * dice.uniform());
      truth.push_back(d.back() * (0.6 + 0.3 * a.back() + 0.2 * b.back()));
    }
  }
  baro::categories qa() const { return baro::categories(a).named("a"); }
  baro::categories qb() const { return baro::categories(b).named("b"); }
  /// What other weights would give: targets that can be met.
  std::vector<baro::level_target> targets(const std::vector<int>& question, int levels) const {
    std::vector<baro::level_target> out;
    for (int l = 0; l < levels; ++l) out.push_back({std::to_string(l), 0});
    for (std::size_t i = 0; i < question.size(); ++i)
      out[static_cast<std::size_t>(question[i])].target += truth[i];
    return out;
  }
  margin ma() const { return margin::counts(qa(), targets(a, 3)); }
  margin mb() const { return margin::counts(qb(), targets(b, 4)); }
  margin my() const {
    return margin::total(baro::answers(y).named("y"),
                         std::inner_product(y.begin(), y.end(), truth.begin(), 0.0));
  }
  std::vector<int> a, b;
  std::vector<double> d, y, truth;
};

bool same(const baro::calibration& a, const baro::calibration& b, double tolerance) {
  for (std::size_t i = 0; i < a.size(); ++i)
    if (!close(a.weights()[i], b.weights()[i], tolerance)) return false;
  return a.size() == b.size();
}

/// Targets from the weights themselves, margin by margin.
void check_targets(const sample& s, const std::vector<double>& w) {
  const auto check = [&](const margin& m, const std::vector<int>& question) {
    for (const auto& t : m.targets()) {
      double sum = 0;
      for (std::size_t i = 0; i < w.size(); ++i)
        if (std::to_string(question[i]) == t.level) sum += w[i];
      CHECK(close(sum, t.target, 1e-10));
    }
  };
  check(s.ma(), s.a);
  check(s.mb(), s.b);
}

TEST_CASE("every distance meets the targets to 1e-10") {
  const sample s(500);
  const std::vector<std::vector<margin>> sets{{s.ma(), s.mb()}, {s.ma(), s.mb(), s.my()}};
  for (const auto& margins : sets) {
    const auto check = [&](const auto& distance) {
      const auto c = baro::calibrate(s.d, margins, distance);
      REQUIRE(c.status() == baro::status::ok);
      CHECK(c.largest_gap() <= 1e-12);
      check_targets(s, {c.weights().begin(), c.weights().end()});
    };
    check(baro::linear_distance{});
    check(baro::raking_distance{});
    check(baro::logit_distance({.low = 0.4, .high = 2.5}));
    check(baro::truncated_distance({.low = 0.5, .high = 1.9}));
    check(baro::sinh_distance{});
  }
}

TEST_CASE("bounded distances keep their bounds") {
  const sample s(500);
  const auto logit =
      baro::calibrate(s.d, {s.ma(), s.mb()}, baro::logit_distance({.low = 0.5, .high = 2}));
  CHECK(logit.factors().smallest() > 0.5);
  CHECK(logit.factors().largest() < 2);
  const auto cut = baro::calibrate(s.d, {s.ma(), s.mb()},
                                   baro::truncated_distance({.low = 0.65, .high = 2}));
  REQUIRE(cut.status() == baro::status::ok);
  CHECK(close(cut.factors().smallest(), 0.65, 1e-14));
}

TEST_CASE("post-stratification, one margin raked and linear calibration on it are one") {
  const sample s(300);
  const auto cells = baro::poststratify(s.d, s.ma());
  CHECK(same(cells, baro::rake(s.d, {s.ma()}), 1e-12));
  CHECK(same(cells, baro::calibrate(s.d, {s.ma()}, baro::raking_distance{}), 1e-12));
  CHECK(same(cells, baro::calibrate(s.d, {s.ma()}, baro::linear_distance{}), 1e-12));
}

TEST_CASE("iterative proportional fitting arrives where Newton does") {
  const sample s(400);
  const std::vector<margin> margins{s.ma(), s.mb()};
  CHECK(same(baro::rake(s.d, margins, {.tolerance = 1e-14, .max_iterations = 1000}),
             baro::calibrate(s.d, margins, baro::raking_distance{}), 1e-11));
}

TEST_CASE("the scale of the weights and the order of the rows change nothing") {
  const sample s(300);
  sample scaled = s, turned = s;
  for (double& w : scaled.d) w *= 1e-6;
  const auto c = baro::calibrate(s.d, {s.ma(), s.mb()}, baro::raking_distance{});
  CHECK(same(c, baro::calibrate(scaled.d, {s.ma(), s.mb()}, baro::raking_distance{}), 1e-11));
  for (auto* column : {&turned.d, &turned.truth}) std::reverse(column->begin(), column->end());
  for (auto* column : {&turned.a, &turned.b}) std::reverse(column->begin(), column->end());
  const auto back =
      baro::calibrate(turned.d, {turned.ma(), turned.mb()}, baro::raking_distance{});
  for (std::size_t i = 0; i < s.d.size(); ++i)
    CHECK(close(back.weights()[s.d.size() - 1 - i], c.weights()[i], 1e-11));
}

TEST_CASE("merging identical respondents changes nothing") {
  const std::vector<int> a{1, 1, 1, 2, 2}, merged_a{1, 1, 2};
  const std::vector<int> b{1, 1, 2, 1, 2}, merged_b{1, 2, 1};
  const std::vector<double> d{1, 3, 2, 2, 5};
  const auto margins = [](const std::vector<int>& p, const std::vector<int>& q) {
    return std::vector<margin>{
        margin::counts(baro::categories(p).named("a"), {{"1", 8}, {"2", 6}}),
        margin::counts(baro::categories(q).named("b"), {{"1", 9}, {"2", 5}})};
  };
  const auto apart = baro::calibrate(d, margins(a, b), baro::raking_distance{});
  const std::vector<int> ma{1, 1, 2, 2}, mb{1, 2, 1, 2};
  const std::vector<double> md{4, 2, 2, 5};
  const auto together = baro::calibrate(md, margins(ma, mb), baro::raking_distance{});
  CHECK(close(apart.weights()[0] + apart.weights()[1], together.weights()[0], 1e-12));
  CHECK(close(apart.weights()[2], together.weights()[1], 1e-12));
  CHECK(close(apart.weights()[4], together.weights()[3], 1e-12));
}

TEST_CASE("profiles and rows of their own give the same weights") {
  const sample s(400);
  const std::vector<double> q(400, 1.0);
  CHECK(same(baro::calibrate(s.d, {s.ma(), s.mb()}, baro::raking_distance{}),
             baro::calibrate(s.d, {s.ma(), s.mb()}, baro::raking_distance{},
                             {.q = baro::number_view(q)}),
             1e-12));
}

TEST_CASE("many margins whose combinations are nearly all distinct") {
  test::dice dice(7);
  const std::size_t n = 3000;
  std::vector<std::vector<int>> answer(12, std::vector<int>(n));
  std::vector<double> d(n, 1.0), truth(n);
  for (std::size_t i = 0; i < n; ++i) {
    truth[i] = 1;
    for (auto& column : answer) {
      column[i] = static_cast<int>(dice.below(7));
      truth[i] *= 1 + 0.02 * (column[i] - 3);
    }
  }
  std::vector<margin> margins;
  for (std::size_t m = 0; m < answer.size(); ++m) {
    std::vector<baro::level_target> t;
    for (int l = 0; l < 7; ++l) t.push_back({std::to_string(l), 0});
    for (std::size_t i = 0; i < n; ++i)
      t[static_cast<std::size_t>(answer[m][i])].target += truth[i];
    margins.push_back(
        margin::counts(baro::categories(answer[m]).named("q" + std::to_string(m)), t));
  }
  const auto c = baro::calibrate(d, margins, baro::raking_distance{});
  CHECK(c.status() == baro::status::ok);
  CHECK(c.largest_gap() < 1e-12);
  CHECK(same(c, baro::rake(d, margins, {.tolerance = 1e-13, .max_iterations = 1000}), 1e-10));
}

template <class Real, class Distance>
std::vector<Real> factors(const std::vector<margin>& margins, const std::vector<double>& d,
                          const Distance& distance) {
  baro::detail::problem_builder builder("test", margins, d, {}, false);
  const auto s =
      baro::detail::calibration_solver<Real>(builder.problem())
          .solve([&](std::size_t, const Real& u) { return distance.factor(u); },
                 [&](std::size_t, const Real& u) { return distance.slope(u); }, {1e-10, 100});
  CHECK(s.status == baro::status::ok);
  CHECK(s.largest_gap < 1e-14);  // the targets are double: they agree to 16 digits
  return s.factor;
}

TEST_CASE("double agrees with 50 digits to 1e-12") {
  const sample s(120);
  const auto check = [&](const std::vector<margin>& margins, const auto& distance) {
    const auto two = factors<double>(margins, s.d, distance);
    const auto fifty = factors<real50>(margins, s.d, distance);
    for (std::size_t u = 0; u < two.size(); ++u) CHECK(close(two[u], fifty[u], 1e-12));
  };
  for (const auto& margins :
       {std::vector<margin>{s.ma(), s.mb()}, std::vector<margin>{s.ma(), s.mb(), s.my()}}) {
    check(margins, baro::linear_distance{});
    check(margins, baro::raking_distance{});
    check(margins, baro::logit_distance({.low = 0.3, .high = 3}));
    check(margins, baro::truncated_distance({.low = 0.7, .high = 1.9}));
    check(margins, baro::sinh_distance{});
  }
}

TEST_CASE("a cost lets a margin be missed, and in the limit not") {
  const sample s(300);
  const auto exact = baro::calibrate(s.d, {s.ma(), s.mb()}, baro::linear_distance{});
  const auto dear =
      baro::calibrate(s.d, {s.ma(), s.mb().with_cost(1e9)}, baro::linear_distance{});
  CHECK(same(exact, dear, 1e-8));
  const auto cheap =
      baro::calibrate(s.d, {s.ma(), s.mb().with_cost(1e-9)}, baro::linear_distance{});
  CHECK(same(cheap, baro::calibrate(s.d, {s.ma()}, baro::linear_distance{}), 1e-6));
  const auto some =
      baro::calibrate(s.d, {s.ma(), s.mb().with_cost(1e-3)}, baro::raking_distance{});
  CHECK(some.status() == baro::status::ok);
  const auto missed_by = [](const baro::calibration& c) {
    double sum = 0;
    for (std::size_t j = 3; j < 7; ++j) sum += c.margins()[j].gap * c.margins()[j].gap;
    return sum;
  };
  CHECK(missed_by(some) > 1e-6);
  CHECK(missed_by(some) < 0.9 * missed_by(cheap));
}

TEST_CASE("shares and percentages are of the total of the weights") {
  const std::vector<int> a{1, 1, 2, 2};
  const std::vector<double> d{1, 2, 3, 4};
  const auto q = baro::categories(a).named("a");
  const auto share = baro::poststratify(d, margin::shares(q, {{"1", 0.6}, {"2", 0.4}}));
  CHECK(close(share.weights()[0], 2.0, 1e-14));
  CHECK(close(share.margins()[0].target, 6.0, 1e-14));
  CHECK(same(share, baro::poststratify(d, margin::percentages(q, {{"1", 60}, {"2", 40}})),
             1e-14));
}

TEST_CASE("margins that disagree about the population are refused with both sizes") {
  const sample s(60);
  const auto why = test::refused<baro::value_error>([&] {
    (void)baro::rake(s.d,
                     {margin::counts(s.qa(), {{"0", 10}, {"1", 10}, {"2", 10}}),
                      margin::counts(s.qb(), {{"0", 10}, {"1", 10}, {"2", 10}, {"3", 1}})});
  });
  CHECK(why == "rake: the targets of b sum to 31, those of a to 30, must be the same");
}

TEST_CASE("levels without a target, targets without anybody and missing answers have names") {
  const std::vector<double> d{1, 1, 1};
  const std::vector<std::string> a{"x", "", "y"}, b{"x", "z", "y"};
  const auto why = [&](const std::vector<std::string>& column,
                       std::vector<baro::level_target> t) {
    return test::refused<baro::value_error>([&] {
      (void)baro::poststratify(d, margin::counts(baro::categories(column).named("q"), t));
    });
  };
  CHECK(why(a, {{"x", 1}, {"y", 1}}) ==
        "poststratify: q[1] = missing, must have a level of the margin");
  CHECK(why(b, {{"x", 1}, {"y", 1}}) ==
        "poststratify: q[1] = 'z', must have a target in the margin");
  CHECK(
      why(b, {{"x", 1}, {"y", 1}, {"z", 1}, {"w", 5}}) ==
      "poststratify: target of q='w' = 5, must have somebody in the sample: no respondent has "
      "this level");
}

TEST_CASE("what cannot be met says which margins exclude each other") {
  // Everybody with a = 1 has b = 1, but more of a = 1 are wanted than of b = 1.
  const std::vector<int> a{1, 1, 2, 2, 2}, b{1, 1, 1, 2, 2}, c{1, 2, 1, 2, 1};
  const std::vector<double> d(5, 1.0);
  const auto m = [](const std::vector<int>& q, const char* name, double one, double two) {
    return margin::counts(baro::categories(q).named(name), {{"1", one}, {"2", two}});
  };
  const std::vector<margin> margins{m(c, "c", 50, 50), m(a, "a", 70, 30), m(b, "b", 60, 40)};
  const auto raked = baro::calibrate(d, margins, baro::raking_distance{});
  CHECK(raked.status() == baro::status::infeasible);
  CHECK(raked.conflict() == std::vector<std::string>{"a", "b"});
  CHECK(raked.explanation().find("margins a and b together") != std::string::npos);
  CHECK(baro::rake(d, margins).status() == baro::status::infeasible);
  const auto linear = baro::calibrate(d, margins, baro::linear_distance{});
  CHECK(linear.status() == baro::status::ok);  // with negative weights, which it counts
  CHECK(linear.summary().negative() > 0);
}

TEST_CASE("the conflict is right beside a number, which is about its own mean inside") {
  // a = p is wanted 9 times, 4 is the most there can be; x alone can be met.
  const std::vector<std::string> a{"p", "q", "q", "q"};
  const std::vector<double> d(4, 1.0), x{1, 2, 3, 4};
  const auto c =
      baro::calibrate(d,
                      {margin::counts(baro::categories(a).named("a"), {{"p", 9}, {"q", 3}}),
                       margin::total(baro::answers(x).named("x"), 20)},
                      baro::truncated_distance({.low = 0.5, .high = 4}));
  CHECK(c.status() == baro::status::infeasible);
  CHECK(c.conflict() == std::vector<std::string>{"a"});
  double total = 0;
  for (std::size_t i = 0; i < 4; ++i) total += c.weights_anyway()[i] * x[i];
  CHECK(close(c.margins()[2].after, total, 1e-12));
}

TEST_CASE("the linear method knows no bounds, but contradictions") {
  // b says nothing that a does not say already, and says something else.
  const std::vector<int> a{1, 1, 2, 2}, b{5, 5, 6, 6};
  const std::vector<double> d(4, 1.0);
  const auto c =
      baro::calibrate(d,
                      {margin::counts(baro::categories(a).named("a"), {{"1", 5}, {"2", 5}}),
                       margin::counts(baro::categories(b).named("b"), {{"5", 6}, {"6", 4}})},
                      baro::linear_distance{});
  CHECK(c.status() == baro::status::infeasible);
  CHECK(c.conflict() == std::vector<std::string>{"a", "b"});
}

TEST_CASE("margins that only weights of 0 meet have no raking solution") {
  // Who has b = 1 has a = 1 too, and both are wanted 50 times: nobody is left for a = 1, b = 2.
  const std::vector<int> a{1, 1, 2, 2}, b{1, 2, 2, 2};
  const std::vector<double> d(4, 25.0);
  const auto m = [](const std::vector<int>& q, const char* name, double one, double two) {
    return margin::counts(baro::categories(q).named(name), {{"1", one}, {"2", two}});
  };
  const auto c =
      baro::calibrate(d, {m(a, "a", 50, 60), m(b, "b", 50, 60)}, baro::raking_distance{});
  CHECK(c.status() == baro::status::infeasible);
  CHECK(c.vanishing() == std::vector<std::size_t>{1});
  const auto cut = baro::calibrate(d, {m(a, "a", 50, 60), m(b, "b", 50, 60)},
                                   baro::truncated_distance({.low = 0, .high = 4}));
  CHECK(cut.status() == baro::status::ok);  // which may set a weight to 0
}

TEST_CASE("a margin with a price excludes nothing") {
  const std::vector<int> a{0, 0, 0, 1, 1, 1};
  const std::vector<double> d(6, 10.0), x{1, 2, 3, 4, 5, 6};
  const margin met = margin::counts(baro::categories(a).named("a"), {{"0", 30}, {"1", 30}});
  for (const double cost : {1e-3, 1.0, 1e6}) {
    CAPTURE(cost);
    const std::vector<margin> margins{
        met, margin::total(baro::answers(x).named("x"), 1e6).with_cost(cost)};
    const auto cut =
        baro::calibrate(d, margins, baro::truncated_distance({.low = .5, .high = 2}));
    CHECK(cut.status() != baro::status::infeasible);
    const auto raked = baro::calibrate(d, margins, baro::raking_distance{});
    CHECK(raked.status() != baro::status::infeasible);
    CHECK(raked.conflict().empty());
  }
}

TEST_CASE("bounds on final weights win over those of the distance") {
  const std::vector<int> a{0, 0, 1, 1};
  const std::vector<double> d{100, 20, 20, 20};
  const std::vector<margin> margins{
      margin::counts(baro::categories(a).named("a"), {{"0", 60}, {"1", 60}})};
  const auto c = baro::calibrate(d, margins, baro::logit_distance({.low = .5, .high = 2}),
                                 {.final_weights = baro::weight_bounds{0, 40}});
  CHECK(c.status() == baro::status::ok);
  CHECK(close(c.weights()[0], 40, 1e-12));
  CHECK(close(c.weights()[1], 20, 1e-9));
}

TEST_CASE("one level is out of reach by itself") {
  const std::vector<int> a{0, 0, 1, 1, 2, 2}, b{0, 1, 0, 1, 0, 1};
  const std::vector<double> d(6, 10.0);
  const auto c = baro::calibrate(
      d,
      {margin::counts(baro::categories(b).named("b"), {{"0", 31}, {"1", 29}}),
       margin::counts(baro::categories(a).named("a"), {{"0", 25}, {"1", 25.01}, {"2", 9.99}})},
      baro::logit_distance({.low = 0.5, .high = 2}));
  CHECK(c.status() == baro::status::infeasible);
  CHECK(c.conflict() == std::vector<std::string>{"a"});
}

TEST_CASE("many margins: who has no level of one is refused, whatever the others") {
  std::vector<std::vector<std::string>> column(15);
  for (std::size_t m = 0; m < column.size(); ++m) {
    for (int i = 0; i < 100; ++i) column[m].push_back(std::to_string(i % 10));
  }
  std::vector<double> d(100, 1.0);
  for (const char* last : {"", "zz"}) {
    for (std::size_t m = 0; m < column.size(); ++m)
      column[m].back() = m + 1 < column.size() ? "9" : last;
    std::vector<margin> margins;
    for (std::size_t m = 0; m < column.size(); ++m) {
      std::vector<baro::level_target> targets;
      for (int l = 0; l < 10; ++l) targets.push_back({std::to_string(l), 10});
      margins.push_back(
          margin::counts(baro::categories(column[m]).named("m" + std::to_string(m)), targets));
    }
    CAPTURE(last);
    const std::string expected = std::string("rake: m14[99] = ") +
                                 (*last == 0 ? "missing" : "'zz'") + ", must have a " +
                                 (*last == 0 ? "level of the margin" : "target in the margin");
    CHECK_THROWS_WITH_AS(baro::rake(d, margins), expected.c_str(), baro::value_error);
    CHECK_THROWS_WITH_AS(baro::rake(d, margins, {.stop = baro::stopping_rule::cell_change}),
                         expected.c_str(), baro::value_error);
  }
}

TEST_CASE("not converged is told from infeasible") {
  const sample s(300);
  const auto c = baro::rake(s.d, {s.ma(), s.mb()}, {.max_iterations = 1});
  CHECK(c.status() == baro::status::iteration_limit);
  CHECK(c.explanation().find("not converged after 1 iterations") != std::string::npos);
  CHECK(c.conflict().empty());
}

TEST_CASE("trimmed weights keep the margins and their bounds") {
  const sample s(400);
  const auto c = baro::calibrate(s.d, {s.ma(), s.mb()}, baro::raking_distance{});
  const auto t = baro::trim(c, {s.ma(), s.mb()}, {.low = 0.3, .high = 2});
  REQUIRE(t.status() == baro::status::ok);
  const double mean = t.summary().mean();
  CHECK(t.summary().largest() <= 2 * mean * (1 + 1e-12));
  CHECK(t.summary().smallest() >= 0.3 * mean * (1 - 1e-12));
  CHECK(t.summary().largest() < c.summary().largest());
  check_targets(s, {t.weights().begin(), t.weights().end()});
  CHECK(t.steps() == std::vector<std::string>{"raking", "trim"});
}

TEST_CASE("calibration inside each wave is one margin crossed with it") {
  sample s(600);
  std::vector<int> wave;
  for (std::size_t i = 0; i < 600; ++i) wave.push_back(static_cast<int>(i % 2));
  const auto waves = baro::categories(wave).named("wave");
  const auto crossed = baro::crossed(waves, s.qa());
  std::vector<baro::level_target> t;
  for (const auto& label : crossed.labels()) t.push_back({label, 100.0 + 10 * label[2]});
  const auto all = baro::calibrate(s.d, {margin::counts(crossed, t)}, baro::raking_distance{});
  for (int w = 0; w < 2; ++w) {
    std::vector<int> a;
    std::vector<double> d;
    std::vector<double> got;
    for (std::size_t i = 0; i < 600; ++i)
      if (wave[i] == w) {
        a.push_back(s.a[i]);
        d.push_back(s.d[i]);
        got.push_back(all.weights()[i]);
      }
    std::vector<baro::level_target> own;
    for (const auto& target : t)
      if (target.level[0] == '0' + w) own.push_back({target.level.substr(2), target.target});
    const auto alone = baro::calibrate(d, {margin::counts(baro::categories(a).named("a"), own)},
                                       baro::raking_distance{});
    for (std::size_t i = 0; i < got.size(); ++i)
      CHECK(close(alone.weights()[i], got[i], 1e-11));
  }
}

TEST_CASE("a household has one weight, and the targets are met") {
  sample s(400);
  std::vector<int> household;
  for (std::size_t i = 0; i < 400; ++i) {
    household.push_back(static_cast<int>(i / 3));
    s.d[i] = s.d[i / 3 * 3];
  }
  for (const bool with_total : {false, true}) {
    std::vector<margin> margins{s.ma(), s.mb()};
    if (with_total) margins.push_back(s.my());
    const auto c = baro::calibrate(s.d, margins, baro::raking_distance{},
                                   {.household = baro::households(household)});
    REQUIRE(c.status() == baro::status::ok);
    check_targets(s, {c.weights().begin(), c.weights().end()});
    for (std::size_t i = 0; i < 400; ++i)
      CHECK(close(c.weights()[i], c.weights()[i / 3 * 3], 1e-14));
  }
}

TEST_CASE("weights on another scale keep their chain") {
  const sample s(200);
  const auto c = baro::rake(s.d, {s.ma(), s.mb()});
  const auto n = baro::scaled(c, 200);
  CHECK(close(n.summary().sum(), 200.0, 1e-12));
  CHECK(close(n.weights()[7] / n.weights()[3], c.weights()[7] / c.weights()[3], 1e-14));
  CHECK(n.steps() == std::vector<std::string>{"raking", "scale"});
  CHECK(test::refused<baro::value_error>([&] { (void)baro::scaled(c, 0); }) ==
        "scaled: total = 0, must be above 0 and finite");
}

}  // namespace weights_calibrate

TEST_SUITE_END();
