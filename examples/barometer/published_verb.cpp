// SPDX-License-Identifier: BSL-1.0
#include "published_verb.hpp"

#include <baro/io/csv.hpp>

#include "interval_choice.hpp"
#include "options.hpp"
#include "published_figures.hpp"
#include "published_pairs.hpp"
#include "published_report.hpp"
#include "sample_text.hpp"

#include <CLI/CLI.hpp>

#include <memory>
#include <string>

namespace barometer {

namespace {

struct published_request {
  std::string data{};
  bool compare = false;
  double level = baro::default_level;
  interval_choice interval{};
  output_format format = output_format::table;
};

std::string delivered(const auto& found, const published_request& r) {
  return in_format(
      r.format, [&] { return as_records(found); },
      [&] { return as_text(found, data_name(r.data), baro::confidence_level(r.level)); });
}

outcome run(const published_request& r) {
  const baro::confidence_level level(r.level);
  const auto rows = read_published(baro::read_csv(r.data));
  outcome done;
  done.standard_output = r.compare ? delivered(compare_published(rows, level, r.interval), r)
                                   : delivered(judge_published(rows, level, r.interval), r);
  return done;
}

std::function<outcome()> declare_published(CLI::App& app) {
  const auto r = std::make_shared<published_request>();
  add_data(app, r->data);
  add_switch(app, "--compare",
             "instead, the pairs that answer the same question in two populations or two waves",
             r->compare);
  add_level(app, r->level);
  add_value(app, "--interval", "NAME",
            interval_help() +
                " (default: hypergeometric with a population size, otherwise "
                "guarded_jeffreys; with --compare wilson, as newcombe)",
            [r](const std::string& text) { r->interval = interval_choice(text); });
  add_format(app, r->format);
  app.footer(
      "DATA has the columns "
      "study,wave,population,question,share,n,deff,population_size,claim;\n"
      "all but the first four may be empty or left out. A share is as printed: 25, 25%, 25,0 "
      "%; a column\n"
      "proportion instead of share holds 0.25. A claim is a phrase: > 2/3, < 10%, >= 50%, = "
      "3/4.\n"
      "csv and json give shares, limits and share_needed as proportions.");
  return [r] { return run(*r); };
}

}  // namespace

verb published_verb() {
  return {"published",
          "figures of press releases: their intervals, claims, verdicts and comparisons",
          declare_published};
}

}  // namespace barometer
