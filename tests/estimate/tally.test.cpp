// SPDX-License-Identifier: BSL-1.0
#include <baro/estimate/mean.hpp>
#include <baro/estimate/share.hpp>
#include <baro/estimate/tally.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <random>
#include <span>
#include <vector>

namespace estimate_tally {

using baro::by, baro::design, baro::mean_of, baro::psus, baro::same_frame, baro::share_of,
    baro::strata, baro::tally, baro::threads, baro::weights;

/// Rows enough for several blocks.
struct panel {
  std::vector<double> w, y;
  std::vector<int> stratum, psu, q, region;
  explicit panel(std::size_t n) {
    std::mt19937_64 engine(11);
    for (std::size_t i = 0; i < n; ++i) {
      w.push_back(0.5 + 0.001 * static_cast<double>(engine() % 1000));
      y.push_back(100 + 0.01 * static_cast<double>(engine() % 10000));
      stratum.push_back(static_cast<int>(engine() % 4));
      psu.push_back(static_cast<int>(engine() % 6));
      q.push_back(static_cast<int>(engine() % 5));
      region.push_back(static_cast<int>(engine() % 3));
    }
    for (std::size_t i = 0; i < 24; ++i) {  // every stratum, PSU and level in the first rows
      stratum[i] = static_cast<int>(i % 4);
      psu[i] = static_cast<int>(i / 4);
      q[i] = static_cast<int>(i % 5);
      region[i] = static_cast<int>(i % 3);
    }
  }
  std::size_t size() const { return w.size(); }
};

template <class T>
std::span<const T> cut(const std::vector<T>& v, std::size_t first, std::size_t count) {
  return std::span<const T>(v).subspan(first, count);
}

bool same_bits(const baro::estimate<>& a, const baro::estimate<>& b) {
  return a.value() == b.value() && a.covariance() == b.covariance();
}

TEST_SUITE("estimate/tally") {
  TEST_CASE("rows at once, in pieces of any length, and by several threads: the same bits") {
    const panel p(150000);
    for (const bool clustered : {true, false}) {
      const design all = clustered ? design{weights(p.w), strata(p.stratum), psus(p.psu)}
                                   : design{weights(p.w), strata(p.stratum)};
      const auto whole = baro::tabulate(all, by(p.region), mean_of(p.y), share_of(p.q));
      for (const std::size_t n : {2U, 3U, 7U})
        CHECK(same_bits(
            whole, baro::tabulate(all, by(p.region), mean_of(p.y), share_of(p.q), threads(n))));
      std::size_t first = 24 + 1013;
      const auto rows = [&](std::size_t from, std::size_t count, auto use) {
        const auto w = cut(p.w, from, count), y = cut(p.y, from, count);
        const auto s = cut(p.stratum, from, count), u = cut(p.psu, from, count);
        const auto q = cut(p.q, from, count), r = cut(p.region, from, count);
        const design d = clustered ? design{same_frame(all), weights(w), strata(s), psus(u)}
                                   : design{same_frame(all), weights(w), strata(s)};
        use(d, by(baro::categories(r)), mean_of(y), share_of(baro::categories(q)));
      };
      // The provisional centre is that of the first answers, which both ways begin with.
      std::vector<tally<>> stream;
      rows(0, first, [&](const auto&... words) { stream.emplace_back(words...); });
      for (std::size_t step = 777; first < p.size(); step += 4001) {
        const std::size_t count = std::min(step, p.size() - first);
        rows(first, count, [&](const auto&... words) { stream[0].add(words...); });
        first += count;
      }
      CHECK(same_bits(whole, stream[0].result()));
      // Threads may come into the first piece, into a later one, or both.
      for (const std::size_t first_threads : {1U, 3U})
        for (const std::size_t cut_at : {70'000U, 98'304U}) {
          std::vector<tally<>> halves;
          rows(0, cut_at, [&](const auto&... words) {
            halves.emplace_back(words..., threads(first_threads));
          });
          rows(cut_at, p.size() - cut_at,
               [&](const auto&... words) { halves[0].add(words..., threads(2)); });
          CHECK(same_bits(whole, halves[0].result()));
        }
    }
  }

  TEST_CASE("a state travels as bytes, and damaged bytes are refused") {
    const panel p(40000);
    const design d{weights(p.w), strata(p.stratum), psus(p.psu)};
    const tally<> t(d, mean_of(p.y));
    const auto bytes = t.to_bytes();
    CHECK(same_bits(t.result(), tally<>::from_bytes(bytes, d, mean_of(p.y)).result()));
    auto cut_short = bytes;
    cut_short.pop_back();
    CHECK_THROWS_WITH_AS(tally<>::from_bytes(cut_short, d, mean_of(p.y)),
                         "from_bytes: the state is cut short", baro::value_error);
    CHECK_THROWS_WITH_AS(tally<>::from_bytes(bytes, d, share_of(p.q)),
                         "from_bytes: the state is of another design or other variables",
                         baro::value_error);
  }

  TEST_CASE("the same rows cannot be merged twice") {
    const panel p(1000);
    const design d{weights(p.w), strata(p.stratum), psus(p.psu)};
    tally<> a(d, mean_of(p.y));
    const tally<> b(d, mean_of(p.y));
    CHECK_THROWS_WITH_AS(a.merge(b),
                         "merge: block 0 is in both states, its rows would count twice",
                         baro::value_error);
  }

  TEST_CASE("parts that begin at blocks of their own merge in any order to the same bits") {
    const panel p(3 * 16384);
    const design all{weights(p.w), strata(p.stratum), psus(p.psu)};
    const tally<> whole(all, mean_of(baro::answers(p.y).about(150)));
    std::vector<tally<>> parts;
    for (std::size_t k = 0; k < 3; ++k) {
      const auto w = cut(p.w, k * 16384, 16384), y = cut(p.y, k * 16384, 16384);
      const auto s = cut(p.stratum, k * 16384, 16384), u = cut(p.psu, k * 16384, 16384);
      const design d{same_frame(all), weights(w), strata(s), psus(u)};
      parts.push_back(tally<>::part(k, d, mean_of(baro::answers(y).about(150))));
    }
    REQUIRE(whole.sums().shape().block_rows() == 16384);
    for (const std::vector<std::size_t>& order :
         {std::vector<std::size_t>{0, 1, 2}, {2, 1, 0}, {1, 2, 0}}) {
      tally<> merged = parts[order[0]];
      merged.merge(parts[order[1]]);
      merged.merge(parts[order[2]]);
      CHECK(same_bits(whole.result(), merged.result()));
    }
  }

  TEST_CASE("states about different centres are not merged") {
    const panel p(1000);
    const design d{weights(p.w), strata(p.stratum), psus(p.psu)};
    tally<> a(d, mean_of(baro::answers(p.y).about(150)));
    const tally<> b = tally<>::part(1, d, mean_of(baro::answers(p.y).about(151)));
    CHECK_THROWS_AS(a.merge(b), baro::value_error);
  }

  TEST_CASE("rows of another frame, other levels or other statistics are refused") {
    const panel p(500);
    const design d{weights(p.w), strata(p.stratum), psus(p.psu)};
    const design other{weights(p.w), strata(p.stratum), psus(p.psu)};
    tally<> t(d, mean_of(p.y));
    CHECK_THROWS_WITH_AS(t.add(other, mean_of(p.y)),
                         "tally: the design of the rows added must be made with same_frame",
                         baro::value_error);
    CHECK_THROWS_AS(t.add(d, share_of(p.q)), baro::value_error);
    CHECK_THROWS_WITH_AS(tally<>{d}, "tally: no statistic is asked for", baro::value_error);
  }

  TEST_CASE("separately leaves out the covariance between statistics, and says so by NaN") {
    const panel p(300);
    const design d{weights(p.w), strata(p.stratum)};
    const auto joint = baro::tabulate(d, mean_of(p.y), share_of(p.q));
    const auto apart = baro::tabulate(d, baro::separately{}, mean_of(p.y), share_of(p.q));
    CHECK(apart.covariance(0, 0) == joint.covariance(0, 0));
    CHECK(apart.covariance(1, 2) == joint.covariance(1, 2));
    CHECK(apart.covariance(0, 1) != apart.covariance(0, 1));
    CHECK(joint.covariance(0, 1) == joint.covariance(0, 1));
  }
}

}  // namespace estimate_tally
