// SPDX-License-Identifier: BSL-1.0
// Three waves of the General Social Survey (examples/data/gss.csv), each raked by itself to
// stated margins: the Census 2010 population of 18 and over by race, and marital status as a
// round figure. What changes in a mean, in its standard error, and what the weights cost.
#include <baro/baro.hpp>
#include <baro/io/coded_column.hpp>
#include <baro/io/csv.hpp>
#include <baro/io/numbers.hpp>

#include <cstdio>
#include <string>
#include <vector>

int main() {
  const auto file = baro::read_csv("data/gss.csv");
  const auto race_column = baro::code_column(file, "race");
  const auto marital_column = baro::code_column(file, "marital");
  const auto year = baro::numbers(file, "year"), hours = baro::numbers(file, "tvhours");

  for (const double wave : {2000, 2008, 2014}) {
    std::vector<std::string> race, marital;
    std::vector<double> base, tv;
    for (std::size_t i = 0; i < file.rows(); ++i) {
      if (year[i] != wave) continue;
      const auto text = [i](const baro::coded_column& c) {
        return c.levels[static_cast<std::size_t>(c.codes[i])];
      };
      race.push_back(text(race_column));
      marital.push_back(text(marital_column) == "Married" ? "Married" : "Other");
      base.push_back(1);
      tv.push_back(hours[i]);
    }
    const auto raked = baro::rake(
        base, {baro::margin::percentages(baro::categories(race).named("race"),
                                         {{"White", 76}, {"Black", 12}, {"Other", 12}}),
               baro::margin::percentages(baro::categories(marital).named("marital"),
                                         {{"Married", 52}, {"Other", 48}})});
    const auto before = baro::mean(baro::design{baro::weights(base)}, tv);
    const auto after = baro::mean(baro::design{baro::weights(raked)}, tv);
    std::printf("%.0f  %s\n", wave, raked.explanation().c_str());
    for (const auto& m : raked.margins())
      std::printf("      %-8s %-8s %7.0f -> %7.0f\n", m.variable.c_str(), m.level.c_str(),
                  m.before, m.after);
    std::printf("      hours of television %.3f (%.3f) -> %.3f (%.3f); Kish deff %.3f\n",
                before.value(0), before.standard_error(0), after.value(0),
                after.standard_error(0), raked.summary().kish_deff());
  }
}
