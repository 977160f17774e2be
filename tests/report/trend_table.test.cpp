// SPDX-License-Identifier: BSL-1.0
// Series as a table of text: what is in a cell, which columns there are, how they are aligned.
#include <baro/report/trend_table.hpp>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <doctest/doctest.h>

#include <cstddef>
#include <report/series.hpp>
#include <sstream>
#include <string>
#include <support/nan.hpp>
#include <support/refused.hpp>
#include <vector>

TEST_SUITE_BEGIN("report/trend_table");

namespace report_trend_table {

using baro::trend_table, test::series_of;
using rows = std::vector<baro::named_series<double>>;

template <class Real = double>
std::vector<baro::named_series<Real>> three() {
  return {
      {"Salariés stressés",
       series_of<Real>(
           {{"2009", .52, 1000}, {"2011", .58, 1000}, {"2013", .57, 1000}, {"2015", .49, 1000}})
           .broken_at({3}),
       {}},
      {"Satisfaction moyenne",
       series_of<Real>({{"2009", 6.42, 900}, {"2011", 6.38, 900}, {"2015", 6.1, 900}},
                       baro::statistic::mean),
       {}},
      {"DRH",
       series_of<Real>({{"2011", .25, 300},
                        {"2013", test::nan, 1},
                        {"2015", .31, 300},
                        {"2017", .36, 320}}),
       {}}};
}

std::vector<std::string> lines(const std::string& text) {
  std::vector<std::string> out;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) out.push_back(line);
  return out;
}

TEST_CASE("a table in English") {
  CHECK(trend_table(three()) ==
        "                       2009    2011    2013    2015    2017\n"
        "Salariés stressés (%)    52 ¹    58 ▲    57 =    49 ²          ▃██│▁·\n"
        "Satisfaction moyenne   6.42 ¹  6.38 =          6.10 ▼          ██·▁·\n"
        "DRH (%)                          25 ¹     – ³    31 =    36 =  ·▁·▅█\n"
        "\n"
        "▲ higher, ▼ lower than the wave before at 95 % (p-values adjusted within each series, "
        "Holm); = not shown to differ\n"
        "¹ first wave\n"
        "² break in the series\n"
        "³ no answers\n");
}

TEST_CASE("the same in French, against one wave, at another level, not adjusted") {
  baro::trend_options options;
  options.in = baro::language::french;
  options.which = baro::change_set::reference(0);
  options.level = baro::confidence_level(0.985);
  options.adjustment = baro::adjustment::none;
  CHECK(trend_table(three(), options) ==
        "                       2009    2011    2013    2015    2017\n"
        "Salariés stressés (%)    52 ¹    58 ▲    57 =    49 ²          ▃██│▁·\n"
        "Satisfaction moyenne   6,42 ¹  6,38 =          6,10 ▼          ██·▁·\n"
        "DRH (%)                          25 ¹     – ³    31 =    36 ▲  ·▁·▅█\n"
        "\n"
        "▲ plus haut, ▼ plus bas que la vague de comparaison à 98,5 % (valeurs p non "
        "ajustées) ; = pas de différence établie\n"
        "¹ première vague\n"
        "² rupture de série\n"
        "³ aucune réponse\n");
}

TEST_CASE("what the changes are against, and by which adjustment, is said") {
  const auto last = [](const rows& r, const baro::trend_options& options) {
    return lines(trend_table(r, options))[3];
  };
  const rows one{three()[0]};
  baro::trend_options options;
  options.which = baro::change_set::reference(0);
  options.adjustment = baro::adjustment::benjamini_hochberg;
  CHECK(last(one, options) ==
        "▲ higher, ▼ lower than 2009 at 95 % (p-values adjusted within each series, "
        "Benjamini–Hochberg); = not shown to differ");
  options.which = baro::change_set::period(4);
  options.adjustment = baro::adjustment::benjamini_yekutieli;
  rows two = one;
  two[0].series = two[0].series.broken_at({});
  CHECK(last(two, options)
            .find("than 2009 at 95 % (p-values adjusted within each series, "
                  "Benjamini–Yekutieli)") == std::string::npos);
  CHECK(last(two, options).find("than the wave compared with at 95 %") != std::string::npos);
  two[0].changes = baro::changes(two[0].series, baro::confidence_level(0.95));
  CHECK(last(two, options) ==
        "▲ higher, ▼ lower than the wave before at 95 % (p-values as given); = not shown to "
        "differ");
}

