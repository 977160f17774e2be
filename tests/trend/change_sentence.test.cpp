// SPDX-License-Identifier: BSL-1.0
// Changes as a client reads them, in English and French, to the letter.
#include <baro/trend/change_sentence.hpp>
#include <baro/trend/published_series.hpp>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <doctest/doctest.h>

#include <limits>
#include <optional>
#include <string>
#include <support/nan.hpp>
#include <utility>
#include <vector>

TEST_SUITE_BEGIN("trend/change_sentence");

namespace trend_change_sentence {

using baro::change_sentence, baro::language, baro::status;

/// A share that went from 31 % to 35 %, made up.
template <class Real = double>
baro::comparison<Real> shares() {
  baro::comparison<Real> c;
  c.a.statistic = c.b.statistic = baro::statistic::share;
  c.a.wave = "2013";
  c.b.wave = "2011";
  c.value_a = Real(0.35);
  c.value_b = Real(0.31);
  c.difference = Real(0.04);
  c.limits.low = Real(0.01);
  c.limits.high = Real(0.07);
  c.limits.level = baro::confidence_level(0.95);
  c.p_value = Real(0.0121);
  return c;
}

TEST_CASE("a change that is shown") {
  const auto c = shares();
  CHECK(change_sentence(c, {.decimals = 0}, language::french) ==
        "De 2011 à 2013, la part passe de 31 % à 35 %, +4 points [+1 ; +7] à 95 %, p = 0,012");
  CHECK(change_sentence(c) ==
        "Between 2011 and 2013, the share went from 31.0 % to 35.0 %, +4.0 points [+1.0; +7.0] "
        "at 95 %, p = 0.012");
  CHECK(change_sentence(c, {.what = "la part des stressés"}, language::french)
            .starts_with("De 2011 à 2013, la part des stressés passe de 31,0 % à 35,0 %"));
}

TEST_CASE("a change that is not shown is not called one") {
  auto c = shares();
  c.value_a = 0.32;
  c.difference = 0.01;
  c.limits.low = -0.02;
  c.limits.high = 0.04;
  c.p_value = 0.5124;
  CHECK(change_sentence(c, {}, language::french) ==
        "De 2011 à 2013, la part vaut 31,0 %, puis 32,0 %, +1,0 point [−2,0 ; +4,0] à 95 %, "
        "p = 0,512 : pas d'évolution démontrée");
  CHECK(change_sentence(c) ==
        "Between 2011 and 2013, the share was 31.0 %, then 32.0 %, +1.0 point [−2.0; +4.0] at "
        "95 %, p = 0.512: no change shown");
  c.difference = -0.0004;
  CHECK(change_sentence(c).find(", 0.0 points [") != std::string::npos);
  c.difference = 0.0196;
  CHECK(change_sentence(c, {.decimals = 0}, language::french).find("+2 points") !=
        std::string::npos);
  c.difference = -0.0194;
  CHECK(change_sentence(c, {}, language::french).find("−1,9 point [") != std::string::npos);
}

TEST_CASE("the level decides what is shown, and is printed") {
  auto c = shares();
  c.limits.level = baro::confidence_level(0.99);
  CHECK(change_sentence(c).ends_with("at 99 %, p = 0.012: no change shown"));
  c.limits.level = baro::confidence_level(0.987);
  CHECK(change_sentence(c, {}, language::french).ends_with("à 98,7 %, p = 0,012"));
  c.p_value = 0.00004;
  CHECK(change_sentence(c).ends_with(", p < 0.001"));
}

TEST_CASE("in a family the adjusted p-value decides") {
  baro::wave_change<> w{0, 1, shares(), 0.0121};
  CHECK(change_sentence(w) == change_sentence(w.found));
  w.p_adjusted = 0.0363;
  CHECK(change_sentence(w).ends_with("at 95 %, p = 0.012 (adjusted p = 0.036)"));
  w.p_adjusted = 0.0605;
  CHECK(change_sentence(w, {}, language::french)
            .ends_with("p = 0,012 (p ajusté = 0,060) : pas d'évolution démontrée"));
  w.p_adjusted = test::nan;
  CHECK(change_sentence(w) == change_sentence(w.found));
}

TEST_CASE("other figures in their unit") {
  auto c = shares();
  c.a.statistic = c.b.statistic = baro::statistic::mean;
  c.value_b = 1850.4;
  c.value_a = 1790.6;
  c.difference = -59.8;
  c.limits.low = -100.25;
  c.limits.high = -19.35;
  CHECK(change_sentence(c, {.what = "le salaire moyen", .unit = "€", .decimals = 0},
                        language::french) ==
        "De 2011 à 2013, le salaire moyen passe de 1850 € à 1791 €, −60 € [−100 ; −19] à 95 %, "
        "p = 0,012");
  CHECK(
      change_sentence(c) ==
      "Between 2011 and 2013, the mean went from 1850.40 to 1790.60, −59.80 [−100.25; −19.35] "
      "at 95 %, p = 0.012");
  c.a.statistic = baro::statistic::balance;
  CHECK(change_sentence(c, {}, language::french).starts_with("De 2011 à 2013, le solde passe"));
  c.a.statistic = baro::statistic::quantile;
  CHECK(change_sentence(c).starts_with("Between 2011 and 2013, the figure went"));
}

TEST_CASE("what was not compared says why") {
  auto c = shares();
  c.difference = c.p_value = c.limits.low = c.limits.high = test::nan;
  c.status = status::series_break;
  CHECK(
      change_sentence(c, {}, language::french) ==
      "De 2011 à 2013, la part vaut 31,0 %, puis 35,0 % : rupture de série, les deux chiffres "
      "ne se comparent pas");
  CHECK(
      change_sentence(c) ==
      "Between 2011 and 2013, the share was 31.0 %, then 35.0 %: break in the series, the two "
      "figures cannot be compared");
  c.status = status::no_base;
  CHECK(change_sentence(c).ends_with("then 35.0 %: not tested, a base is not published"));
  CHECK(change_sentence(c, {}, language::french)
            .ends_with("puis 35,0 % : évolution non testée, une base n'est pas publiée"));
  c.status = status::undefined;
  CHECK(change_sentence(c).ends_with("then 35.0 %: not tested (undefined)"));
  c.difference = 0.04;
  c.status = status::no_degrees;
  CHECK(change_sentence(c).ends_with(
      "then 35.0 %, +4.0 points: not tested, too few sampling units"));
  CHECK(change_sentence(c, {}, language::french)
            .ends_with("+4,0 points : évolution non testée, trop peu d'unités tirées"));
}

TEST_CASE("a wave without a figure is named") {
  auto c = shares();
  c.status = status::empty_domain;
  c.value_b = test::nan;
  CHECK(change_sentence(c, {}, language::french) ==
        "De 2011 à 2013 : pas de chiffre pour 2011, rien à comparer");
  std::swap(c.value_a, c.value_b);
  CHECK(change_sentence(c) == "Between 2011 and 2013: no figure for 2013, nothing to compare");
  c.value_b = test::nan;
  CHECK(change_sentence(c) ==
        "Between 2011 and 2013: no figure in either wave, nothing to compare");
  c.a.wave.clear();
  CHECK(change_sentence(c, {}, language::french)
            .starts_with("D'une vague à l'autre : pas de chiffre ni"));
  c = shares();
  c.b.wave = "avril";
  CHECK(change_sentence(c, {}, language::french).starts_with("D'avril à 2013, la part"));
}

TEST_CASE("from a published series, in 50 digits as well") {
  using real = boost::multiprecision::cpp_bin_float_50;
  const auto told = []<class Real>(const Real& step) {
    const auto s = baro::published_series<Real>({{"2009", Real(31) / 100, baro::base(1000)},
                                                 {"2011", Real(31) / 100 + step, {}},
                                                 {"2013", Real(38) / 100, baro::base(950)}});
    std::string all;
    for (const auto& c : baro::changes(s, baro::confidence_level(0.95),
                                       baro::change_set::reference(0), baro::plain_t{}))
      all += change_sentence(c, {}, language::french) + "\n";
    return all;
  };
  // (.38 - .31) ± 1.959964 √(.31 .69/1000 + .38 .62/950): .0278, .1122; p = 0.00115
  CHECK(told(0.02) ==
        "De 2009 à 2011, la part vaut 31,0 %, puis 33,0 % : évolution non testée, une base "
        "n'est pas publiée\n"
        "De 2009 à 2013, la part passe de 31,0 % à 38,0 %, +7,0 points [+2,8 ; +11,2] à 95 %, "
        "p = 0,001\n");
  CHECK(told(real(0.02)) == told(0.02));
}

}  // namespace trend_change_sentence

TEST_SUITE_END();
