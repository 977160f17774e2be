// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/detail/flat_index.hpp>
#include <baro/core/error.hpp>
#include <baro/weights/calibration_options.hpp>
#include <baro/weights/detail/calibration_solver.hpp>
#include <baro/weights/margin.hpp>
#include <baro/weights/starting_weights.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace baro::detail {

/// One constraint, for people.
struct constraint {
  std::size_t margin = 0;
  std::string level{};
  double target = 0;  ///< in weights: shares are of the total of the starting weights
  double before = 0;  ///< Σ of the starting weights (times the number)
};

/// Margins and starting weights as constraints. Everything that can be wrong with them is
/// refused here.
class problem_builder {
 public:
  /// @param row_by_row  the factor depends on more than the levels: no profiles
  problem_builder(std::string function, const std::vector<margin>& margins,
                  const starting_weights& start, const calibration_options& options,
                  bool row_by_row)
      : function_(std::move(function)),
        margins_(margins),
        start_(start),
        options_(options),
        n_(start.size()) {
    if (margins.empty()) throw value_error(function_ + ": no margin is given");
    for (const margin& m : margins) check_size(function_, m.name(), m.size(), n_);
    const auto& q = options.q;
    if (q) check_size(function_, "q", q->size(), n_);
    if (options.household)
      check_size(function_, "household", options.household->codes().size(), n_);
    lay_out();
    if (row_by_row || q || options.household || x_.numbers > 0 || !find_profiles())
      number_rows();
    if (!(sum_ > 0)) throw value_error(function_ + ": there is no respondent");
    if (q) read_q(*q);
    set_targets();
    if (options.household) join(*options.household);
  }

  calibration_problem& problem() noexcept { return problem_; }
  const std::vector<constraint>& constraints() const noexcept { return constraints_; }
  /// Variance of each target; empty where all are known.
  const std::vector<double>& target_variance() const noexcept { return target_variance_; }
  double total_before() const noexcept { return sum_; }

 private:
  static constexpr std::size_t batch = 512;
  static constexpr double largest_weight = 1e300;

  /// Checks the weights of a batch, on their way past, and sums them.
  void take_weights(std::size_t first, std::size_t count, const double* w) {
    // Four lanes, or each addition waits for the last. A comparison with NaN keeps the least,
    // but the sum shows it.
    double sum[4] = {}, least[4] = {1, 1, 1, 1};
    const auto take = [&](std::size_t lane, double weight) {
      sum[lane] += weight;
      least[lane] = weight < least[lane] ? weight : least[lane];
    };
    std::size_t i = 0;
    for (; i + 4 <= count; i += 4)
      for (std::size_t lane = 0; lane < 4; ++lane) take(lane, w[i + lane]);
    for (; i < count; ++i) take(0, w[i]);
    const double all = (sum[0] + sum[1]) + (sum[2] + sum[3]);
    sum_ += all;
    if (*std::min_element(least, least + 4) > 0 && all <= largest_weight) return;
    const bool chained = start_.record() != nullptr;
    for (i = 0; i < count; ++i)
      if (!(w[i] > 0 && w[i] <= largest_weight) && !(chained && w[i] == 0))
        refuse(function_, "weights", first + i, w[i], "must be finite and > 0");
  }

  /// A column for each level with a target, then one for each number.
  void lay_out() {
    for (std::size_t m = 0; m < margins_.size(); ++m) {
      const margin& of = margins_[m];
      if (of.is_total()) continue;
      level_margins_.push_back(m);
      std::vector<std::int32_t>& column =
          column_of_code_.emplace_back(of.question().levels(), -1);
      for (const level_target& t : of.targets()) {
        const std::int32_t code = of.question().code(t.level);
        if (code >= 0)
          column[static_cast<std::size_t>(code)] = static_cast<std::int32_t>(x_.columns);
        ++x_.columns;
        constraints_.push_back({m, t.level, t.target, 0});
      }
      const auto known =
          std::find_if(column.begin(), column.end(), [](std::int32_t c) { return c >= 0; });
      first_known_.push_back(
          known == column.end() ? 0 : static_cast<std::int32_t>(known - column.begin()));
    }
    x_.levels = level_margins_.size();
    for (std::size_t m = 0; m < margins_.size(); ++m)
      if (margins_[m].is_total()) {
        number_margins_.push_back(m);
        constraints_.push_back({m, "", margins_[m].targets().front().target, 0});
      }
    x_.numbers = number_margins_.size();
    x_.columns += x_.numbers;
  }

