// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/categories.hpp>
#include <baro/estimate/statistic_request.hpp>
#include <baro/totals/respondents.hpp>
#include <baro/trend/detail/first_stage_part.hpp>
#include <baro/trend/detail/linked_units.hpp>
#include <baro/trend/wave.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace baro::detail {

/// Where the rows of all waves go in the sums of any question with levels, worked out once. A
/// *group* is a cell, or those of a stratum and pattern who are alone in theirs.
template <class Real>
class level_groups {
 public:
  struct group {
    std::size_t pattern, position;  ///< of the wave in the pattern
    std::size_t stratum;
    Real units;
    bool alone;  ///< each in a cell of its own
  };
  struct prepared {
    std::vector<group> groups{};
    std::size_t domains = 1;
    std::vector<std::int32_t> group_of_unit{};
    std::vector<std::int32_t> place{};  ///< row → group × domains + domain, or one beyond
    std::vector<Real> weight{};
    std::vector<Real> in_stratum{}, in_domain{};
  };
  struct cell_pair {
    std::size_t group_a, group_b;
  };
  struct met {
    struct one {
      std::uint32_t row_a, row_b;
      std::int32_t place;
      Real product;
    };
    std::size_t a, b;
    std::vector<cell_pair> cells{};
    std::vector<one> both{};
    std::size_t most = 0;  ///< of `both`
  };

  /// Only where all waves are of that kind, and groups are few beside respondents.
  static std::optional<level_groups> of(std::span<const wave<Real>> waves,
                                        const linked_units& who) {
    level_groups out(waves, who);
    std::size_t rows = 0, places = 0;
    for (std::size_t t = 0; t < waves.size(); ++t) {
      if (waves[t].design().weight_chain() != nullptr || !who.waves()[t].stage.rows_are_units ||
          !is_all_first_stage(waves[t].design(), who.waves()[t]) ||
          !same_domains(waves[t].breaks(), waves.front().breaks()))
        return std::nullopt;
      rows += waves[t].design().size();
      places += waves[t].breaks().domains() * (who.waves()[t].in_stratum.size() + 1);
    }
    if (places > rows || who.patterns().size() > rows / 16) return std::nullopt;
    out.find_groups();
    for (std::size_t t = 0; t < waves.size(); ++t) {
      const std::size_t here = waves[t].breaks().domains() * out.waves_[t].groups.size();
      places += here;
      out.most_places_ = std::max(out.most_places_, here + 1);
    }
    for (const met& m : out.pairs_) {
      places += m.cells.size() * out.domains_;
      out.most_met_ = std::max(out.most_met_, m.cells.size() * out.domains_);
    }
    if (places > rows / 2) return std::nullopt;
    out.find_rows();
    return out;
  }

  /// Has the question levels, few enough for its sums to be small?
  bool suits(const request<Real>& q) const {
    if (!q.columns.levels) return false;
    const std::size_t values = q.columns.levels->stored_values();
    return values <= 64 && most_places_ * values <= std::size_t{1} << 22 &&
           most_met_ * values * values <= std::size_t{1} << 20;
  }

  const std::vector<prepared>& waves() const noexcept { return waves_; }
  const std::vector<met>& pairs() const noexcept { return pairs_; }
  /// The most domains that a wave has.
  std::size_t domains() const noexcept { return domains_; }

 private:
  /// A domain is told by its number, which must be that of the same levels in every wave.
  static bool same_domains(const by& a, const by& b) {
    return std::equal(
        a.breaks.begin(), a.breaks.end(), b.breaks.begin(), b.breaks.end(),
        [](const categories& x, const categories& y) { return x.labels() == y.labels(); });
  }

  level_groups(std::span<const wave<Real>> waves, const linked_units& who)
      : asked_(waves), who_(who), waves_(waves.size()) {}

  void find_groups() {
    const auto& patterns = who_.patterns();
    // By cell and place in its pattern; and by pattern, wave and stratum for those alone.
    group_at_.assign(who_.places(), -1);
    for (std::size_t t = 0; t < waves_.size(); ++t) {
      prepared& w = waves_[t];
      const auto& units = who_.waves()[t];
      w.domains = asked_[t].breaks().domains();
      const std::size_t strata = units.in_stratum.size();
      std::vector<std::int32_t> alone(patterns.size() * strata, -1);
      w.group_of_unit.resize(units.unit.size());
      std::vector<std::size_t> position(patterns.size());
      for (std::size_t p = 0; p < patterns.size(); ++p)
        position[p] = static_cast<std::size_t>(
            std::lower_bound(patterns[p].waves.begin(), patterns[p].waves.end(), t) -
            patterns[p].waves.begin());
      for (std::size_t u = 0; u < units.unit.size(); ++u) {
        const auto& c = who_.cells()[static_cast<std::size_t>(
            who_.cell_of_unit()[static_cast<std::size_t>(units.unit[u])])];
        const auto stratum = static_cast<std::size_t>(units.stratum[u]);
        std::int32_t& g = c.units > 1 ? group_at_[c.first + position[c.pattern]]
                                      : alone[c.pattern * strata + stratum];
        if (g < 0) {
          g = static_cast<std::int32_t>(w.groups.size());
          w.groups.push_back({c.pattern, position[c.pattern], stratum,
                              c.units > 1 ? Real(c.units) : Real(0), !(c.units > 1)});
        }
        group& here = w.groups[static_cast<std::size_t>(g)];
        if (here.alone) here.units += Real(1);
        w.group_of_unit[u] = g;
      }
    }
    domains_ = waves_.front().domains;
    for (const prepared& w : waves_) domains_ = std::max(domains_, w.domains);
    find_pairs();
  }

