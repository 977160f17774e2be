// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/error.hpp>
#include <baro/core/status.hpp>
#include <baro/estimate/estimate.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <vector>

namespace baro {

/// What weights and margins leave of an effect of composition.
///   estimated  group shares are figures of the sample
///   removed    the shares are the same margins in both waves: the effect is 0 by construction
///   reduced    the same margins were said, yet the shares differ: what the margins leave
///   fixed      the shares differ, and have no variance in one wave or both
enum class composition_is { estimated, removed, reduced, fixed };

/// Where the figures of G groups at two waves stand in one estimate.
struct grouped_waves {
  static constexpr std::size_t nobody = static_cast<std::size_t>(-1);  ///< no such entry
  std::vector<std::size_t> shares_1{}, rates_1{};  ///< of wave 1: who is there, what they say
  std::vector<std::size_t> shares_2{}, rates_2{};  ///< of wave 2
};

/// Are both waves weighted to the same margins of these groups?
enum class group_margins { not_said, same };

namespace detail {

/// The groups of two waves as `decompose` looks at them.
template <class Real>
class groups_of_waves {
 public:
  std::vector<std::size_t> used{};                          ///< entries, in the order of places
  std::array<std::vector<std::size_t>, 2> share{}, rate{};  ///< places, or `nobody`
  std::vector<std::string> names{};
  composition_is composition = composition_is::estimated;

  groups_of_waves(const estimate<Real>& e, const grouped_waves& at, group_margins margins) {
    using std::abs;
    const std::size_t groups = at.shares_1.size();
    if (groups == 0) throw value_error("decompose: no group, must be one at least");
    check_size("decompose", "rates_1", at.rates_1.size(), groups);
    check_size("decompose", "shares_2", at.shares_2.size(), groups);
    check_size("decompose", "rates_2", at.rates_2.size(), groups);
    const std::array lists{&at.shares_1, &at.rates_1, &at.shares_2, &at.rates_2};
    const auto value = [&](std::size_t i) { return i == none ? Real(0) : e.value(i); };
    const auto absent = [&](std::size_t i) {
      return i == none ||
             (e.entry(i).status != status::ok && e.entry(i).status != status::no_degrees);
    };
    std::array<bool, 2> fixed{true, true};
    bool same = true;
    for (std::size_t w = 0; w < 2; ++w) {
      const auto& shares = *lists[2 * w];
      const auto& own = *lists[2 * w + 1];
      const auto& other = *lists[3 - 2 * w];
      Real sum(0);
      bool known = true, inside = false;
      for (std::size_t g = 0; g < groups; ++g) {
        const std::size_t s = shares[g];
        const Real p = value(s);
        const bool empty = p == Real(0);
        if (!empty && own[g] == none)
          refuse("decompose", w == 0 ? "rates_1" : "rates_2", g, "nobody",
                 "must be an entry where the share is not 0");
        // A group that nobody is in has the rate of the other wave: no change of behaviour.
        const std::size_t from = empty && absent(own[g]) ? other[g] : own[g];
        share[w].push_back(place(s));
        rate[w].push_back(empty && absent(from) && value((*lists[2 - 2 * w])[g]) == Real(0)
                              ? none
                              : place(from));
        sum += p;
        known = known && (s == none || !absent(s));
        inside = inside || (!empty && p < Real(1));  // 0 and 1 never vary, and say nothing
        fixed[w] = fixed[w] && (s == none || e.standard_error(s) <= rounding());
        same = same && abs(Real(p - value((*lists[2 - 2 * w])[g]))) <= Real(1e-6);
      }
      fixed[w] = fixed[w] && inside;
      if (known && !(abs(Real(sum - 1)) <= Real(1e-6)))
        refuse("decompose", w == 0 ? "shares_1" : "shares_2", static_cast<double>(sum),
               "must add up to 1");
    }
    if (margins == group_margins::same)
      composition = same ? composition_is::removed : composition_is::reduced;
    else if (fixed[0] && fixed[1] && same)
      composition = composition_is::removed;
    else if (fixed[0] || fixed[1])
      composition = composition_is::fixed;
    for (std::size_t g = 0; g < groups; ++g) names.push_back(name_of(e, at, g));
  }

  static constexpr std::size_t none = grouped_waves::nobody;

 private:
  static Real rounding() { return 4096 * std::numeric_limits<Real>::epsilon(); }

  std::size_t place(std::size_t i) {
    if (i == none) return none;
    used.push_back(i);
    return used.size() - 1;
  }

  static std::string name_of(const estimate<Real>& e, const grouped_waves& at, std::size_t g) {
    const std::size_t s = at.shares_1[g] != none ? at.shares_1[g] : at.shares_2[g];
    if (s != none && !e.entry(s).label.level.empty()) return e.entry(s).label.level;
    return std::to_string(g + 1);
  }
};

}  // namespace detail
}  // namespace baro