  const categories& question(std::size_t k) const {
    return margins_[level_margins_[k]].question();
  }

  /// Reads the codes of a batch of all level margins, margin by margin.
  /// @returns where one has no answer or a level without a target: refused
  void read_codes(std::size_t first, std::size_t count, std::vector<std::int32_t>& codes,
                  std::vector<std::int32_t>& buffer) const {
    for (std::size_t k = 0; k < x_.levels; ++k) {
      const code_run run = question(k).read(first, count, buffer.data());
      const std::int32_t* const column = column_of_code_[k].data();
      std::int32_t* const out = codes.data() + k * batch;
      for (std::size_t i = 0; i < count; ++i) {
        out[i] = run[i];
        if (out[i] >= 0 && column[out[i]] >= 0) continue;
        // Who has no weight (a nonrespondent of a chain) counts in no margin.
        if (start_.view()[first + i] > 0) refuse_codes(k, first + i, out[i]);
        out[i] = first_known_[k];
      }
    }
  }

  [[noreturn]] void refuse_codes(std::size_t k, std::size_t row, std::int32_t code) const {
    const std::string& name = margins_[level_margins_[k]].name();
    if (code < 0)
      refuse_text(function_, name, static_cast<std::ptrdiff_t>(row), "missing",
                  "must have a level of the margin");
    refuse(function_, name, row, question(k).labels()[static_cast<std::size_t>(code)],
           "must have a target in the margin");
  }

  /// Numbers the combinations of levels that occur.
  /// @returns false where nearly every respondent has one of their own
  bool find_profiles() {
    // Keys must stay below what a value without a target takes from them, once per margin.
    int key_bits = 0;
    for (std::size_t k = 0; k < x_.levels; ++k) key_bits += bits_of(k);
    const int bits = key_bits + static_cast<int>(std::bit_width(x_.levels));
    if (bits > 62) return false;
    const std::size_t product = std::size_t{1} << key_bits;
    if (bits <= 30 && product <= std::max<std::size_t>(std::size_t{1} << 19, n_ / 4))
      number_in_table(product);
    else if (options_.stop != stopping_rule::cell_change && nearly_all_distinct())
      return false;
    else
      number_in_index();
    return true;
  }

  void number_in_table(std::size_t product) {
    std::vector<double> sums(product, 0.0);
    x_.unit_of_row.resize(n_, product);
    x_.unit_of_row.visit([&](auto* const unit_of_row) {
      each_key<std::int32_t>(
          [&](std::size_t first, std::size_t count, const std::int32_t* key, const double* w) {
            auto* const unit = unit_of_row + first;
            for (std::size_t i = 0; i < count; ++i) {
              unit[i] = static_cast<std::remove_reference_t<decltype(*unit)>>(key[i]);
              sums[static_cast<std::size_t>(key[i])] += w[i];
            }
          });
    });
    // Where rows are many, combinations that do not occur are kept as rows of x without weight:
    // dearer to leave out than to carry along.
    const bool keep_all = product <= n_ / 64;
    std::vector<std::int32_t> number(keep_all ? 0 : product, 0);
    for (std::size_t key = 0; key < product; ++key) {
      if (!keep_all) {
        if (!(sums[key] > 0)) continue;
        number[key] = static_cast<std::int32_t>(x_.units);
      }
      add_profile(static_cast<std::int64_t>(key), sums[key]);
    }
    if (keep_all) return;
    // A profile of weight 0 (the nonrespondents of a chain) goes to any row: 0 stays 0.
    x_.unit_of_row.visit([&](auto* const unit) {
      for (std::size_t i = 0; i < n_; ++i)
        unit[i] = static_cast<std::remove_reference_t<decltype(*unit)>>(
            number[static_cast<std::size_t>(unit[i])]);
    });
  }