  void find_pairs() {
    std::vector<std::int32_t> number(waves_.size() * waves_.size(), -1);
    for (const auto& c : who_.cells()) {
      if (!(c.units > 1)) continue;
      const auto& waves = who_.patterns()[c.pattern].waves;
      for (std::size_t j = 1; j < waves.size(); ++j)
        for (std::size_t i = 0; i < j; ++i) {
          std::int32_t& k = number[waves[i] * waves_.size() + waves[j]];
          if (k < 0) {
            k = static_cast<std::int32_t>(pairs_.size());
            pairs_.push_back({waves[i], waves[j], {}, {}, 0});
          }
          pairs_[static_cast<std::size_t>(k)].most += static_cast<std::size_t>(c.units);
          pairs_[static_cast<std::size_t>(k)].cells.push_back(
              {static_cast<std::size_t>(group_at_[c.first + i]),
               static_cast<std::size_t>(group_at_[c.first + j])});
        }
    }
    number_ = std::move(number);
  }

  void find_rows() {
    std::vector<std::vector<std::int32_t>> domain(waves_.size());
    for (std::size_t t = 0; t < waves_.size(); ++t) {
      prepared& w = waves_[t];
      const design& d = asked_[t].design();
      respondents rows;
      rows.who = &d;
      rows.breaks = asked_[t].breaks();
      rows.domain = asked_[t].domain();
      rows.check();
      const std::size_t n = d.size();
      std::vector<std::int32_t> scratch(n);
      domain[t].assign(n, 0);
      rows.read_domains(0, n, domain[t].data(), scratch.data());
      std::vector<Real> weight(n, Real(1));
      const Real* const from =
          d.is_weighted() ? d.weights_column().read(0, n, weight.data()) : weight.data();
      w.in_stratum.assign(who_.waves()[t].in_stratum.begin(), who_.waves()[t].in_stratum.end());
      w.in_domain.assign(w.domains, Real(0));
      const auto beyond = static_cast<std::int32_t>(w.groups.size() * w.domains);
      w.place.reserve(n);
      w.weight.reserve(n);
      for (std::size_t i = 0; i < n; ++i) {
        const std::int32_t in = domain[t][i];
        if (in >= 0) w.in_domain[static_cast<std::size_t>(in)] += Real(1);
        // A row of weight 0 keeps its place in the design, and that is all.
        if (!(from[i] > Real(0))) domain[t][i] = -1;
        w.place.push_back(domain[t][i] < 0
                              ? beyond
                              : w.group_of_unit[i] * static_cast<std::int32_t>(w.domains) + in);
        w.weight.push_back(from[i]);
      }
    }
    find_met(domain);
  }

  /// Those met in two waves and in the same domain in both, in the order of the second wave.
  void find_met(const std::vector<std::vector<std::int32_t>>& domain) {
    // The place of each pair of groups among those of its waves.
    std::vector<std::vector<std::int32_t>> cell_of(pairs_.size());
    for (met& m : pairs_) m.both.reserve(m.most);
    for (std::size_t k = 0; k < pairs_.size(); ++k) {
      cell_of[k].assign(waves_[pairs_[k].b].groups.size(), -1);
      for (std::size_t c = 0; c < pairs_[k].cells.size(); ++c)
        cell_of[k][pairs_[k].cells[c].group_b] = static_cast<std::int32_t>(c);
    }
    for (std::size_t s = 1; s < waves_.size(); ++s) {
      const auto& unit = who_.waves()[s].unit;
      for (std::size_t row_b = 0; row_b < unit.size(); ++row_b) {
        const std::int32_t number =
            who_.linked_of_unit()[static_cast<std::size_t>(unit[row_b])];
        if (number < 0 || domain[s][row_b] < 0) continue;
        const auto& l = who_.linked_more()[static_cast<std::size_t>(number)];
        const auto& c = who_.cells()[static_cast<std::size_t>(l.cell)];
        if (!(c.units > 1)) continue;
        const auto& waves = who_.patterns()[c.pattern].waves;
        const auto g = static_cast<std::size_t>(waves_[s].group_of_unit[row_b]);
        for (std::size_t i = 0; waves[i] < s; ++i) {
          const std::size_t t = waves[i];
          const auto row_a = static_cast<std::size_t>(who_.entries()[l.first + i]);
          if (domain[t][row_a] != domain[s][row_b]) continue;
          const auto k = static_cast<std::size_t>(number_[t * waves_.size() + s]);
          pairs_[k].both.push_back(
              {static_cast<std::uint32_t>(row_a), static_cast<std::uint32_t>(row_b),
               cell_of[k][g] * static_cast<std::int32_t>(domains_) + domain[t][row_a],
               Real(waves_[t].weight[row_a] * waves_[s].weight[row_b])});
        }
      }
    }
  }

  std::span<const wave<Real>> asked_;
  const linked_units& who_;
  std::vector<prepared> waves_;
  std::vector<std::int32_t> group_at_;
  std::size_t domains_ = 1, most_places_ = 0, most_met_ = 0;
  std::vector<met> pairs_;
  std::vector<std::int32_t> number_;  // wave, wave → pair
};

}  // namespace baro::detail
