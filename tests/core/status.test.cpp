// SPDX-License-Identifier: BSL-1.0
#include <baro/core/status.hpp>

#include <doctest/doctest.h>

#include <set>
#include <string_view>

namespace core_status {

using baro::status;
static_assert(name(status::ok) == "ok");

TEST_SUITE("core/status") {
  TEST_CASE("every status has a name of its own") {
    std::set<std::string_view> names;
    for (const status s :
         {status::ok, status::empty_domain, status::zero_denominator, status::no_degrees,
          status::undefined, status::no_base, status::open_interval, status::iteration_limit})
      names.insert(name(s));
    CHECK(names.size() == 8);
    CHECK(names.contains("zero_denominator"));
  }
}

}  // namespace core_status
