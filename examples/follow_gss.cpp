// SPDX-License-Identifier: BSL-1.0
// The General Social Survey, 2000 to 2014: three figures over eight waves. Which waves differ
// from the one before, how fast does each figure move, and where does its trend bend? (A slope
// can be beyond doubt where no step from one wave to the next is.)
// The file has no weights, no sampling units and nobody who can be met again, so each wave is
// taken for a simple random sample, independent of the others: of the survey itself, which was
// drawn in clusters, less would be shown. (Link baro::io.)
#include <baro/estimate/mean.hpp>
#include <baro/estimate/share.hpp>
#include <baro/io/csv.hpp>
#include <baro/io/numbers.hpp>
#include <baro/report/trend_table.hpp>
#include <baro/trend/equal_waves.hpp>
#include <baro/trend/follow.hpp>
#include <baro/trend/joinpoint.hpp>
#include <baro/trend/slope.hpp>

#include <cstddef>
#include <cstdio>
#include <map>
#include <string>
#include <vector>

namespace {

void tell(const baro::named_series<>& row, double scale, const char* unit) {
  const auto b = baro::slope(row.series, baro::confidence_level(0.95));
  std::printf("%s: %+.2f %s a year [%+.2f; %+.2f], p = %.2g; all waves equal? p = %.2g\n",
              row.name.c_str(), scale * b.value, unit, scale * b.limits.low,
              scale * b.limits.high, b.p_value, baro::equal_waves(row.series).p_value);
  const auto trend = baro::joinpoint(row.series, baro::confidence_level(0.95));
  std::printf("  trend: %+.2f a year", scale * trend.slopes[0].value);
  for (std::size_t j = 0; j < trend.chosen.joins.size(); ++j)
    std::printf(", from %s on %+.2f", row.series.wave(trend.chosen.joins[j]).c_str(),
                scale * trend.slopes[j + 1].value);
  std::printf("; do the waves fit it? p = %.2g\n", trend.fit.p_value);
}

}  // namespace

int main() {
  const baro::csv_table file = baro::read_csv("data/gss.csv");
  const auto answer = [&](std::size_t row, const char* question) {
    const std::string a(file.text(row, file.column(question)));
    return a == "No answer" || a == "Don't know" ? std::string() : a;  // empty: missing
  };
  const std::vector<double> hours_of_all = baro::numbers(file, "tvhours");  // NaN: missing
  std::map<std::string, std::vector<std::string>> religion, marital;        // by wave
  std::map<std::string, std::vector<double>> hours;
  for (std::size_t row = 0; row < file.rows(); ++row) {
    const std::string year = answer(row, "year");
    religion[year].push_back(answer(row, "relig"));
    marital[year].push_back(answer(row, "marital"));
    hours[year].push_back(hours_of_all[row]);
  }
  std::vector<baro::wave<>> waves;
  for (const auto& [year, h] : hours)
    waves.emplace_back(year, baro::design{baro::rows(h.size())},
                       baro::share_of(religion[year], {"None"}),
                       baro::share_of(marital[year], {"Married"}), baro::mean_of(h));
  const auto s = baro::follow(waves);
  const std::vector<baro::named_series<>> rows{
      {"No religion", s[0]}, {"Married", s[1]}, {"Hours of television", s[2]}};
  std::puts(baro::trend_table(rows).c_str());
  tell(rows[0], 100, "points");
  tell(rows[1], 100, "points");
  tell(rows[2], 60, "minutes");
}
