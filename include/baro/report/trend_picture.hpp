// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/error.hpp>
#include <baro/hypothesis/guarded_score.hpp>
#include <baro/hypothesis/sentence.hpp>
#include <baro/report/change_marks.hpp>
#include <baro/report/detail/display_text.hpp>
#include <baro/report/detail/drawn_waves.hpp>

#include <nlohmann/json.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace baro {

struct picture_options {
  trend_options changes{};
  std::string title{};
  std::string y_title{};   ///< what is measured: "se dire stressés"; empty: none
  bool from_zero = false;  ///< the axis of values begins at 0 (of figures below 0: holds it)
  int width = 640, height = 360;  ///< of the plot, in pixels
};

namespace detail {

/// A number of JSON, or null for what is none.
inline nlohmann::ordered_json finite_or_null(double x) {
  if (!(x - x == 0)) return nullptr;
  return x;
}

/// Series as the parts of a Vega-Lite specification.
template <class Real>
class trend_drawing {
 public:
  using json = nlohmann::ordered_json;
  /// Okabe and Ito's colours, told apart with any colour vision; their yellow is left out.
  static constexpr std::array<const char*, 7> colours{
      "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000"};

  trend_drawing(const drawn_waves<Real>& drawn, const picture_options& options)
      : drawn_(drawn), options_(options), w_(options.changes.in) {}

  json specification() const {
    json spec;
    spec["$schema"] = "https://vega.github.io/schema/vega-lite/v5.json";
    spec["title"] = title();
    spec["width"] = options_.width;
    spec["height"] = options_.height;
    spec["data"]["values"] = data();
    spec["encoding"]["x"] = x();
    spec["layer"] = json::array({band(), lone_band(), line(), points()});
    if (!drawn_.breaks().empty()) {
      spec["layer"].insert(spec["layer"].begin(), break_text());
      spec["layer"].insert(spec["layer"].begin(), break_rule());
    }
    spec["config"]["locale"]["number"] = locale();
    return spec;
  }

 private:
  json data() const {
    json out = json::array();
    for (const drawn_wave& d : drawn_.waves()) {
      json row;
      row["series"] = d.series;
      row["wave"] = d.wave;
      row["time"] = d.time;
      row["value"] = finite_or_null(d.value);
      row["low"] = finite_or_null(d.low);
      row["high"] = finite_or_null(d.high);
      row["piece"] = d.piece;
      row["band"] = d.band;
      row["bar"] = finite_or_null(d.bar);
      row["change"] = name(d.mark);
      row["figure"] = d.figure;
      row["limits"] = d.limits;
      row["base"] = finite_or_null(d.base);
      row["told"] = d.told;
      out.push_back(std::move(row));
    }
    return out;
  }

  json breaks() const {
    json out = json::array();
    for (const drawn_break& b : drawn_.breaks()) {
      json row;
      row["time"] = b.time;
      row["told"] = b.told;
      out.push_back(std::move(row));
    }
    return out;
  }

  json title() const {
    json out;
    const std::string said = one_line(options_.title);
    out["text"] = said.empty() ? drawn_.told_marks() : said;
    out["subtitle"] = json::array();
    if (!said.empty()) out["subtitle"].push_back(drawn_.told_marks());
    out["subtitle"].push_back(drawn_.told_bands());
    out["anchor"] = "start";
    if (said.empty()) out["fontWeight"] = "normal";
    return out;
  }

  json x() const {
    const json names(drawn_.names()), places(drawn_.times());
    json out;
    out["field"] = "time";
    out["type"] = "quantitative";
    out["scale"] = {{"zero", false}, {"nice", false}, {"padding", 24}};
    out["axis"] = {{"title", nullptr}, {"values", places}, {"grid", false}};
    out["axis"]["labelExpr"] = names.dump() + "[indexof(" + places.dump() + ", datum.value)]";
    out["axis"]["labelOverlap"] = "greedy";
    return out;
  }

  json y(const char* field) const {
    json out;
    out["field"] = field;
    out["type"] = "quantitative";
    out["scale"] = {{"zero", options_.from_zero}, {"nice", true}};
    const std::string said = one_line(options_.y_title);
    out["title"] = said.empty() ? json(nullptr) : json(said);
    if (drawn_.percent()) out["axis"]["format"] = "~%";
    return out;
  }

  json colour() const {
    json range = json::array();
    for (std::size_t r = 0; r < drawn_.series().size(); ++r) range.push_back(colours[r]);
    json out;
    out["field"] = "series";
    out["type"] = "nominal";
    out["scale"]["domain"] = drawn_.series();
    out["scale"]["range"] = std::move(range);
    out["title"] = nullptr;
    out["legend"] = {{"symbolType", "circle"}, {"symbolOpacity", 1}};  // not pale as the bands
    return out;
  }

  static json only(const char* test) {
    json filter;
    filter["filter"] = test;
    return json::array({std::move(filter)});
  }
  static json nominal(const char* field) { return {{"field", field}, {"type", "nominal"}}; }

