// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/detail/code_column.hpp>
#include <baro/core/error.hpp>
#include <baro/design/arguments.hpp>
#include <baro/design/degrees_of_freedom.hpp>
#include <baro/design/detail/build_frame.hpp>
#include <baro/design/frame.hpp>
#include <baro/design/single_psu.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace baro {

/// How the respondents were selected: weights, and for each stage strata, sampling units and
/// the size of the population. Validated when it is made, immutable afterwards, cheap to copy.
///
///   const design d{weights(w), strata(region), psus(school), population_sizes(in_region),
///                  stage(psus(pupil), population_sizes(in_school)), single_psu::center};
///
/// (Braces: with parentheses C++ reads the line as a function.) Everything is optional and the
/// order is free; strata, psus and sizes outside `stage(…)` are
/// those of stage 1. The weights are seen in place; 4 bytes a row are kept for the coded units.
/// @throws size_error   columns of different lengths
/// @throws value_error  a weight that is negative or not finite, all weights 0, a population
///                      size that varies in its stratum or is below the sample, a stratum with
///                      a single PSU under `single_psu::error`
class design {
 public:
  template <class... Arguments>
  requires(sizeof...(Arguments) > 0 &&
           !(sizeof...(Arguments) == 1 &&
             (std::same_as<std::remove_cvref_t<Arguments>, design> &&
              ...))) explicit design(Arguments&&... arguments) {
    specification spec;
    (take(spec, std::forward<Arguments>(arguments)), ...);
    build(std::move(spec));
  }

  /// Number of respondents, those of weight 0 and those without an answer included.
  std::size_t size() const noexcept { return n_; }
  bool is_weighted() const noexcept { return weights_.has_data(); }
  /// The host's weights; meaningless unless `is_weighted()`.
  const number_view& weights_column() const noexcept { return weights_; }
  /// The steps that made the weights; null unless they are those of a calibration.
  const detail::calibration_record* weight_chain() const noexcept { return chain_.get(); }
  /// The leaf of each row in `tree()`; null where there is one leaf.
  const std::int32_t* leaf() const noexcept { return leaf_->empty() ? nullptr : leaf_->data(); }
  const frame& tree() const noexcept { return *frame_; }
  std::shared_ptr<const frame> shared_tree() const noexcept { return frame_; }
  baro::single_psu single_psu_policy() const noexcept { return single_psu_; }
  degrees_of_freedom df_policy() const noexcept { return df_; }

  /// Further respondents of the same design (interviews that arrive daily): labels are coded as
  /// in `other`, and a label it does not know is refused.
  friend struct same_frame;

 private:
  struct specification {
    std::vector<stage> stages = std::vector<stage>(1);
    std::optional<std::size_t> rows{};
    std::shared_ptr<const frame> known{};
    bool weights = false, single_psu = false, df = false;  // given?
  };

  static void once(bool& given, std::string_view what) {
    if (given)
      throw value_error("design: " + std::string(what) + " given twice, must be given once");
    given = true;
  }

  void take(specification& spec, const baro::rows& r) {
    bool given = spec.rows.has_value();
    once(given, "rows");
    spec.rows = r.count;
  }
  void take(specification& spec, const baro::weights& w) {
    once(spec.weights, "weights");
    weights_ = w.view;
    chain_ = w.chain;
  }
  void take(specification& spec, baro::single_psu p) {
    once(spec.single_psu, "single_psu");
    single_psu_ = p;
  }
  void take(specification& spec, degrees_of_freedom d) {
    once(spec.df, "degrees_of_freedom");
    df_ = d;
  }
  void take(specification& spec, stage s) { spec.stages.push_back(std::move(s)); }
  void take(specification& spec, const struct same_frame& other);
  template <class T>
  requires requires(stage s, T t) { s.set(std::move(t)); }
  void take(specification& spec, T argument) { spec.stages.front().set(std::move(argument)); }

