// SPDX-License-Identifier: BSL-1.0
#include "trend_verb.hpp"

#include <baro/hypothesis/adjust.hpp>
#include <baro/io/csv.hpp>
#include <baro/trend/link_rule.hpp>

#include "adjust_option.hpp"
#include "design_options.hpp"
#include "interval_choice.hpp"
#include "names.hpp"
#include "options.hpp"
#include "question.hpp"
#include "refusal.hpp"
#include "sample_text.hpp"
#include "trend_report.hpp"
#include "trend_waves.hpp"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace barometer {

namespace {

struct trend_request {
  std::string data{};
  design_request design{};
  std::string wave{};
  std::string id{};
  std::optional<baro::link_rule> link{};
  std::string reference{};
  std::vector<std::string> where{};
  std::vector<std::string> by{};
  std::vector<statistic_request> statistics{};
  std::optional<baro::adjustment> adjust{};
  double level = baro::default_level;
  interval_choice interval{};
  output_format format = output_format::table;
};

bool has_first_units(const design_request& d) {
  return !d.psu.empty() && !d.psu.front().empty();
}

void check(const trend_request& r) {
  if (r.wave.empty()) throw refusal("--wave COL is missing");
  check_statistics(r.statistics);
  if (r.id == r.wave) refuse_option("--id", r.id, "must not be the column of --wave");
  if (std::find(r.by.begin(), r.by.end(), r.wave) != r.by.end())
    refuse_option("--by", r.wave, "must not be the column of --wave");
  if (r.link && *r.link != baro::link_rule::independent && r.id.empty() &&
      !has_first_units(r.design))
    refuse_option("--link", std::string(name(*r.link)),
                  "must come with --id or --psu, which tell who is in several waves");
}

/// What the changes rest on.
std::string link_note(const trend_request& r, const waves_of_file& waves,
                      baro::link_rule rule) {
  if (rule == baro::link_rule::independent)
    return waves.link().empty()
               ? "Waves are taken for independent samples: without --id or --psu nothing tells "
                 "who answered in several."
               : "Waves are taken for independent samples, as --link independent asks.";
  const std::string who = waves.links_units() ? "sampling units (" + r.design.psu.front() + ")"
                                              : "respondents (" + r.id + ")";
  if (waves.met_again() == 0)
    return "None of the " + std::to_string(waves.linked()) + " " + who +
           " is in several waves: they are independent samples.";
  return "Standard errors of changes know that " + std::to_string(waves.met_again()) + " of " +
         std::to_string(waves.linked()) + " " + who + " are in several waves (link " +
         std::string(name(rule)) + ").";
}

std::vector<std::string> notes_of(const trend_request& r, const waves_of_file& waves,
                                  baro::link_rule rule) {
  std::vector<std::string> notes{link_note(r, waves, rule)};
  if (!waves.are_numbers())
    notes.push_back(
        "The names of the waves are no numbers: they are in the order of the alphabet, and "
        "slopes count them 1, 2, 3.");
  if (waves.met_again() > 0 && rule != baro::link_rule::independent &&
      (!r.design.population.empty() || !r.design.fraction.empty()))
    notes.push_back(
        "Who is in several waves is taken as kept on purpose, from large populations: where "
        "samples of a small population meet by chance, --link independent is right.");
  return notes;
}

outcome run(const trend_request& r) {
  check(r);
  barometer::check(r.design);
  const baro::csv_table table = baro::read_csv(r.data);
  const waves_of_file waves(table, r.wave, r.id, r.design);
  trend_result result;
  result.title = "Waves of " + r.wave + ", from " + data_name(r.data);
  result.context = sample_text(r.design, r.where, table.rows());
  result.by = r.by;
  result.waves = waves.names();
  result.cut = read_domains(table, r.where, r.by);
  for (const statistic_request& s : r.statistics)
    result.questions.push_back(read_question(table, s));
  result.level = baro::confidence_level(r.level);
  result.adjusted = r.adjust.value_or(baro::adjustment::none);
  const baro::link_rule rule = waves.link().empty() ? baro::link_rule::independent
                                                    : r.link.value_or(baro::link_rule::pattern);
  std::optional<std::size_t> reference;
  if (!r.reference.empty()) reference = waves.number_of(r.reference);
  result.figures = follow_waves({table, waves, r.design, result.questions, result.cut, rule,
                                 reference, result.adjusted, result.level, r.interval});
  result.notes = notes_of(r, waves, rule);
  outcome done;
  done.standard_output = in_format(
      r.format, [&] { return as_records(result); }, [&] { return as_text(as_sheet(result)); });
  return done;
}

std::function<outcome()> declare_trend(CLI::App& app) {
  const auto r = std::make_shared<trend_request>();
  add_data(app, r->data);
  add_value(app, "--wave", "COL", "the column that tells the wave; numbers are places in time",
            r->wave);
  add_value(app, "--id", "COL",
            "the same respondent across waves; with --psu the unit is what is shared, by "
            "stratum and label",
            r->id);
  add_value(app, "--link", "NAME",
            names_up_to(baro::link_rule::independent) +
                " (default: pattern with --id or --psu, else independent)",
            [r](const std::string& text) {
              r->link = baro::link_rule_by_name(text);
              if (!r->link)
                refuse_option("--link", text,
                              "must be one of " + names_up_to(baro::link_rule::independent));
            });
  add_value(app, "--reference", "WAVE",
            "compare each wave with this one (default: with the one before)", r->reference);
  add_statistics(app, r->statistics);
  add_design(app, r->design);
  add_domains(app, r->where, r->by, "one series per combination of levels");
  add_adjust(app, "changes", r->adjust);
  add_level(app, r->level);
  add_value(app, "--interval", "NAME",
            interval_help() +
                " (default: guarded_jeffreys for shares, woodruff for quantiles, otherwise "
                "wald; changes of shares by guarded_score, with wald or normal by t)",
            [r](const std::string& text) { r->interval = interval_choice(text); });
  add_format(app, r->format);
  return [r] { return run(*r); };
}

}  // namespace

verb trend_verb() {
  return {"trend", "waves of a barometer: figures, changes, slopes, and whether all are equal",
          declare_trend};
}

}  // namespace barometer