  void number_in_index() {
    std::vector<double> sums;
    flat_index<std::int64_t, std::int64_t> index;
    x_.unit_of_row.resize(n_, n_);
    x_.unit_of_row.visit([&](auto* const unit_of_row) {
      each_key<std::int64_t>(
          [&](std::size_t first, std::size_t count, const std::int64_t* key, const double* w) {
            for (std::size_t i = 0; i < count; ++i) {
              const auto unit = static_cast<std::size_t>(index.insert(key[i]));
              unit_of_row[first + i] =
                  static_cast<std::remove_reference_t<decltype(*unit_of_row)>>(unit);
              if (unit == sums.size()) sums.push_back(0);
              sums[unit] += w[i];
            }
          });
    });
    for (std::size_t u = 0; u < sums.size(); ++u) add_profile(index.keys()[u], sums[u]);
  }

  /// Bits of a key that tell the level of a margin.
  int bits_of(std::size_t k) const {
    return static_cast<int>(std::bit_width(question(k).levels() - 1));
  }

  /// Calls use(first, count, keys, weights) for each batch; a key is the number of the
  /// combination, some bits for each margin, the first one highest. What a stored value adds to
  /// it is looked up; a value that is missing or has no target makes it negative.
  template <class Key, class Use>
  void each_key(Use use) {
    const Key none = std::numeric_limits<Key>::min() / static_cast<Key>(x_.levels);
    std::vector<std::vector<Key>> adds(x_.levels);
    bool even = true;  // a value adds what it is above the lowest: no look-up
    std::vector<std::int32_t> buffer(batch), codes(batch * x_.levels);
    int shift = 0;
    for (std::size_t k = x_.levels; k-- > 0;) {
      const code_run run = question(k).read(0, 0, buffer.data());
      for (std::size_t value = 0; value < question(k).stored_values(); ++value) {
        const std::int32_t code = run.table[value];
        const bool known = code >= 0 && column_of_code_[k][static_cast<std::size_t>(code)] >= 0;
        adds[k].push_back(known ? static_cast<Key>(Key(code) << shift) : none);
        even = even && adds[k].back() == static_cast<Key>(static_cast<Key>(value) << shift);
      }
      shift += bits_of(k);
    }
    std::vector<Key> keys(batch, Key(0));
    std::vector<double> weights(batch);
    for (std::size_t first = 0; first < n_; first += batch) {
      const std::size_t count = std::min(batch, n_ - first);
      const double* const w = start_.view().read(first, count, weights.data());
      take_weights(first, count, w);
      Key* const key = keys.data();
      std::fill_n(key, count, Key(0));
      for (std::size_t k = 0; k < x_.levels; ++k) {
        const code_run run = question(k).read(first, count, buffer.data());
        const std::int32_t* const raw = run.raw;
        const Key low = static_cast<Key>(run.lowest);
        const int bits = bits_of(k);
        const Key* const add = adds[k].data() - run.lowest;
        if (even)
          for (std::size_t i = 0; i < count; ++i)
            key[i] = static_cast<Key>(key[i] << bits) + (static_cast<Key>(raw[i]) - low);
        else
          for (std::size_t i = 0; i < count; ++i) key[i] += add[raw[i]];
      }
      if (!even && *std::min_element(key, key + count) < 0) {
        read_codes(first, count, codes, buffer);  // refused, unless they have no weight
        for (std::size_t i = 0; i < count; ++i)
          key[i] = static_cast<Key>(key_of_codes(codes.data() + i));
      }
      use(first, count, key, w);
    }
  }

  /// The key of a row among the codes of a batch.
  std::int64_t key_of_codes(const std::int32_t* codes) const {
    std::int64_t key = 0;
    for (std::size_t k = 0; k < x_.levels; ++k) key = (key << bits_of(k)) + codes[k * batch];
    return key;
  }

  bool nearly_all_distinct() const {
    const std::size_t tried = std::min<std::size_t>(n_, 16384);
    std::vector<std::int64_t> met;
    std::vector<std::int32_t> codes(batch * x_.levels), buffer(batch);
    for (std::size_t first = 0; first < tried; first += batch) {
      const std::size_t count = std::min(batch, tried - first);
      read_codes(first, count, codes, buffer);
      for (std::size_t i = 0; i < count; ++i) met.push_back(key_of_codes(codes.data() + i));
    }
    std::sort(met.begin(), met.end());
    const auto distinct = std::unique(met.begin(), met.end()) - met.begin();
    return 2 * static_cast<std::size_t>(distinct) > tried;
  }