  void build(specification spec) {
    if (spec.stages.size() > 1 && spec.stages.front().empty())
      spec.stages.erase(spec.stages.begin());
    n_ = count_rows(spec);
    if (n_ == 0) throw size_error("design: 0 rows, must have at least 1");
    check_weights();
    if (spec.known) {
      code_with(*spec.known, spec.stages);
      frame_ = std::move(spec.known);
      return;
    }
    auto [tree, leaf] = detail::frame_builder(spec.stages, n_).build();
    leaf_ = std::make_shared<const detail::code_column>(std::move(leaf));
    find_least_weights(tree);
    if (single_psu_ == baro::single_psu::error) refuse_single(tree, spec.stages);
    frame_ = std::make_shared<const frame>(std::move(tree));
  }

  std::size_t count_rows(const specification& spec) const {
    const stage& first = spec.stages.front();
    const std::size_t n = spec.rows             ? *spec.rows
                          : is_weighted()       ? weights_.size()
                          : first.psu_labels    ? first.psu_labels->size
                          : first.strata_labels ? first.strata_labels->size
                                                : 0;
    if (is_weighted()) detail::check_size("design", "weights", weights_.size(), n);
    return n;
  }

  void check_weights() const {
    if (!is_weighted()) return;
    constexpr std::size_t batch = 1024;
    std::vector<double> buffer(batch);
    std::size_t positive = 0;
    for (std::size_t first = 0; first < n_; first += batch) {
      const std::size_t n = std::min(batch, n_ - first);
      const double* w = weights_.read(first, n, buffer.data());
      std::uint64_t good = 0, above = 0;
      for (std::size_t i = 0; i < n; ++i) {
        good += w[i] >= 0 && w[i] <= 1e300 ? 1U : 0U;
        above += w[i] > 0 ? 1U : 0U;
      }
      positive += above;
      if (good == n) continue;
      for (std::size_t i = 0; i < n; ++i)
        if (!(w[i] >= 0 && w[i] <= 1e300))
          detail::refuse("design", "weights", first + i, w[i], "must be finite and >= 0");
    }
    if (positive == 0) throw value_error("design: weights are all 0, at least one must be > 0");
  }

  void find_least_weights(frame& tree) const {
    if (!is_weighted()) {
      tree.least_weight.assign(tree.leaves(), 1.0);
      return;
    }
    constexpr std::size_t batch = 1024;
    constexpr double none = std::numeric_limits<double>::infinity();
    std::vector<double> buffer(batch);
    tree.least_weight.assign(tree.leaves(), none);
    double* const least = tree.least_weight.data();
    for (std::size_t first = 0; first < n_; first += batch) {
      const std::size_t n = std::min(batch, n_ - first);
      const double* w = weights_.read(first, n, buffer.data());
      const std::int32_t* const at = leaf() == nullptr ? nullptr : leaf() + first;
      for (std::size_t i = 0; i < n; ++i) {
        double& l = least[at == nullptr ? 0 : at[i]];
        if (w[i] < l && w[i] > 0) [[unlikely]]
          l = w[i];
      }
    }
    for (double& l : tree.least_weight)
      if (l == none) l = 0;
  }

  /// A stratum of one unit that is not the whole population leaves its variance unknown.
  void refuse_single(const frame& tree, const std::vector<stage>& spec) const {
    std::vector<std::vector<double>> above{{1.0}};  // product of the fractions above, by unit
    for (std::size_t s = 0; s < tree.stages.size(); ++s) {
      const frame_stage& st = tree.stages[s];
      std::vector<double> reach(st.cells());
      for (std::size_t c = 0; c < st.cells(); ++c) {
        reach[c] = above.back()[static_cast<std::size_t>(st.parent[c])] * st.fraction[c];
        if (st.sampled[c] > 1 || st.fraction[c] >= 1 ||
            !(above.back()[static_cast<std::size_t>(st.parent[c])] > 0))
          continue;
        throw value_error(
            "design: " +
            detail::place_of(spec, s, first_row(tree, s, static_cast<std::int32_t>(c))) +
            " has a single sampled unit, its variance cannot be estimated; choose "
            "single_psu remove, average, center or certainty");
      }
      std::vector<double> unit_reach(st.units());
      for (std::size_t u = 0; u < st.units(); ++u)
        unit_reach[u] = reach[static_cast<std::size_t>(st.cell[u])];
      above.push_back(std::move(unit_reach));
    }
  }

