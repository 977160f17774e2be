// SPDX-License-Identifier: BSL-1.0
#include "estimate_verb.hpp"

#include <baro/io/csv.hpp>

#include "design_options.hpp"
#include "estimate_report.hpp"
#include "interval_choice.hpp"
#include "options.hpp"
#include "question.hpp"
#include "refusal.hpp"
#include "sample.hpp"
#include "sample_text.hpp"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace barometer {

namespace {

struct estimate_request {
  std::string data{};
  design_request design{};
  std::vector<std::string> where{};
  std::vector<std::string> by{};
  std::vector<statistic_request> statistics{};
  double level = baro::default_level;
  interval_choice interval{};
  std::string covariance{};
  output_format format = output_format::table;
};

void check(const estimate_request& r) {
  check_statistics(r.statistics);
  if (r.interval.named() &&
      std::all_of(r.statistics.begin(), r.statistics.end(),
                  [&](const statistic_request& s) { return r.interval.passes_over(s.kind); }))
    refuse_option("--interval", r.interval.named()->name(),
                  "is an interval of shares, must come with a --share");
  if (r.covariance.empty()) return;
  if (r.covariance == "-") refuse_option("--covariance", "-", "must be a file");
  std::error_code ignored;
  if (std::filesystem::equivalent(r.covariance, r.data, ignored))
    refuse_option("--covariance", r.covariance, "must not be DATA");
}

outcome run(const estimate_request& r) {
  check(r);
  barometer::check(r.design);
  const baro::csv_table table = baro::read_csv(r.data);
  estimate_result result;
  result.data = data_name(r.data);
  result.context = sample_text(r.design, r.where, table.rows());
  result.by = r.by;
  result.level = r.level;
  result.cut = read_domains(table, r.where, r.by);
  for (const statistic_request& s : r.statistics)
    result.questions.push_back(read_question(table, s));
  const sample drawn(table, r.design);
  const estimation_request wanted{drawn.design(), result.questions, result.cut,
                                  baro::confidence_level(r.level), r.interval};
  result.found = r.covariance.empty() ? estimate_each(wanted) : estimate_jointly(wanted);

  outcome done;
  done.standard_output = in_format(
      r.format, [&] { return as_records(result); }, [&] { return as_text(as_sheet(result)); });
  if (!r.covariance.empty()) done.files.push_back({r.covariance, covariance_csv(result)});
  return done;
}

std::function<outcome()> declare_estimate(CLI::App& app) {
  const auto r = std::make_shared<estimate_request>();
  add_data(app, r->data);
  add_statistics(app, r->statistics);
  add_design(app, r->design);
  add_domains(app, r->where, r->by, "one result per combination of levels");
  add_level(app, r->level);
  add_value(app, "--interval", "NAME",
            interval_help() +
                " (default: guarded_jeffreys for shares, "
                "woodruff for quantiles, otherwise wald)",
            [r](const std::string& text) { r->interval = interval_choice(text); });
  add_value(app, "--covariance", "FILE",
            "joint covariance of the figures, as CSV without header", r->covariance);
  add_format(app, r->format);
  return [r] { return run(*r); };
}

}  // namespace

verb estimate_verb() {
  return {"estimate",
          "means, totals, shares, ratios, quantiles and balances with their intervals",
          declare_estimate};
}

}  // namespace barometer
