// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/hypothesis/adjust.hpp>
#include <baro/hypothesis/difference.hpp>

#include "estimation.hpp"
#include "question.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace barometer {

/// How two figures are compared. From `guarded_score` on they are tests of shares, from
/// `fisher` on of shares in simple random samples.
enum class comparison_test {
  design_t,         ///< t at the PSUs less the strata of both groups, less one
  satterthwaite_t,  ///< t at Satterthwaite's degrees of freedom
  normal,
  wilcoxon,
  van_der_waerden,
  median,
  guarded_score,
  miettinen_nurminen,
  mee,
  newcombe,
  agresti_caffo,
  fisher,
  mid_p,
  barnard,
  boschloo,
};

constexpr bool is_of_ranks(comparison_test t) {
  return t >= comparison_test::wilcoxon && t <= comparison_test::median;
}
constexpr bool is_of_shares(comparison_test t) { return t >= comparison_test::guarded_score; }
constexpr bool is_exact(comparison_test t) { return t >= comparison_test::fisher; }

/// The names `--test` takes, as a refusal lists them.
std::string comparison_test_help();
/// @throws refusal  no test of that name
comparison_test comparison_test_by_name(const std::string& name);

/// The test of `--test`, or for each statistic the usual one: guarded_score for shares, else
/// the t test.
struct test_choice {
  std::optional<comparison_test> named{};
  comparison_test usual = comparison_test::design_t;  ///< of what is not a share

  comparison_test of(baro::statistic s) const {
    if (named) return *named;
    return s == baro::statistic::share ? comparison_test::guarded_score : usual;
  }
};

/// One line of a result: two groups, one figure.
struct compared {
  std::size_t question = 0;
  std::string level{};            ///< of a share
  std::vector<std::string> by{};  ///< levels of the `--by` columns
  std::string a{}, b{};           ///< the two groups
  baro::comparison<double> found{};
  double p_adjusted = 0;
};

/// Groups of one sample: levels of a column.
struct groups {
  std::vector<std::string> names{};  ///< in the order they are compared
  domains cut{};                     ///< by the `--by` columns and last by group
};

/// `--between COL` or `--between COL=A,B[,C…]` of the rows of `--where`, by the `--by` columns.
/// @throws refusal, baro::file_error
groups read_groups(const baro::csv_table& table, const std::string& between,
                   const std::vector<std::string>& where, const std::vector<std::string>& by);

/// Every pair of groups in their order, with the covariance between them; for each question,
/// then each level, then each combination of the `--by` columns.
std::vector<compared> compare_groups(const baro::design& design,
                                     const std::vector<question>& questions, const groups& of,
                                     const test_choice& test, baro::confidence_level level);

/// One of two samples.
struct compared_sample {
  const baro::design& design;
  const std::vector<question>& questions;
  const domains& cut;
  std::string name;
};

/// The same of two samples drawn independently.
std::vector<compared> compare_samples(const compared_sample& a, const compared_sample& b,
                                      const test_choice& test, baro::confidence_level level);

/// Adjusts the p-values of each question as one family.
void adjust(std::vector<compared>& rows, baro::adjustment method);

}  // namespace barometer
