// SPDX-License-Identifier: BSL-1.0
#include "weight_verb.hpp"

#include <baro/io/csv.hpp>

#include "design_options.hpp"
#include "options.hpp"
#include "refusal.hpp"
#include "sample.hpp"
#include "sample_text.hpp"
#include "weight_report.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

namespace barometer {

namespace {

struct weight_request {
  std::string data{};
  design_request design{};
  std::string name = "calibrated_weight";
  std::string out{};
  output_format format = output_format::table;
};

void check(const weight_request& r) {
  if (r.design.calibration.margins.empty()) throw refusal("--margins FILE is missing");
  if (r.out.empty()) throw refusal("--out FILE is missing");
  if (r.out == "-") refuse_option("--out", "-", "must be a file");
  std::error_code ignored;
  if (std::filesystem::equivalent(r.out, r.data, ignored))
    refuse_option("--out", r.out, "must not be DATA");
  if (std::filesystem::equivalent(r.out, r.design.calibration.margins, ignored))
    refuse_option("--out", r.out, "must not be the margins");
  if (r.data == "-" && r.design.calibration.margins == "-")
    refuse_option("--margins", "-", "must not be standard input as DATA is");
}

outcome run(const weight_request& r) {
  check(r);
  barometer::check(r.design);
  const baro::csv_table table = baro::read_csv(r.data);
  if (table.has_column(r.name))
    refuse_option("--name", r.name, "must not be a column that DATA has");
  const sample drawn(table, r.design);
  const baro::calibration& made = *drawn.calibration();
  outcome done;
  done.standard_output = in_format(
      r.format, [&] { return margins_as_records(made); },
      [&] {
        return as_text(margins_as_sheet(made, "Weights of " + data_name(r.data) +
                                                  " to the margins of " +
                                                  r.design.calibration.margins));
      });
  if (r.format == output_format::table) done.standard_error = diagnostics(made);
  const auto w = made.weights();
  done.files.push_back({r.out, with_column(table, r.name, {w.begin(), w.end()})});
  return done;
}

std::function<outcome()> declare_weight(CLI::App& app) {
  const auto r = std::make_shared<weight_request>();
  r->design.weights_only = true;
  add_data(app, r->data);
  add_design(app, r->design);
  add_trim(app, r->design.calibration);
  add_value(app, "--name", "NAME", "the new column (default calibrated_weight)", r->name);
  add_value(app, "--out", "FILE", "where DATA is written with the new column", r->out);
  add_format(app, r->format);
  return [r] { return run(*r); };
}

}  // namespace

verb weight_verb() {
  return {"weight", "weights that meet known totals, written beside the data", declare_weight};
}

}  // namespace barometer
