// SPDX-License-Identifier: BSL-1.0
// The Vega-Lite specification: its words, its data, what is interrupted where.
//
// Beside these tests, valid by vega-lite-schema.json of vega-lite 5 and drawn without a
// warning:
//   npm install vega@5 vega-lite@5 ajv@8 ajv-formats; ajv.compile(schema)(spec);
//   new vega.View(vega.parse(vegaLite.compile(spec).spec)).toSVG()
#include <baro/report/trend_picture.hpp>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <limits>
#include <report/series.hpp>
#include <set>
#include <string>
#include <support/close.hpp>
#include <support/nan.hpp>
#include <support/refused.hpp>
#include <vector>

TEST_SUITE_BEGIN("report/trend_picture");

namespace report_trend_picture {

using baro::vega_lite, test::series_of;
using json = nlohmann::ordered_json;
using rows = std::vector<baro::named_series<double>>;

rows two() {
  return {{"Salariés",
           series_of({{"2009", .52, 1000},
                      {"2011", .58, 1000},
                      {"2013", .57, 1000},
                      {"2015", .49, 1000},
                      {"2017", .43, 1000}})
               .broken_at({3}),
           {}},
          {"DRH",
           series_of({{"2011", .25, 300},
                      {"2013", .38, 300},
                      {"2015", test::nan, 1},
                      {"2017", .36, 320}}),
           {}}};
}

/// The rows of data of one series.
std::vector<json> data_of(const json& spec, const std::string& series) {
  std::vector<json> out;
  for (const json& row : spec["data"]["values"])
    if (row["series"] == series) out.push_back(row);
  return out;
}

/// The first layer of that mark.
json layer(const json& spec, const std::string& mark) {
  for (const json& l : spec["layer"])
    if (l["mark"]["type"] == mark) return l;
  return nullptr;
}

void no_number_that_is_none(const json& x) {
  if (x.is_number_float()) CHECK(std::isfinite(x.get<double>()));
  if (x.is_structured())
    for (const json& part : x) no_number_that_is_none(part);
}

/// Every `field` of an encoding.
void fields(const json& x, std::set<std::string>& out) {
  if (x.is_object() && x.contains("field")) out.insert(x["field"].get<std::string>());
  if (x.is_structured())
    for (const json& part : x) fields(part, out);
}

TEST_CASE("the words of the schema, layers from below to above") {
  const json spec = vega_lite(two());
  CHECK(spec["$schema"] == "https://vega.github.io/schema/vega-lite/v5.json");
  std::vector<std::string> marks;
  for (const json& l : spec["layer"]) marks.push_back(l["mark"]["type"]);
  CHECK(marks == std::vector<std::string>{"rule", "text", "area", "rule", "line", "point"});
  CHECK(spec["encoding"]["x"]["field"] == "time");
  CHECK(layer(spec, "area")["encoding"]["y"]["field"] == "low");
  CHECK(layer(spec, "area")["encoding"]["y2"]["field"] == "high");
  CHECK(layer(spec, "line")["encoding"]["y"]["field"] == "value");
  const json e = layer(spec, "point")["encoding"];
  CHECK(e["y"]["field"] == "value");
  CHECK(e["shape"]["field"] == "change");
  CHECK(e["shape"]["scale"]["domain"] == json({"rise", "fall", "equal", "none"}));
  CHECK(e["shape"]["scale"]["range"] ==
        json({"triangle-up", "triangle-down", "circle", "circle"}));
  CHECK(e["tooltip"].size() == 6);
  CHECK(e["color"]["scale"]["domain"] == json({"Salariés", "DRH"}));
  CHECK(e["color"]["scale"]["range"] == json({"#0072B2", "#D55E00"}));
  for (const json& l : spec["layer"])
    if (l.contains("encoding") && l["encoding"].contains("color"))
      CHECK(l["encoding"]["color"] == e["color"]);
}

TEST_CASE("every field that is encoded is in every row of its data") {
  const json spec = vega_lite(two());
  for (const json& l : spec["layer"]) {
    std::set<std::string> named{"time"};
    fields(l.value("encoding", json::object()), named);
    const json& data = l.contains("data") ? l["data"]["values"] : spec["data"]["values"];
    CHECK(!data.empty());
    for (const json& row : data)
      for (const std::string& field : named) CHECK(row.contains(field));
  }
}

TEST_CASE("one row a wave: its figure, its interval, its base, its mark") {
  const rows r = two();
  const auto data = data_of(vega_lite(r), "Salariés");
  REQUIRE(data.size() == 5);
  const auto limits = baro::interval(r[0].series.figures());
  const std::vector<std::string> change{"none", "rise", "equal", "none", "fall"};
  for (std::size_t t = 0; t < 5; ++t) {
    CHECK(data[t]["wave"] == r[0].series.wave(t));
    CHECK(data[t]["time"] == r[0].series.times()[t]);
    CHECK(data[t]["value"] == r[0].series.value(t));
    CHECK(data[t]["low"] == limits[t].low);
    CHECK(data[t]["high"] == limits[t].high);
    CHECK(data[t]["base"] == 1000);
    CHECK(data[t]["change"] == change[t]);
  }
  CHECK(data[0]["told"] == "first wave");
  CHECK(data[3]["told"] == "break in the series");
  CHECK(data[0]["figure"] == "52.0 %");
  const std::string told = data[1]["told"];
  CHECK(told.find("▲ difference 6.0 points [") == 0);
  CHECK(told.find("; adjusted p = ") != std::string::npos);
  baro::picture_options options;
  options.changes.level = baro::confidence_level(0.5);
  CHECK(data_of(vega_lite(r, options), "Salariés")[0]["low"] ==
        baro::interval(r[0].series.figures().figure(0), baro::confidence_level(0.5)).low);
}

TEST_CASE("a break interrupts line and band, with a rule halfway") {
  const json spec = vega_lite(two());
  const auto data = data_of(spec, "Salariés");
  for (const char* part : {"piece", "band"}) {
    CHECK(data[0][part] == data[2][part]);
    CHECK(data[2][part] != data[3][part]);
    CHECK(data[3][part] == data[4][part]);
  }
  const json rule = spec["layer"][0];
  CHECK(rule["mark"]["strokeDash"] == json({4, 4}));
  REQUIRE(rule["data"]["values"].size() == 1);
  CHECK(rule["data"]["values"][0]["time"] == 2014);
  CHECK(rule["data"]["values"][0]["told"] == "break in the series: Salariés");
  CHECK(spec["layer"][1]["data"] == rule["data"]);
  rows both = two();
  both[1].series = both[1].series.broken_at({2});
  const json values = vega_lite(both)["layer"][0]["data"]["values"];
  REQUIRE(values.size() == 1);
  CHECK(values[0]["told"] == "break in the series");
  rows none = two();
  none[0].series = none[0].series.broken_at({});
  CHECK(vega_lite(none)["layer"].size() == 4);
}

TEST_CASE("a wave without a value interrupts, and is null; one left alone has a bar") {
  const auto data = data_of(vega_lite(two()), "DRH");
  REQUIRE(data.size() == 4);
  for (const char* field : {"value", "low", "high", "base"}) {
    CHECK(data[2][field].is_null() == (std::string(field) != "base"));
    CHECK(data[3][field].is_number());
  }
  CHECK(data[2]["figure"] == "–");
  CHECK(data[2]["told"] == "no answers");
  CHECK(data[0]["piece"] == data[1]["piece"]);
  CHECK(data[1]["piece"] != data[3]["piece"]);
  CHECK(data[1]["band"] != data[3]["band"]);
  CHECK(data[1]["bar"].is_null());
  CHECK(data[3]["bar"] == 3);
  rows turned = two();
  std::swap(turned[0], turned[1]);
  CHECK(data_of(vega_lite(turned), "DRH")[3]["bar"] == 6);
}

TEST_CASE("a published figure without its base is a point without a band") {
  rows r = two();
  r[0].series = test::with_status(r[0].series, 1, baro::status::no_base);
  const auto data = data_of(vega_lite(r), "Salariés");
  CHECK(data[1]["value"] == .58);
  CHECK(data[1]["low"].is_null());
  CHECK(data[1]["high"].is_null());
  CHECK(data[0]["piece"] == data[2]["piece"]);
  CHECK(data[0]["band"] != data[2]["band"]);
  CHECK(data[0]["bar"] == 6);
}

TEST_CASE("numbers are finite or null, also of figures without a spread") {
  constexpr double all = std::numeric_limits<double>::infinity();
  const rows r{{"x", series_of({{"1", 3, all}, {"2", 4, all}}, baro::statistic::mean), {}}};
  const json spec = vega_lite(r);
  no_number_that_is_none(spec);
  no_number_that_is_none(vega_lite(two()));
  CHECK(spec["data"]["values"][0]["base"].is_null());
  CHECK(json::parse(spec.dump()) == spec);
}

TEST_CASE("the axis of time has the names of the waves at their places") {
  const json x = vega_lite(two())["encoding"]["x"];
  CHECK(x["axis"]["values"] == json({2009., 2011., 2013., 2015., 2017.}));
  CHECK(x["axis"]["labelExpr"] ==
        R"(["2009","2011","2013","2015","2017"])"
        R"([indexof([2009.0,2011.0,2013.0,2015.0,2017.0], datum.value)])");
  // Each series counts its waves by itself: the columns are one apart.
  const rows named{
      {"a", series_of({{"mar \"b\"", .5, 400}, {"apr", .5, 400}}), {}},
      {"b", series_of({{"jan", .5, 400}, {"feb", .5, 400}, {"mar \"b\"", .5, 400}}), {}}};
  const json spec = vega_lite(named);
  CHECK(spec["encoding"]["x"]["axis"]["values"] == json({1., 2., 3., 4.}));
  CHECK(spec["encoding"]["x"]["axis"]["labelExpr"] ==
        R"(["jan","feb","mar \"b\"","apr"][indexof([1.0,2.0,3.0,4.0], datum.value)])");
  CHECK(data_of(spec, "a")[0]["time"] == 3);
}

