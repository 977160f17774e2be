// SPDX-License-Identifier: BSL-1.0
// Two populations over three editions as a picture: a Vega-Lite specification, data inside,
// that any Vega-Lite renderer draws (paste it into https://vega.github.io/editor). Of the DRH
// of 2009 no base is published: a point without an interval, and the change to 2011 has no
// mark. (Made-up figures. Needs nlohmann json.)
#include <baro/report/trend_picture.hpp>
#include <baro/trend/published_series.hpp>

#include <cmath>
#include <cstdio>
#include <vector>

int main() {
  using baro::base;
  const auto employees = baro::published_series({{"2009", 0.58, base(1000), {.deff = 1.4}},
                                                 {"2011", 0.64, base(1003), {.deff = 1.4}},
                                                 {"2013", 0.67, base(1000), {.deff = 1.4}}});
  const auto directors = baro::published_series(
      {{"2009", 0.21, {}}, {"2011", 0.25, base(122)}, {"2013", 0.36, base(120)}});
  const std::vector<baro::named_series<>> rows{{"salariés", employees}, {"DRH", directors}};
  auto picture = baro::vega_lite(rows, {.changes = {.in = baro::language::french},
                                        .title = "Le stress au travail",
                                        .y_title = "se disent stressés",
                                        .from_zero = true});
  // Four decimals are more than a screen shows.
  for (auto& row : picture["data"]["values"])
    for (auto& cell : row)
      if (cell.is_number_float()) cell = std::round(1e4 * cell.get<double>()) / 1e4;
  std::puts(picture.dump(2).c_str());
}
