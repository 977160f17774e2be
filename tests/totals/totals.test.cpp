// SPDX-License-Identifier: BSL-1.0
#include <baro/totals/totals.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <span>
#include <support/close.hpp>
#include <support/refused.hpp>
#include <totals/pass.hpp>
#include <vector>

namespace totals_totals {

using bytes = std::vector<std::byte>;
const test::long_survey& survey() {
  static const test::long_survey s;
  return s;
}

std::string reads(const baro::totals_shape& shape, std::span<const std::byte> b) {
  return test::refused<baro::value_error>(
      [&] { static_cast<void>(baro::totals<>::from_bytes(shape, b)); });
}

TEST_SUITE("totals/totals") {
  TEST_CASE("rows that come in pieces of any size leave the same bits as all at once") {
    for (const test::pass& p : {survey().with_psus(), survey().with_rows()}) {
      const std::size_t n = p.rows.who->size(), block = p.shape.block_rows();
      REQUIRE(n > 6 * block);
      const baro::totals<> once = p.sums();
      for (const std::size_t piece : {1009UL, block - 1, block, 2 * block + 1}) {
        CAPTURE(piece);
        baro::totals<> t(p.shape);
        for (std::size_t at = 0; at < n; at += piece)
          t.add(p.rows, at, std::min(piece, n - at));
        CHECK(t.sum() == once.sum());
        CHECK(t.to_bytes() == once.to_bytes());
      }
    }
  }

  TEST_CASE("one row at a time leaves the same bits") {
    const test::pass p = survey().with_rows();
    baro::totals<> t(p.shape);
    for (std::size_t i = 0; i < 1500; ++i) t.add(p.rows, i, 1);
    CHECK(t.sum() == p.sums(0, 1500).sum());
  }

  TEST_CASE(
      "parts that begin at their own blocks leave the same bits in any order of merging") {
    for (const test::pass& p : {survey().with_psus(), survey().with_rows()}) {
      const std::size_t n = p.rows.who->size(), block = p.shape.block_rows();
      const baro::totals<> parts[] = {p.sums(0, 2 * block), p.sums(2 * block, 3 * block),
                                      p.sums(3 * block, 6 * block), p.sums(6 * block, n)};
      const std::vector<double> once = p.sums().sum();
      std::vector<std::size_t> order{0, 1, 2, 3};
      do {
        baro::totals<> t = parts[order[0]];
        for (std::size_t k = 1; k < 4; ++k) t.merge(parts[order[k]]);
        REQUIRE(t.sum() == once);
      } while (std::next_permutation(order.begin(), order.end()));
    }
  }

  TEST_CASE("what was merged into others first leaves the same bits") {
    const test::pass p = survey().with_psus();
    const std::size_t n = p.rows.who->size(), block = p.shape.block_rows();
    baro::totals<> early = p.sums(0, block), late = p.sums(5 * block, n);
    early.merge(p.sums(3 * block, 4 * block));
    late.merge(p.sums(4 * block, 5 * block));
    late.merge(early);
    late.merge(p.sums(block, 3 * block));
    CHECK(late.sum() == p.sums().sum());
  }

  TEST_CASE("a state read from its bytes goes on as if it had never stopped") {
    for (const test::pass& p : {survey().with_psus(), survey().with_rows()}) {
      const std::size_t n = p.rows.who->size();
      for (const std::size_t stop : {std::size_t{0}, std::size_t{99'999}, n}) {
        const baro::totals<> before = p.sums(0, stop);
        baro::totals<> t = baro::totals<>::from_bytes(p.shape, before.to_bytes());
        CHECK(t.sum() == before.sum());
        t.add(p.rows, stop, n - stop);
        CHECK(t.to_bytes() == p.sums().to_bytes());
      }
    }
  }

  TEST_CASE("bytes cut short anywhere, too long, or of something else are refused") {
    const test::pass p = survey().with_psus();
    const bytes good = p.sums(0, 3 * p.shape.block_rows() + 10).to_bytes();
    REQUIRE(reads(p.shape, good) == "nothing was refused");
    for (std::size_t size = 0; size < good.size(); size = size < 200 ? size + 1 : size * 2)
      REQUIRE(reads(p.shape, std::span(good).first(size)) ==
              "from_bytes: the state is cut short");
    CHECK(reads(p.shape, std::span(good).first(good.size() - 1)) ==
          "from_bytes: the state is cut short");
    bytes longer = good;
    longer.push_back(std::byte{0});
    CHECK(reads(p.shape, longer) == "from_bytes: more bytes than the state has");
    bytes other = good;
    other[0] ^= std::byte{1};
    CHECK(reads(p.shape, other) == "from_bytes: not the bytes of a state");
    CHECK(reads(survey().with_rows().shape, good) ==
          "from_bytes: the state is of another design or other variables");
    CHECK(reads(p.shape, p.sums<float>(0, 10).to_bytes()) ==
          "from_bytes: the state holds numbers of another size");
    for (const std::size_t place : {32UL, 40UL, 48UL}) {  // rows, nodes, level: absurd
      bytes damaged = good;
      for (std::size_t k = 0; k < 8; ++k) damaged[place + k] = std::byte{0x7f};
      CHECK(reads(p.shape, damaged) == "from_bytes: the state is damaged");
    }
  }

  TEST_CASE("rows that are in both states are refused, so are states of another shape") {
    const test::pass p = survey().with_psus();
    const std::size_t block = p.shape.block_rows();
    baro::totals<> t = p.sums(0, 3 * block);
    const auto merging = [&](const baro::totals<>& other) {
      return test::refused<baro::value_error>([&] { t.merge(other); });
    };
    CHECK(merging(p.sums(2 * block, 4 * block)) ==
          "merge: block 2 is in both states, its rows would count twice");
    CHECK(merging(p.sums(0, 5)) ==
          "merge: block 0 is in both states, its rows would count twice");
    CHECK(merging(survey().with_rows().sums(0, 5)) ==
          "merge: the two states do not hold the same design and variables, about the same "
          "centres (answers::about)");
    CHECK(t.sum() == p.sums(0, 3 * block).sum());
  }

  TEST_CASE("a refused merge leaves the state as it was") {
    const test::pass p = survey().with_psus();
    const std::size_t block = p.shape.block_rows();
    baro::totals<> t = p.sums(2 * block, 3 * block);
    const std::vector<double> before = t.sum();
    CHECK_THROWS_AS(t.merge(p.sums(0, 3 * block)), baro::value_error);
    CHECK(t.sum() == before);
    CHECK_THROWS_AS(t.merge(t), baro::value_error);
    CHECK(t.sum() == before);
  }

  TEST_CASE("no rows are sums of 0, and adding none changes nothing") {
    const test::pass p = survey().with_psus();
    baro::totals<> t(p.shape);
    CHECK(t.sum() == std::vector<double>(p.shape.size(), 0.0));
    t.add(p.rows, 0, 0);
    CHECK(t.to_bytes() == baro::totals<>(p.shape).to_bytes());
    baro::totals<> all = p.sums();
    all.merge(t);
    CHECK(all.sum() == p.sums().sum());
  }

  TEST_CASE("float and long double add up the same rows") {
    const test::pass p = survey().with_rows();
    const std::vector<double> d = p.sums(0, 40'000).sum();
    const std::vector<float> f = p.sums<float>(0, 40'000).sum();
    const std::vector<long double> l = p.sums<long double>(0, 40'000).sum();
    for (std::size_t k = 0; k < d.size(); k += 5) {
      CHECK(std::abs(static_cast<double>(f[k]) - d[k]) <= 1e-3 * (std::abs(d[k]) + 100));
      CHECK(std::abs(static_cast<double>(l[k]) - d[k]) <= 1e-12 * (std::abs(d[k]) + 100));
    }
  }
}

}  // namespace totals_totals