  std::size_t first_row(const frame& tree, std::size_t s, std::int32_t cell) const {
    for (std::size_t i = 0; i < n_; ++i) {
      std::int32_t at = leaf_->empty() ? 0 : (*leaf_)[i];
      std::size_t level = tree.stages.size() - 1;
      if (!tree.rows_are_units) at = tree.stages[level].cell[static_cast<std::size_t>(at)];
      for (; level > s; --level)
        at = tree.stages[level - 1].cell[static_cast<std::size_t>(
            tree.stages[level].parent[static_cast<std::size_t>(at)])];
      if (at == cell) return i;
    }
    return 0;
  }

  void code_with(const frame& tree, const std::vector<stage>& spec);

  std::size_t n_ = 0;
  number_view weights_;
  std::shared_ptr<const detail::calibration_record> chain_;
  std::shared_ptr<const detail::code_column> leaf_;
  std::shared_ptr<const frame> frame_;
  baro::single_psu single_psu_ = baro::single_psu::error;
  degrees_of_freedom df_;
};

/// Says that further respondents belong to the strata and units of a design already made:
///   const design today{same_frame(first_day), weights(w), strata(region), psus(school)};
struct same_frame {
  std::shared_ptr<const frame> tree;
  baro::single_psu single_psu_policy;
  degrees_of_freedom df;
  explicit same_frame(const design& d)
      : tree(d.frame_), single_psu_policy(d.single_psu_), df(d.df_) {}
};

inline void design::take(specification& spec, const same_frame& other) {
  spec.known = other.tree;
  single_psu_ = other.single_psu_policy;
  df_ = other.df;
}

inline void design::code_with(const frame& tree, const std::vector<stage>& spec) {
  detail::code_column leaf, codes(n_);
  const auto step = [&](const std::optional<detail::label_source>& labels,
                        const std::optional<level_coder>& coder,
                        const std::optional<detail::pair_coder>& pairs, std::string_view what,
                        std::size_t s) {
    const std::string argument = detail::at_stage(what, s);
    if (!coder && labels)
      throw value_error("design: " + argument + " is given, must be left out as in same_frame");
    if (!coder) return;
    if (!labels)
      throw value_error("design: " + argument + " is missing, must be given as in same_frame");
    detail::check_size("design", argument, labels->size, n_);
    labels->encode(*coder, 0, n_, codes.data());
    for (std::size_t i = 0; i < n_; ++i) {
      codes[i] = pairs->code(leaf.empty() ? 0 : leaf[i], codes[i]);
      if (codes[i] < 0)
        throw value_error("design: " + argument + "[" + std::to_string(i) +
                          "] = " + labels->text(i) + ", must be known to same_frame");
    }
    leaf = codes;
  };
  for (std::size_t s = 0; s < tree.stages.size(); ++s) {
    const frame_stage& st = tree.stages[s];
    const stage none{}, &given = s < spec.size() ? spec[s] : none;
    step(given.strata_labels, st.stratum_labels, st.stratum_pairs, "strata", s);
    if (st.psu_labels && st.cell.empty())
      throw value_error("design: " + detail::at_stage("psus", s) +
                        " of same_frame hold one respondent each, nobody else can be in them");
    step(given.psu_labels, st.psu_labels, st.psu_pairs, "psus", s);
  }
  leaf_ = std::make_shared<const detail::code_column>(std::move(leaf));
}

}  // namespace baro