TEST_CASE("percent for shares and balances, plain for the rest, from zero if asked") {
  const auto y = [](baro::statistic kind, bool from_zero) {
    const rows r{{"x", series_of({{"1", .3, 900}, {"2", .4, 900}}, kind), {}}};
    baro::picture_options options;
    options.from_zero = from_zero;
    options.y_title = "said yes";
    return layer(vega_lite(r, options), "line")["encoding"]["y"];
  };
  CHECK(y(baro::statistic::share, false)["axis"]["format"] == "~%");
  CHECK(y(baro::statistic::balance, false)["axis"]["format"] == "~%");
  CHECK(!y(baro::statistic::mean, false).contains("axis"));
  CHECK(y(baro::statistic::share, false)["scale"]["zero"] == false);
  CHECK(y(baro::statistic::share, true)["scale"]["zero"] == true);
  CHECK(y(baro::statistic::share, true)["title"] == "said yes");
}

TEST_CASE("titles, size, and the same in French") {
  baro::picture_options options;
  CHECK(vega_lite(two(), options)["title"]["text"] ==
        "▲ higher, ▼ lower than the wave before at 95 % (p-values adjusted within each series, "
        "Holm)");
  options.title = "Stress";
  options.width = 300;
  options.changes.in = baro::language::french;
  const json spec = vega_lite(two(), options);
  CHECK(spec["title"]["text"] == "Stress");
  CHECK(spec["title"]["subtitle"] ==
        json({"▲ plus haut, ▼ plus bas que la vague précédente à 95 % (valeurs p ajustées au "
              "sein de chaque série, Holm)",
              "Bandes : intervalles à 95 %, de chaque vague"}));
  CHECK(spec["width"] == 300);
  CHECK(spec["height"] == 360);
  CHECK(spec["config"]["locale"]["number"]["decimal"] == ",");
  CHECK(data_of(spec, "Salariés")[0]["figure"] == "52,0 %");
  CHECK(data_of(spec, "Salariés")[0]["told"] == "première vague");
  CHECK(spec["layer"][0]["data"]["values"][0]["told"] == "rupture de série : Salariés");
  CHECK(layer(spec, "point")["encoding"]["shape"]["legend"]["labelExpr"] ==
        "datum.label === 'rise' ? \"hausse établie\" : \"baisse établie\"");
}

