// SPDX-License-Identifier: BSL-1.0
// Paired answers as counts: R mcnemar.test and binom.test, every outcome added up, identities.
#include <baro/hypothesis/paired_counts.hpp>

#include <Eigen/Core>
#include <Eigen/LU>
#include <boost/multiprecision/cpp_bin_float.hpp>
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <support/close.hpp>
#include <support/dice.hpp>
#include <vector>

TEST_SUITE_BEGIN("hypothesis/paired_counts");

namespace hypothesis_paired_counts {

using baro::equal_margins, baro::equal_margins_test, baro::mcnemar, baro::mcnemar_test;
using test::close;

TEST_CASE("R mcnemar.test and binom.test") {
  // mcnemar.test(matrix(c(794, 86, 150, 570), 2), correct = FALSE), and with the correction.
  const auto plain = mcnemar({86, 150});
  CHECK(plain.test == "mcnemar");
  CHECK(close(plain.statistic, 17.35593220339, 1e-12));
  CHECK(plain.df1 == 1);
  CHECK(std::isinf(plain.df2));
  CHECK(close(plain.p_value, 3.099293441045e-05, 1e-11));
  const auto corrected = mcnemar({86, 150}, mcnemar_test::mcnemar_corrected);
  CHECK(close(corrected.statistic, 16.81779661017, 1e-12));
  CHECK(close(corrected.p_value, 4.114562281346e-05, 1e-11));
  // mcnemar.test(matrix(c(10, 3, 9, 20), 2))
  const auto few = mcnemar({3, 9}, mcnemar_test::mcnemar_corrected);
  CHECK(close(few.statistic, 2.083333333333, 1e-12));
  CHECK(close(few.p_value, 0.1489146731788, 1e-12));
  CHECK(close(mcnemar({3, 9}).p_value, 0.08326451666355, 1e-12));
  // binom.test(3, 12), binom.test(86, 236); 2 * (pbinom(2, 12, .5) + .5 * dbinom(3, 12, .5))
  CHECK(close(mcnemar({3, 9}, mcnemar_test::mcnemar_exact).p_value, 0.14599609375, 1e-13));
  CHECK(close(mcnemar({86, 150}, mcnemar_test::mcnemar_exact).p_value, 3.715936139571e-05,
              1e-11));
  CHECK(close(mcnemar({9, 3}, mcnemar_test::mcnemar_mid_p).p_value, 0.09228515625, 1e-13));
}

TEST_CASE("the exact tests by adding up, and what they promise") {
  for (std::size_t n = 1; n <= 40; ++n) {
    std::vector<double> probability(n + 1, std::pow(.5, static_cast<double>(n)));
    for (std::size_t k = 1; k <= n; ++k)
      probability[k] =
          probability[k - 1] * static_cast<double>(n - k + 1) / static_cast<double>(k);
    double size = 0;
    for (std::size_t b = 0; b <= n; ++b) {
      const std::size_t least = std::min(b, n - b);
      double p = 0, mid = 0;
      for (std::size_t k = 0; k <= n; ++k) {
        const std::size_t other = std::min(k, n - k);
        if (other <= least) p += probability[k];
        if (other <= least) mid += probability[k] * (other == least ? .5 : 1);
      }
      if (2 * b == n) mid = 1;  // the one middle outcome is both sides at once
      const auto exact = mcnemar({b, n - b}, mcnemar_test::mcnemar_exact);
      CHECK(close(exact.p_value, std::min(p, 1.0), 1e-12));
      CHECK(close(mcnemar({b, n - b}, mcnemar_test::mcnemar_mid_p).p_value, mid, 1e-12));
      if (exact.p_value <= .05) size += probability[b];
    }
    CHECK(size <= .05);
  }
}

/// Stuart's and Bhapkar's matrices without the last level, solved as they are.
double by_inverse(const std::vector<std::size_t>& table, std::size_t k, bool bhapkar) {
  const auto q = static_cast<Eigen::Index>(k) - 1;
  Eigen::MatrixXd v = Eigen::MatrixXd::Zero(q, q);
  Eigen::VectorXd gap = Eigen::VectorXd::Zero(q);
  double n = 0;
  for (std::size_t i = 0; i < k; ++i)
    for (std::size_t j = 0; j < k; ++j) {
      const auto x = static_cast<double>(table[i * k + j]);
      const auto a = static_cast<Eigen::Index>(i), b = static_cast<Eigen::Index>(j);
      n += x;
      if (a < q) gap(a) += x, v(a, a) += x;
      if (b < q) gap(b) -= x, v(b, b) += x;
      if (a < q && b < q) v(a, b) -= x, v(b, a) -= x;
    }
  if (bhapkar) v -= gap * gap.transpose() / n;
  return gap.dot(v.inverse() * gap);
}

TEST_CASE("Stuart-Maxwell and Bhapkar as R solves them") {
  const std::vector<std::size_t> table{20, 10, 5, 3, 30, 15, 0, 5, 40};
  // S <- diag(rowSums(M) + colSums(M)) - M - t(M); d <- rowSums(M) - colSums(M)
  // sum(d[-3] * solve(S[-3, -3], d[-3])), and with S - d d' / sum(M)
  const auto t = equal_margins(table);
  CHECK(t.test == "stuart_maxwell");
  CHECK(close(t.statistic, 13.76470588235, 1e-12));
  CHECK(t.df1 == 2);
  CHECK(std::isinf(t.df2));
  CHECK(close(t.p_value, 0.001025727726558, 1e-11));
  const auto b = equal_margins(table, equal_margins_test::bhapkar);
  CHECK(close(b.statistic, 15.42327497425, 1e-12));
  CHECK(close(b.p_value, 0.0004475879572154, 1e-11));
}

TEST_CASE("any table, its levels in any order, and the two questions exchanged") {
  test::dice d(17);
  for (std::size_t k = 2; k <= 6; ++k) {
    std::vector<std::size_t> table(k * k), exchanged(k * k), turned(k * k);
    for (std::size_t& x : table) x = 1 + d.below(30);
    for (std::size_t i = 0; i < k; ++i)
      for (std::size_t j = 0; j < k; ++j) {
        exchanged[j * k + i] = table[i * k + j];
        turned[(k - 1 - i) * k + (k - 1 - j)] = table[i * k + j];
      }
    const auto t = equal_margins(table);
    CHECK(close(t.statistic, by_inverse(table, k, false), 1e-10));
    CHECK(close(equal_margins(table, equal_margins_test::bhapkar).statistic,
                by_inverse(table, k, true), 1e-10));
    CHECK(close(equal_margins(exchanged).statistic, t.statistic, 1e-11));
    CHECK(close(equal_margins(turned).statistic, t.statistic, 1e-11));
    if (k == 2) CHECK(close(t.statistic, mcnemar({table[1], table[2]}).statistic, 1e-13));
    // Who did not change is not looked at.
    for (std::size_t i = 0; i < k; ++i) table[i * k + i] = 0;
    CHECK(close(equal_margins(table).statistic, t.statistic, 1e-13));
  }
}

TEST_CASE("a level nobody moved to or from, and two worlds nobody moved between") {
  const std::vector<std::size_t> still{5, 3, 0, 8, 5, 0, 0, 0, 9};
  const auto t = equal_margins(still);
  CHECK(t.df1 == 1);
  CHECK(close(t.statistic, 25. / 11, 1e-13));
  const std::vector<std::size_t> two{1, 3, 0, 0, 9, 1, 0, 0, 0, 0, 1, 7, 0, 0, 2, 1};
  const auto apart = equal_margins(two);
  CHECK(apart.df1 == 2);
  CHECK(close(apart.statistic, 36. / 12 + 25. / 9, 1e-13));
}

TEST_CASE("double agrees with 50 digits") {
  using real = boost::multiprecision::number<boost::multiprecision::cpp_bin_float<50>,
                                             boost::multiprecision::et_off>;
  for (int m = 0; m <= static_cast<int>(mcnemar_test::mcnemar_mid_p); ++m) {
    const auto method = static_cast<mcnemar_test>(m);
    CHECK(close(mcnemar({86, 150}, method).p_value,
                static_cast<double>(mcnemar<real>({86, 150}, method).p_value), 1e-12));
  }
  const std::vector<std::size_t> table{20, 10, 5, 3, 30, 15, 0, 5, 40};
  for (const auto method : {equal_margins_test::stuart_maxwell, equal_margins_test::bhapkar})
    CHECK(close(equal_margins(table, method).p_value,
                static_cast<double>(equal_margins<real>(table, method).p_value), 1e-12));
}

TEST_CASE("what cannot be said, and names") {
  for (int m = 0; m <= static_cast<int>(mcnemar_test::mcnemar_mid_p); ++m) {
    const auto method = static_cast<mcnemar_test>(m);
    const auto none = mcnemar({0, 0}, method);
    CHECK(none.status == baro::status::undefined);
    CHECK(std::isnan(none.p_value));
    CHECK(close(mcnemar({7, 7}, method).p_value, 1, 1e-12));
    CHECK(baro::mcnemar_test_by_name(name(method)) == method);
  }
  CHECK(!baro::mcnemar_test_by_name("cochran"));
  const std::vector<std::size_t> nobody{4, 0, 0, 5}, all{0, 6, 0, 0};
  CHECK(equal_margins(nobody).status == baro::status::undefined);
  CHECK(equal_margins(std::vector<std::size_t>{}).status == baro::status::undefined);
  CHECK(equal_margins(all).status == baro::status::ok);
  const auto endless = equal_margins(all, equal_margins_test::bhapkar);
  CHECK(endless.status == baro::status::undefined);
  CHECK(std::isnan(endless.statistic));
  CHECK_THROWS_AS(static_cast<void>(equal_margins(std::vector<std::size_t>{1, 2, 3})),
                  baro::size_error);
}

}  // namespace hypothesis_paired_counts

TEST_SUITE_END();
