// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/design/design.hpp>

#include <cstddef>
#include <deque>
#include <memory>
#include <string>
#include <support/table.hpp>
#include <vector>

namespace test {

/// A design of tests/reference/designs.csv on its data, which it keeps alive.
class survey {
 public:
  explicit survey(const std::string& name) : survey(name, table::reference("designs")) {}

  survey(const std::string& name, const table& designs) {
    std::size_t row = 0;
    while (designs.text("name", row) != name) ++row;
    data_ = std::make_unique<table>(table::reference(designs.text("data", row)));
    const auto stages_of = [&](const std::string& what) {
      const std::string& columns = designs.text(what, row);
      return columns.empty() ? std::vector<std::string>{} : table::split(columns, '+');
    };
    const auto strata = stages_of("strata"), psus = stages_of("psus"),
               population = stages_of("population");
    std::vector<baro::stage> stages(2);
    for (std::size_t s = 0; s < 2; ++s) {
      if (s < strata.size()) stages[s].set(baro::strata(text(strata[s])));
      if (s < psus.size()) stages[s].set(baro::psus(text(psus[s])));
      if (s < population.size()) stages[s].set(baro::population_sizes(numbers(population[s])));
    }
    const auto policy = *baro::single_psu_named(designs.text("single_psu", row));
    const std::string& weight = designs.text("weights", row);
    const baro::rows n(data_->rows());
    const std::vector<double>& w = numbers(weight.empty() ? "one" : weight);
    if (weight.empty())
      design_ = std::make_unique<baro::design>(n, policy, stages[0]);
    else if (psus.size() < 2)
      design_ = std::make_unique<baro::design>(n, baro::weights(w), policy, stages[0]);
    else
      design_ =
          std::make_unique<baro::design>(n, baro::weights(w), policy, stages[0], stages[1]);
  }

  const baro::design& design() const { return *design_; }
  const table& data() const { return *data_; }
  std::size_t rows() const { return data_->rows(); }

  /// A column of the data; `one` is 1 for every row, and `w` of mu284 is n1/5 · n2/3.
  const std::vector<double>& numbers(const std::string& column) {
    if (column == "one") return number_columns_.emplace_back(rows(), 1.0);
    if (column == "w" && data_->has("n1")) {
      std::vector<double> w;
      for (std::size_t i = 0; i < rows(); ++i)
        w.push_back(data_->number("n1", i) / 5 * data_->number("n2", i) / 3);
      return number_columns_.emplace_back(std::move(w));
    }
    return number_columns_.emplace_back(data_->numbers(column));
  }
  const std::vector<std::string>& text(const std::string& column) const {
    return data_->text(column);
  }

 private:
  std::unique_ptr<table> data_;
  std::unique_ptr<baro::design> design_;
  std::deque<std::vector<double>> number_columns_;
};

}  // namespace test
