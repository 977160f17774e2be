// SPDX-License-Identifier: BSL-1.0
#include <baro/design/design.hpp>
#include <baro/totals/shape.hpp>

#include <doctest/doctest.h>

#include <bit>
#include <set>
#include <support/sample.hpp>
#include <vector>

namespace totals_shape {

using baro::totals_shape;
using baro::variable_shape;
using kind = variable_shape::kind;
const test::sample s = test::sample::of(60, 2);
const baro::design clustered = s.clustered(), stratified = s.stratified();
const std::vector<variable_shape> three{
    {kind::numbers, 2, {1, 2}}, {kind::shifted, 1, {3}}, {kind::levels, 5, {}}};

/// Every place that some sum of the pass is kept in, once for each sum.
std::multiset<std::size_t> places(const totals_shape& t) {
  std::multiset<std::size_t> out;
  const auto run = [&out](std::size_t at, std::size_t size) {
    for (std::size_t k = 0; k < size; ++k) out.insert(at + k);
  };
  for (std::size_t l = 0; t.rows_are_units() && l < t.leaves(); ++l) run(t.rows_at(l), 1);
  for (std::size_t d = 0; d < t.domains(); ++d) run(t.domain_rows_at(d), 1);
  for (std::size_t v = 0; v < t.variables().size(); ++v)
    for (std::size_t d = 0; d < t.domains(); ++d) {
      for (std::size_t lane = 0; lane < t.domain_lanes(); ++lane)
        run(t.domain_at(v, d, lane), t.variables()[v].domain_size());
      for (std::size_t l = 0; l < t.leaves(); ++l)
        for (std::size_t lane = 0; lane < t.leaf_lanes(); ++lane)
          run(t.leaf_at(v, l, d, lane), t.variables()[v].leaf_size(t.rows_are_units()));
      for (std::size_t b = v + 1; t.joint() && b < t.variables().size(); ++b)
        for (std::size_t l = 0; l < t.leaves(); ++l)
          run(t.cross_at(v, b, l, d),
              t.variables()[v].features() * t.variables()[b].features());
    }
  return out;
}

TEST_SUITE("totals/shape") {
  TEST_CASE("each sum has a place of its own, and no place is left over") {
    for (const baro::design* d : {&clustered, &stratified})
      for (const std::size_t domains : {1UL, 2UL, 30UL})
        for (const bool joint : {false, true}) {
          const totals_shape t(d->tree(), domains, three, joint);
          const auto all = places(t);
          CHECK(all.size() == t.size());
          CHECK(std::set(all.begin(), all.end()).size() == t.size());
          CHECK(*all.rbegin() + 1 == t.size());
        }
  }

  TEST_CASE("a variable keeps the features and products it needs") {
    CHECK(three[0].features() == 3);  // w, w d1, w d2
    CHECK(three[1].features() == 3);  // 1, w - w0, w d
    CHECK(three[2].features() == 5);
    CHECK(three[0].leaf_size(false) == 3);
    CHECK(three[0].leaf_size(true) == 1 + 3 + 6);
    CHECK(three[2].leaf_size(true) == 1 + 5 + 5);  // a level with itself only
    CHECK(three[0].domain_size() == 2 + 3);
    CHECK(three[2].domain_size() == 2 + 5);
  }

  TEST_CASE("products between variables are kept where respondents are units, if asked") {
    CHECK(totals_shape(stratified.tree(), 1, three, true).joint());
    CHECK(!totals_shape(stratified.tree(), 1, three, false).joint());
    CHECK(!totals_shape(clustered.tree(), 1, three, true).joint());  // PSUs have them for free
    CHECK(!totals_shape(stratified.tree(), 1, {three[0]}, true).joint());
  }

  TEST_CASE("a block is a power of two rows, long beside the state") {
    for (const std::size_t domains : {1UL, 25UL, 4000UL}) {
      const totals_shape t(clustered.tree(), domains, three, true);
      CHECK(std::has_single_bit(t.block_rows()));
      CHECK(t.block_rows() >= 16384);
      CHECK(t.block_rows() >= 4 * t.size());
    }
  }

  TEST_CASE("shapes that hold other sums have other fingerprints") {
    const auto print = [](const baro::design& d, std::size_t domains, bool joint,
                          std::vector<variable_shape> v) {
      return totals_shape(d.tree(), domains, std::move(v), joint).fingerprint();
    };
    const auto same = print(stratified, 2, true, three);
    CHECK(print(stratified, 2, true, three) == same);
    CHECK(print(clustered, 2, true, three) != same);
    CHECK(print(stratified, 3, true, three) != same);
    CHECK(print(stratified, 2, false, three) != same);
    auto other = three;
    other[0].centers[1] = 2.5;
    CHECK(print(stratified, 2, true, other) != same);
    other = three;
    other[2].columns = 6;
    CHECK(print(stratified, 2, true, other) != same);
    CHECK(print(stratified, 2, true, {three[1], three[0], three[2]}) != same);
  }
}

}  // namespace totals_shape