  void add_profile(std::int64_t key, double weight) {
    const std::size_t at = x_.column.size();
    x_.column.resize(at + x_.levels);
    for (std::size_t k = x_.levels; k-- > 0;) {
      const auto code = static_cast<std::size_t>(key & ((std::int64_t{1} << bits_of(k)) - 1));
      const std::vector<std::int32_t>& column = column_of_code_[k];
      const std::int32_t j = code < column.size() ? column[code] : -1;
      x_.column[at + k] = j >= 0 ? j : column[static_cast<std::size_t>(first_known_[k])];
      key >>= bits_of(k);
    }
    problem_.d.push_back(weight);
    ++x_.units;
  }

  /// Each respondent has a row of x.
  void number_rows() {
    x_.unit_of_row.clear();
    x_.units = n_;
    x_.column.resize(n_ * x_.levels);
    x_.number.resize(n_ * x_.numbers);
    problem_.d.resize(n_);
    std::vector<std::int32_t> codes(batch * x_.levels), buffer(batch);
    std::vector<double> values(batch);
    for (std::size_t first = 0; first < n_; first += batch) {
      const std::size_t count = std::min(batch, n_ - first);
      const double* const w = start_.view().read(first, count, values.data());
      take_weights(first, count, w);
      std::copy_n(w, count, problem_.d.begin() + static_cast<std::ptrdiff_t>(first));
      read_codes(first, count, codes, buffer);
      for (std::size_t k = 0; k < x_.levels; ++k)
        for (std::size_t i = 0; i < count; ++i)
          x_.column[(first + i) * x_.levels + k] =
              column_of_code_[k][static_cast<std::size_t>(codes[k * batch + i])];
      for (std::size_t k = 0; k < x_.numbers; ++k) {
        const answers& y = margins_[number_margins_[k]].number();
        const double* p = y.read(first, count, values.data());
        for (std::size_t i = 0; i < count; ++i) {
          if (!std::isfinite(p[i]) && !(problem_.d[first + i] > 0)) continue;
          if (!std::isfinite(p[i]))
            refuse_text(function_, y.name(), static_cast<std::ptrdiff_t>(first + i),
                        std::isnan(p[i]) ? "missing" : text(p[i]), "must be a number");
          x_.number[(first + i) * x_.numbers + k] = p[i];
        }
      }
    }
  }

  void read_q(const number_view& q) {
    for (std::size_t i = 0; i < n_; ++i) {
      const double value = q[i];
      if (!(value > 0 && value <= 1e300))
        refuse(function_, "q", i, value, "must be finite and > 0");
      problem_.q.push_back(value);
    }
  }

  void set_targets() {
    std::vector<double> before(x_.columns), size(x_.columns);
    for (std::size_t u = 0; u < x_.units; ++u)
      x_.each(u, [&](std::size_t j, double x) {
        before[j] += problem_.d[u] * x;
        size[j] += problem_.d[u] * std::abs(x);
      });
    agree_on_total();
    bool any_error = false;
    for (std::size_t j = 0, t = 0; j < x_.columns; ++j, ++t) {
      if (j > 0 && constraints_[j].margin != constraints_[j - 1].margin) t = 0;
      constraint& c = constraints_[j];
      const margin& m = margins_[c.margin];
      c.before = before[j];
      if (!m.is_total() && !(before[j] > 0))
        refuse(function_, "target of " + m.name() + "='" + c.level + "'", c.target,
               "must have somebody in the sample: no respondent has this level");
      problem_.target.push_back(c.target);
      problem_.slack.push_back(m.cost() ? 1 / *m.cost() : 0);
      problem_.size.push_back(m.is_total() ? std::max(std::abs(c.target), size[j]) : c.target);
      if (!(problem_.size.back() > 0)) problem_.size.back() = 1;
      const double error = m.standard_errors().empty() ? 0 : m.standard_errors()[t];
      target_variance_.push_back(scale_of(m) * scale_of(m) * error * error);
      any_error = any_error || error > 0;
    }
    if (!any_error) target_variance_.clear();
    if (!any_error && options_.stop == stopping_rule::gap)
      center_numbers(before);
    else
      problem_.center.assign(x_.numbers, 0.0);
    problem_.x = std::move(x_);
  }

  /// What turns a target as given into weights.
  double scale_of(const margin& m) const {
    if (m.given_as() == margin::unit::shares) return sum_;
    if (m.given_as() == margin::unit::percentages) return sum_ / 100;
    return 1;
  }