TEST_CASE("names that are not UTF-8 can be written all the same") {
  rows r = two();
  r[0].name = "Salari\xe9s\n";
  const json spec = vega_lite(r);
  CHECK(!spec.dump().empty());
  CHECK(spec["data"]["values"][0]["series"] == "Salari\uFFFDs ");
}

TEST_CASE("50 digits in, the same out") {
  using real = boost::multiprecision::cpp_bin_float_50;
  const std::vector<test::wave_figure> waves{
      {"2009", 6.5, 900}, {"2011", 6.9, 900}, {"2013", 6.85, 900}};
  constexpr auto kind = baro::statistic::mean;
  const json x =
      vega_lite<real>({{"x", series_of<real>(waves, kind), {}}}, {}, baro::plain_t{});
  const json d = vega_lite<double>({{"x", series_of(waves, kind), {}}}, {}, baro::plain_t{});
  REQUIRE(x["data"]["values"].size() == 3);
  for (std::size_t t = 0; t < 3; ++t) {
    const json &a = d["data"]["values"][t], &b = x["data"]["values"][t];
    for (const char* field : {"value", "low", "high"})
      CHECK(test::close(a[field].get<double>(), b[field].get<double>(), 1e-12));
    CHECK(a["told"] == b["told"]);
  }
  CHECK(x["layer"] == d["layer"]);
}

TEST_CASE("refusals") {
  const auto refusal = [](const rows& r, const baro::picture_options& options = {}) {
    return test::refused<baro::value_error>([&] { static_cast<void>(vega_lite(r, options)); });
  };
  CHECK(refusal({}) == "vega_lite: no series, must be one at least");
  rows r = two();
  r[1].name = "Salariés";
  CHECK(refusal(r) == "vega_lite: name[1] = 'Salariés', must be the name of one series");
  r = two();
  r[1].series = series_of({{"2009", 6.5, 900}}, baro::statistic::mean);
  CHECK(refusal(r) == "vega_lite: statistic[1] = 'mean', must be that of the first series");
  r = rows(8, two()[0]);
  CHECK(refusal(r) == "vega_lite: series = 8, must be at most 7: more cannot be told apart");
  baro::picture_options options;
  options.height = 0;
  CHECK(refusal(two(), options) == "vega_lite: width or height = 0, must be > 0");
}

}  // namespace report_trend_picture

TEST_SUITE_END();