TEST_CASE("decimals: the last digit is not worth more than the standard error, the median") {
  // A share of 0.5: the standard error is 50 / √(n − 1) points.
  const auto cell = [](double value, double n, baro::statistic kind) {
    const auto line =
        lines(trend_table(rows{{"x", series_of({{"2009", value, n}}, kind), {}}}))[1];
    std::istringstream in(line.substr(line.find("  ")));
    std::string figure;
    in >> figure;
    return figure;
  };
  using baro::statistic;
  CHECK(cell(.5234, 2400, statistic::share) == "52");    // 1.02 points
  CHECK(cell(.5234, 2600, statistic::share) == "52.3");  // 0.98
  CHECK(cell(.5234, 1e7, statistic::share) == "52.3");   // at most one
  CHECK(cell(1.23456, 4e2, statistic::mean) == "1.2");   // 0.1
  CHECK(cell(1.23456, 3e2, statistic::mean) == "1.2");   // 0.115
  CHECK(cell(1.23456, 5e2, statistic::mean) == "1.23");  // 0.089
  CHECK(cell(1.23456, 5e14, statistic::mean) == "1.234560");
  CHECK(cell(-123.6, 1, statistic::total) == "−124");
  CHECK(cell(-0.125, 401, statistic::balance) == "−12");  // 10 points
  // One wave of few people takes no digit from the others.
  const auto line = lines(trend_table(
      rows{{"x", series_of({{"1", .523, 5000}, {"2", .517, 5000}, {"3", .5, 20}}), {}}}))[1];
  CHECK(line.find("52.3 ¹  51.7 =  50.0 =") != std::string::npos);
}

TEST_CASE("columns are the waves of all series in the order of time, not of the rows") {
  const auto header = [](const rows& r) {
    std::istringstream in(lines(trend_table(r))[0]);
    std::vector<std::string> out;
    for (std::string word; in >> word;) out.push_back(word);
    return out;
  };
  using words = std::vector<std::string>;
  const auto of = [](std::vector<std::string> names) {
    std::vector<test::wave_figure> waves;
    for (auto& name : names) waves.push_back({std::move(name), .5, 400});
    return baro::named_series<double>{"x", series_of(waves), {}};
  };
  CHECK(header({of({"2015", "2017"}), of({"2009", "2016"})}) ==
        words{"2009", "2015", "2016", "2017"});
  // Names that are no numbers: each series counts 1, 2, 3 from its own first wave.
  CHECK(header({of({"mar", "apr", "may"}), of({"jan", "feb", "mar"})}) ==
        words{"jan", "feb", "mar", "apr", "may"});
  CHECK(header({of({"a", "c"}), of({"a", "b", "c"}), of({"c", "d"})}) ==
        words{"a", "b", "c", "d"});
  CHECK(test::refused<baro::value_error>([&] {
          static_cast<void>(trend_table(rows{of({"a", "b"}), of({"b", "a"})}));
        }) ==
        "trend_table: waves stand in another order from series to series, must be in one");
}

TEST_CASE("columns are as wide as they look: accents, marks, East Asian characters") {
  const auto s = series_of({{"été", .5, 400}, {"hiver", .6, 400}});
  const auto table = lines(trend_table(rows{
      {"abcde", s, {}}, {"éàçôï", s, {}}, {"e\u0301a\u0300cde", s, {}}, {"日本e", s, {}}}));
  // The first figure begins where 5 columns, " (%)" and two spaces end.
  for (std::size_t i = 1; i <= 4; ++i) {
    const std::size_t at = table[i].find("  50 ¹");
    REQUIRE(at != std::string::npos);
    CHECK(baro::detail::display_width(table[i].substr(0, at)) == 9 + 1);
  }
  CHECK(table[0] == "           été    hiver");
}

TEST_CASE("names as they can stand in one line") {
  const auto s = series_of({{"a\nb", .5, 400}});
  const auto table = lines(trend_table(rows{{"two\nlines\t\xff \xc3", s, {}}}));
  CHECK(table[0].find("a b") != std::string::npos);
  CHECK(table[1].find("two lines \uFFFD \uFFFD (%)") == 0);
}

TEST_CASE("more than nine reasons have two digits") {
  baro::detail::footnotes notes;
  for (int i = 1; i <= 11; ++i) CHECK(!notes.mark(std::to_string(i)).empty());
  CHECK(notes.mark("10") == "¹⁰");
  CHECK(notes.mark("3") == "³");
  CHECK(lines(notes.text()).size() == 11);
}

TEST_CASE("50 digits in, the same text out") {
  using real = boost::multiprecision::cpp_bin_float_50;
  CHECK(trend_table(three<real>(), {}, baro::plain_t{}) ==
        trend_table(three(), {}, baro::plain_t{}));
}

TEST_CASE("refusals") {
  CHECK(test::refused<baro::value_error>([&] { static_cast<void>(trend_table(rows{})); }) ==
        "trend_table: no series, must be one at least");
  CHECK(test::refused<baro::value_error>([&] {
          static_cast<void>(trend_table(rows{three()[0], {"empty", {}, {}}}));
        }) == "trend_table: series[1] = 0, must have a wave");
  CHECK(test::refused<baro::value_error>([&] {
          static_cast<void>(
              trend_table(rows{{"x", series_of({{"a", .5, 9}, {"a", .4, 9}}), {}}}));
        }) == "trend_table: wave[1] = 'a', must be the name of one wave of its series");
  auto entries = three()[0].series.figures().entries();
  entries[1].label.statistic = baro::statistic::mean;
  const auto figures = three()[0].series.figures();
  const baro::wave_series<double> mixed(
      baro::estimate<double>(figures.value(), figures.covariance(), entries),
      three()[0].series.times());
  CHECK(test::refused<baro::value_error>([&] {
          static_cast<void>(trend_table(rows{{"x", mixed, {}}}));
        }) == "trend_table: statistic[1] = 'mean', must be that of the first wave");
}

}  // namespace report_trend_table

TEST_SUITE_END();