  /// Level margins of one population have one total.
  void agree_on_total() {
    std::optional<std::size_t> first;
    double total = 0;
    for (std::size_t j = 0; j < constraints_.size();) {
      const margin& m = margins_[constraints_[j].margin];
      const std::size_t levels = m.targets().size();
      if (!m.is_total()) {
        double given = 0;
        for (const level_target& t : m.targets()) given += t.target;
        const bool relative = m.given_as() != margin::unit::counts;
        const double all = relative ? sum_ : given;
        for (std::size_t l = 0; l < levels; ++l) constraints_[j + l].target *= all / given;
        if (!m.cost()) {
          if (!first) {
            first = constraints_[j].margin;
            total = all;
            if (!first_exact_) first_exact_ = j;
          } else if (!(std::abs(all - total) <= 1e-8 * total)) {
            throw value_error(function_ + ": the targets of " + m.name() + " sum to " +
                              text(all) + ", those of " + margins_[*first].name() + " to " +
                              text(total) +
                              (relative ? " (shares are of the total of the weights)" : "") +
                              ", must be the same");
          } else {
            for (std::size_t l = 0; l < levels; ++l) constraints_[j + l].target *= total / all;
          }
        }
      }
      j += levels;
    }
    population_ = total;
  }

  /// Where the size of the population is a constraint too, Σ w (x − c) says the same as Σ w x,
  /// and says it with more digits.
  void center_numbers(const std::vector<double>& before) {
    problem_.center.assign(x_.numbers, 0.0);
    problem_.population = population_;
    if (!first_exact_) return;
    for (std::size_t k = 0; k < x_.numbers; ++k) {
      const std::size_t j = x_.columns - x_.numbers + k;
      const double center = problem_.center[k] = before[j] / sum_;
      double size = 0;
      for (std::size_t u = 0; u < x_.units; ++u) {
        double& x = x_.number[u * x_.numbers + k];
        x -= center;
        size += problem_.d[u] * std::abs(x);
      }
      problem_.target[j] -= center * population_;
      problem_.size[j] =
          std::max({std::abs(problem_.target[j]), size, std::numeric_limits<double>::min()});
    }
  }

  /// Rows of x become means over the members of a household.
  void join(const households& of) {
    calibration_matrix& x = problem_.x;
    calibration_matrix joined;
    joined.columns = joined.numbers = x.columns;
    problem_.center.insert(problem_.center.begin(), x.columns - problem_.center.size(), 0.0);
    joined.units = of.count();
    joined.number.assign(joined.units * x.columns, 0.0);
    std::vector<double> d(joined.units), q(problem_.q.empty() ? 0 : joined.units);
    for (std::size_t i = 0; i < n_; ++i) {
      const auto h = static_cast<std::size_t>(of.codes()[i]);
      d[h] += problem_.d[i];
      if (!q.empty()) q[h] += problem_.d[i] * problem_.q[i];
      x.each(i, [&](std::size_t j, double value) {
        joined.number[h * x.columns + j] += problem_.d[i] * value;
      });
    }
    for (std::size_t h = 0; h < joined.units; ++h) {
      if (!(d[h] > 0)) continue;
      for (std::size_t j = 0; j < x.columns; ++j) joined.number[h * x.columns + j] /= d[h];
      if (!q.empty()) q[h] /= d[h];
    }
    joined.unit_of_row.resize(n_, of.count());
    joined.unit_of_row.visit([&](auto* const unit) {
      for (std::size_t i = 0; i < n_; ++i)
        unit[i] = static_cast<std::remove_reference_t<decltype(*unit)>>(of.codes()[i]);
    });
    x = std::move(joined);
    problem_.d = std::move(d);
    problem_.q = std::move(q);
  }

  std::string function_;
  const std::vector<margin>& margins_;
  const starting_weights& start_;
  const calibration_options& options_;
  std::size_t n_;
  double sum_ = 0, population_ = 0;
  std::vector<std::size_t> level_margins_, number_margins_;
  std::vector<std::vector<std::int32_t>> column_of_code_;  // level margin → code → column
  std::vector<std::int32_t> first_known_;  // level margin → a code with a column
  calibration_matrix x_;
  calibration_problem problem_;
  std::vector<constraint> constraints_;
  std::vector<double> target_variance_;
  std::optional<std::size_t> first_exact_;
};

}  // namespace baro::detail
