// SPDX-License-Identifier: BSL-1.0
#include "sample.hpp"

#include <baro/core/error.hpp>
#include <baro/design/design.hpp>

#include "calibrated_weights.hpp"
#include "refusal.hpp"
#include "usable_numbers.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace barometer {

namespace {

constexpr std::size_t most_stages = 6;

/// The constructor of a design takes its stages one by one.
template <class... Stages>
baro::design design_of(const std::optional<baro::weights>& weights, std::size_t rows,
                       baro::single_psu policy, const std::vector<baro::stage>& all,
                       const Stages&... stages) {
  if constexpr (sizeof...(Stages) < most_stages) {
    if (sizeof...(Stages) < all.size())
      return design_of(weights, rows, policy, all, stages..., all[sizeof...(Stages)]);
  }
  if (!weights) return baro::design(baro::rows(rows), policy, stages...);
  return baro::design(baro::rows(rows), *weights, policy, stages...);
}

const std::string& name_at(const std::vector<std::string>& columns, std::size_t stage) {
  static const std::string none;
  return stage < columns.size() ? columns[stage] : none;
}

/// A refusal of the library, `design: population_sizes (stage 2)[16] = 3, rule`, taken apart.
struct design_refusal {
  std::string argument{};
  std::size_t stage = 0;
  std::size_t row = 0;
  bool has_row = false;
  std::string rule{};
};

design_refusal take_apart(std::string_view message) {
  design_refusal out;
  constexpr std::string_view prefix = "design: ";
  if (message.starts_with(prefix)) message.remove_prefix(prefix.size());
  out.rule = std::string(message);
  const auto bracket = message.find('['), close = message.find("] = ");
  if (bracket == message.npos || close == message.npos || close < bracket) return out;
  const char* const end = message.data() + close;
  out.has_row = std::from_chars(message.data() + bracket + 1, end, out.row).ptr == end;
  out.argument = std::string(message.substr(0, bracket));
  const std::string_view at_stage = " (stage ";
  if (const auto s = out.argument.find(at_stage); s != out.argument.npos) {
    out.stage = static_cast<std::size_t>(out.argument[s + at_stage.size()] - '1');
    out.argument.resize(s);
  }
  const auto comma = message.find(", ", close);
  if (comma != message.npos) out.rule = std::string(message.substr(comma + 2));
  return out;
}

/// The column whose label a refusal without a row speaks of: `stratum 'a' …`, `unit '7' (stage
/// 2) …`, where a unit is one of the stage above.
std::string column_of(std::string_view rule, const design_request& request) {
  std::size_t stage = 1;
  constexpr std::string_view at_stage = " (stage ", single = " has a single sampled unit";
  if (const auto end = rule.rfind(single); end != rule.npos) {
    const auto s = rule.substr(0, end).rfind(at_stage);
    if (s != rule.npos && s + at_stage.size() + 2 == end)
      stage = static_cast<std::size_t>(rule[s + at_stage.size()] - '0');
  }
  if (rule.starts_with("stratum '")) return name_at(request.stratum, stage - 1);
  if (rule.starts_with("unit '") && stage > 1) return name_at(request.psu, stage - 2);
  return {};
}

std::string with_option_names(std::string text) {
  const std::string word = "choose single_psu ";
  if (const auto at = text.find(word); at != text.npos)
    text.replace(at, word.size(), "choose --single-psu ");
  return text;
}

}  // namespace

sample::sample(const baro::csv_table& table, const design_request& request) : table_(table) {
  check(request);
  if (request.stages() > most_stages)
    throw refusal("a design of " + std::to_string(request.stages()) +
                  " stages, must be at most " + std::to_string(most_stages));
  if (!request.weight.empty()) read_weights(request.weight);
  if (!request.calibration.margins.empty()) calibrate(request);
  if (request.weights_only && calibration_ && calibration_->summary().negative() > 0) return;
  stages_.resize(request.stages());
  for (std::size_t s = 0; s < stages_.size(); ++s) {
    stage_columns& st = stages_[s];
    st.stratum = required_labels(name_at(request.stratum, s));
    st.psu = required_labels(name_at(request.psu, s));
    st.population = required_numbers(name_at(request.population, s));
    st.fraction = required_numbers(name_at(request.fraction, s));
    for (std::size_t row = 0; row < st.fraction.size(); ++row)
      if (!(st.fraction[row] > 0 && st.fraction[row] <= 1))
        table_.refuse(row, table_.column(name_at(request.fraction, s)), "must be in (0, 1]");
  }
  try {
    design_ = std::make_unique<const baro::design>(make_design(request));
  } catch (const baro::error& e) {
    const design_refusal why = take_apart(e.what());
    const auto& columns =
        why.argument == "population_sizes" ? request.population : request.fraction;
    if (why.has_row && !name_at(columns, why.stage).empty())
      table_.refuse(why.row, table_.column(name_at(columns, why.stage)), why.rule);
    const std::string column = column_of(why.rule, request);
    throw baro::file_error(
        {.file = table_.file()},
        (column.empty() ? "" : "column " + baro::quoted_text(column) + ": ") +
            with_option_names(why.rule));
  }
}

void sample::read_weights(std::string_view name) {
  const std::size_t column = table_.column(name);
  weights_ = required_numbers(name);
  for (std::size_t row = 0; row < weights_.size(); ++row)
    if (!(weights_[row] >= 0)) table_.refuse(row, column, "must be >= 0");
  if (std::none_of(weights_.begin(), weights_.end(), [](double w) { return w > 0; }))
    throw baro::file_error(
        {.file = table_.file()},
        "column " + baro::quoted_text(name) + " is 0 in every row, must be > 0 in one");
}

void sample::calibrate(const design_request& request) {
  if (weights_.empty()) weights_.assign(table_.rows(), 1.0);
  for (std::size_t row = 0; row < weights_.size(); ++row)
    if (!(weights_[row] > 0))
      table_.refuse(row, table_.column(request.weight), "must be > 0 to be calibrated");
  calibration_ = calibrated_weights(table_, weights_, request.calibration);
}

std::vector<double> sample::required_numbers(std::string_view name) const {
  if (name.empty()) return {};
  const std::size_t column = table_.column(name);
  std::vector<double> values = usable_numbers(table_, name);
  for (std::size_t row = 0; row < values.size(); ++row)
    if (std::isnan(values[row])) table_.refuse(row, column, "must not be missing");
  return values;
}

std::vector<std::string_view> sample::required_labels(std::string_view name) const {
  if (name.empty()) return {};
  const std::size_t column = table_.column(name);
  std::vector<std::string_view> labels(table_.rows());
  for (std::size_t row = 0; row < labels.size(); ++row) {
    labels[row] = table_.text(row, column);
    if (baro::csv_table::is_missing_text(labels[row]))
      table_.refuse(row, column, "must not be missing");
  }
  return labels;
}

baro::design sample::make_design(const design_request& request) const {
  std::vector<baro::stage> stages;
  for (const stage_columns& columns : stages_) {
    baro::stage& st = stages.emplace_back();
    if (!columns.stratum.empty()) st.set(baro::strata(columns.stratum));
    if (!columns.psu.empty()) st.set(baro::psus(columns.psu));
    if (!columns.population.empty()) st.set(baro::population_sizes(columns.population));
    if (!columns.fraction.empty()) st.set(baro::sampling_fractions(columns.fraction));
  }
  std::optional<baro::weights> weights;
  if (calibration_)
    weights.emplace(*calibration_);
  else if (!weights_.empty())
    weights.emplace(weights_);
  return design_of(weights, table_.rows(), request.single_psu, stages);
}

}  // namespace barometer
