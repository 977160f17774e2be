// SPDX-License-Identifier: BSL-1.0
// One mark a wave: what the tests of the changes say, and why nothing is said.
#include <baro/report/change_marks.hpp>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <doctest/doctest.h>

#include <cstddef>
#include <limits>
#include <report/series.hpp>
#include <string>
#include <support/close.hpp>
#include <support/nan.hpp>
#include <support/refused.hpp>
#include <vector>

TEST_SUITE_BEGIN("report/change_marks");

namespace report_change_marks {

using baro::adjustment, baro::change_mark, baro::change_marks, baro::change_set, baro::status;
using test::series_of;
using row = baro::named_series<double>;
using words = std::vector<std::string>;

/// Up, as before, down, by 1000 answers a wave.
row up_and_down() {
  return {"stressed", series_of({{"2009", .52, 1000},
                                 {"2011", .58, 1000},
                                 {"2013", .57, 1000},
                                 {"2015", .50, 1000}})};
}

/// The symbol of each wave, or why there is none.
words told(const row& r, const baro::trend_options& options = {}) {
  words out;
  for (const auto& m : change_marks(r, options))
    out.push_back(m.why.empty() ? std::string(symbol(m.mark)) : m.why);
  return out;
}

TEST_CASE("up, not shown to differ, down, against the wave before") {
  CHECK(told(up_and_down()) == words{"first wave", "▲", "=", "▼"});
}

TEST_CASE("a mark is the adjusted p-value of the change against the level") {
  const row r = up_and_down();
  auto family = baro::changes(r.series, baro::confidence_level(0.95));
  baro::adjust_changes(family, adjustment::holm);
  const auto marks = change_marks(r);
  for (const auto& c : family) {
    CHECK(marks[c.to].change.p_adjusted == c.p_adjusted);
    CHECK(marks[c.to].change.found.p_value == c.found.p_value);
    // One level a hair above its p-value, one a hair below.
    for (const double hair : {-1e-9, 1e-9}) {
      baro::trend_options options;
      options.level = baro::confidence_level(1 - c.p_adjusted * (1 + hair));
      if (!(c.p_adjusted < 0.9)) continue;
      CHECK((change_marks(r, options)[c.to].mark == change_mark::equal) == (hair < 0));
    }
  }
  // By hand of two changes with p and q > p: Holm multiplies p by 2.
  const row two{"", series_of({{"1", .52, 1000}, {"2", .56, 1000}, {"3", .55, 1000}})};
  const double p = change_marks(two)[1].change.found.p_value;
  CHECK(test::close(change_marks(two)[1].change.p_adjusted, 2 * p, 1e-14));
  baro::trend_options options;
  options.level = baro::confidence_level(1 - 1.5 * p);
  CHECK(told(two, options) == words{"first wave", "=", "="});
  options.adjustment = adjustment::none;
  CHECK(told(two, options) == words{"first wave", "▲", "="});
}

TEST_CASE("against one wave, and against a period before") {
  baro::trend_options options;
  options.which = change_set::reference(1);
  CHECK(told(up_and_down(), options) == words{"▼", "no wave to compare with", "=", "▼"});
  options.which = change_set::period(4);
  CHECK(told(up_and_down(), options) ==
        words{"first wave", "no wave to compare with", "▲", "▼"});
}

TEST_CASE("a break has no mark, the waves on either side have") {
  row r = up_and_down();
  r.series = r.series.broken_at({2});
  CHECK(told(r) == words{"first wave", "▲", "break in the series", "▼"});
}

TEST_CASE("why there is no mark, in English and in French") {
  const auto s = up_and_down().series;
  const auto why = [&](status of, baro::language in) {
    baro::trend_options options;
    options.in = in;
    return told({"", test::with_status(s, 1, of)}, options)[1];
  };
  using baro::language;
  CHECK(why(status::no_base, language::english) == "base not published");
  CHECK(why(status::no_base, language::french) == "base non publiée");
  CHECK(why(status::empty_domain, language::english) == "no answers");
  CHECK(why(status::empty_domain, language::french) == "aucune réponse");
  CHECK(why(status::zero_denominator, language::english) == "denominator of 0");
  CHECK(why(status::zero_denominator, language::french) == "dénominateur nul");
  CHECK(why(status::undefined, language::english) == "not defined");
  CHECK(why(status::undefined, language::french) == "non défini");
  CHECK(why(status::infeasible, language::french) == "infeasible");
  CHECK(why(status::no_degrees, language::english) == "too few degrees of freedom");
  CHECK(why(status::no_degrees, language::french) == "trop peu de degrés de liberté");
  constexpr double all = std::numeric_limits<double>::infinity();  // V = 4 / n = 0
  const row none{"", series_of({{"1", 3, all}, {"2", 4, all}}, baro::statistic::mean)};
  CHECK(told(none) == words{"first wave", "nothing varies"});
  baro::trend_options french;
  french.in = language::french;
  CHECK(told(none, french) == words{"première vague", "rien ne varie"});
}

TEST_CASE("a wave after one without a figure") {
  const auto s = up_and_down().series;
  // The first one that has a figure is the first wave, others look further back.
  CHECK(told({"", test::with_status(s, 0, status::empty_domain)}) ==
        words{"no answers", "first wave", "=", "▼"});
  CHECK(told({"", test::with_status(s, 2, status::empty_domain)}) ==
        words{"first wave", "▲", "no answers", "▼"});
  // Against a wave that was published without its base: that is why, not that it is the first.
  CHECK(told({"", test::with_status(s, 0, status::no_base)}) ==
        words{"base not published", "base of " + s.wave(0) + " not published", "=", "▼"});
  baro::trend_options options;
  options.which = change_set::reference(2);
  CHECK(told({"", test::with_status(s, 2, status::empty_domain)}, options) ==
        words{"no figure to compare with", "no figure to compare with", "no answers",
              "no figure to compare with"});
}

TEST_CASE("changes that are given are taken as they are") {
  row r = up_and_down();
  r.changes = baro::changes(r.series, baro::confidence_level(0.95), change_set::reference(0),
                            baro::plain_t{});
  r.changes[0].p_adjusted = 0.2;
  CHECK(told(r) == words{"first wave", "=", "▲", "="});
  r.changes[0].p_adjusted = test::nan;
  CHECK(told(r)[1] == "not tested");
}

TEST_CASE("the method of the test is the caller's") {
  const row r = up_and_down();
  const auto by_t = change_marks(r, {}, baro::plain_t{});
  CHECK(by_t[1].change.found.test == "design_t");
  CHECK(change_marks(r)[1].change.found.test == "guarded_score");
}

TEST_CASE("symbols and names of marks") {
  CHECK(symbol(change_mark::none).empty());
  CHECK(name(change_mark::none) == "none");
  CHECK(name(change_mark::rise) == "rise");
  CHECK(name(change_mark::fall) == "fall");
  CHECK(name(change_mark::equal) == "equal");
}

TEST_CASE("50 digits in, the same out") {
  using real = boost::multiprecision::cpp_bin_float_50;
  const std::vector<test::wave_figure> waves{
      {"2009", 6.5, 900}, {"2011", 6.9, 900}, {"2013", 6.85, 900}, {"2015", 6.5, 900}};
  const auto x = change_marks<real>({"", series_of<real>(waves, baro::statistic::mean)}, {},
                                    baro::plain_t{});
  const auto d =
      change_marks<double>({"", series_of(waves, baro::statistic::mean)}, {}, baro::plain_t{});
  for (std::size_t t = 0; t < waves.size(); ++t) {
    CHECK(d[t].mark == x[t].mark);
    if (t > 0)
      CHECK(test::close(d[t].change.p_adjusted, static_cast<double>(x[t].change.p_adjusted),
                        1e-10));
  }
}

TEST_CASE("refusals") {
  row r = up_and_down();
  r.changes = baro::changes(r.series, baro::confidence_level(0.95));
  r.changes.push_back(r.changes[1]);
  CHECK(test::refused<baro::value_error>([&] { static_cast<void>(change_marks(r)); }) ==
        "change_marks: changes[3] = 2, must be the only change to its wave");
  r.changes[3].to = 4;
  CHECK(test::refused<baro::value_error>([&] { static_cast<void>(change_marks(r)); }) ==
        "change_marks: changes[3] = 4, must be of two waves of the series");
  r.changes[3].to = r.changes[3].from;
  CHECK_THROWS_AS(static_cast<void>(change_marks(r)), baro::value_error);
}

}  // namespace report_change_marks

TEST_SUITE_END();