  /// An interval over its wave, in the colour of its series.
  json interval_mark(const char* test, json mark) const {
    json out;
    out["transform"] = only(test);
    out["mark"] = std::move(mark);
    out["encoding"]["y"] = y("low");
    out["encoding"]["y2"]["field"] = "high";
    out["encoding"]["color"] = colour();
    return out;
  }
  json band() const {
    json out = interval_mark("isValid(datum.low)", {{"type", "area"}, {"opacity", 0.15}});
    out["encoding"]["detail"] = nominal("band");
    return out;
  }
  /// The interval of a wave between two interruptions, where a band has no width: a bar.
  json lone_band() const {
    json out = interval_mark("isValid(datum.bar)", {{"type", "rule"}, {"opacity", 0.5}});
    json& e = out["encoding"];
    e["strokeWidth"] = {{"field", "bar"}, {"type", "quantitative"}};
    e["strokeWidth"]["scale"] = nullptr;  // pixels as they are
    return out;
  }
  json line() const {
    json out;
    out["transform"] = only("isValid(datum.value)");
    out["mark"] = {{"type", "line"}, {"strokeWidth", 2}};
    out["encoding"]["y"] = y("value");
    out["encoding"]["color"] = colour();
    out["encoding"]["detail"] = nominal("piece");
    return out;
  }
  json points() const {
    json out;
    out["transform"] = only("isValid(datum.value)");
    out["mark"] = {{"type", "point"},
                   {"filled", true},
                   {"opacity", 1},
                   {"stroke", "white"},
                   {"strokeWidth", 1}};
    json& e = out["encoding"];
    e["y"] = y("value");
    e["color"] = colour();
    e["shape"] = nominal("change");
    e["shape"]["scale"]["domain"] = {"rise", "fall", "equal", "none"};
    e["shape"]["scale"]["range"] = {"triangle-up", "triangle-down", "circle", "circle"};
    e["shape"]["title"] = nullptr;
    e["shape"]["legend"]["values"] = {"rise", "fall"};
    e["shape"]["legend"]["labelExpr"] =
        "datum.label === 'rise' ? " +
        json(w_.choose("shown to rise", "hausse établie")).dump() + " : " +
        json(w_.choose("shown to fall", "baisse établie")).dump();
    json big;
    big["test"] = "datum.change === 'rise' || datum.change === 'fall'";
    big["value"] = 160;
    e["size"] = {{"condition", std::move(big)}, {"value", 60}};
    const std::array<std::array<std::string, 2>, 6> told{
        {{"series", w_.choose("series", "série")},
         {"wave", w_.choose("wave", "vague")},
         {"figure", w_.choose("figure", "chiffre")},
         {"limits", w_.choose("interval", "intervalle")},
         {"base", "n"},
         {"told", w_.choose("change", "évolution")}}};
    e["tooltip"] = json::array();
    for (const auto& [field, title] : told) {
      json one = nominal(field.c_str());
      if (field == "base") one["type"] = "quantitative";
      one["title"] = title;
      e["tooltip"].push_back(std::move(one));
    }
    return out;
  }

  json break_rule() const {
    json out;
    out["data"]["values"] = breaks();
    out["mark"] = {{"type", "rule"}, {"color", "#666666"}, {"strokeDash", {4, 4}}};
    return out;
  }
  json break_text() const {
    json out;
    out["data"]["values"] = breaks();
    out["mark"] = {
        {"type", "text"},     {"angle", 270},   {"align", "right"}, {"baseline", "bottom"},
        {"color", "#666666"}, {"fontSize", 10}, {"dx", -4},         {"dy", -2}};
    out["encoding"]["y"]["value"] = 0;
    out["encoding"]["text"] = nominal("told");
    return out;
  }

  json locale() const {
    const bool french = options_.changes.in == language::french;
    json out;
    out["decimal"] = french ? "," : ".";
    out["thousands"] = french ? "\u202F" : ",";
    out["grouping"] = json::array({3});
    out["currency"] = french ? json::array({"", "\u00A0€"}) : json::array({"$", ""});
    out["percent"] = french ? "\u00A0%" : "%";
    out["minus"] = "−";
    return out;
  }

  const drawn_waves<Real>& drawn_;
  const picture_options& options_;
  written w_;
};

}  // namespace detail

/// Series over waves as a Vega-Lite 5 specification with its data inside, which a host writes
/// to a file and any Vega-Lite renderer draws:
///   - a line for each series, with a point for each wave, in colours told apart with any
///     colour vision;
///   - a band from the low to the high limit of the `interval` of each wave at the level; two
///     bands that overlap are no test, the marks are;
///   - a point that has changed is a triangle, up or down, by `change_marks`;
///   - a break is a dashed rule halfway between two waves, where line and band are interrupted;
///     a wave without a value interrupts them too;
///   - what is pointed at tells figure, interval, base, and the change with its p-value, or why
///     there is none.
/// Waves stand at their places in time where all series agree on them, else one apart from
/// another. Numbers are finite or null. Shares and balances are fractions, shown in percent.
/// The header needs nlohmann json (Debian: nlohmann-json3-dev) and is not in the umbrella.
/// @param rows    1 to 7 series of one statistic, each with a name of its own
/// @param method  as of `change`
/// @throws value_error  as `trend_table`; more than 7 series, two of one name, two statistics
/// @checked  valid by the JSON schema of Vega-Lite 5, compiled and drawn by Vega-Lite and Vega
template <class Real, class Method = guarded_score>
[[nodiscard]] nlohmann::ordered_json vega_lite(const std::vector<named_series<Real>>& rows,
                                               const picture_options& options = {},
                                               const Method& method = {}) {
  for (const int size : {options.width, options.height})
    if (size <= 0) detail::refuse("vega_lite", "width or height", size, "must be > 0");
  using drawing = detail::trend_drawing<Real>;
  const detail::drawn_waves<Real> drawn("vega_lite", rows, drawing::colours.size(),
                                        options.changes, method);
  return drawing(drawn, options).specification();
}

}  // namespace baro
