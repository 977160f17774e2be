// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/categories.hpp>
#include <baro/estimate/statistic_request.hpp>
#include <baro/totals/linear_form.hpp>
#include <baro/totals/respondents.hpp>
#include <baro/totals/shape.hpp>
#include <baro/totals/totals.hpp>
#include <baro/trend/detail/first_stage_part.hpp>
#include <baro/trend/detail/link_products.hpp>
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

/// Questions with levels where respondents are the units and weights are not calibrated: what a
/// respondent adds to a figure is w c[level], so that C needs of a question no more than
///   Σ w, Σ w² and the number of respondents by group, domain and level, and
///   Σ w v by group, domain, level in one wave and level in another
/// over those met in both, with c whatever it will be. One loop over the rows and one over the
/// pairs, and the sums of the design come out of the first too. A *group* is a cell, or those
/// of a stratum and pattern who are alone in theirs.
template <class Real>
class level_link {
 public:
  /// Only where all waves are of that kind, and groups are few beside respondents.
  static std::optional<level_link> of(std::span<const wave<Real>> waves,
                                      const linked_units& who) {
    level_link out(waves, who);
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

  /// The sums of one question over one wave: groups × domains × stored values.
  struct sums {
    struct one {
      Real weight{}, square{};
    };
    std::vector<one> of{};
    std::vector<std::uint32_t> count{};
    std::size_t values = 0;
    std::vector<std::int32_t> level{};  ///< stored value → level, or −1
  };

  /// Of several questions, so that what is not the question's is fetched once for all.
  std::vector<sums> read(std::size_t t, std::span<const categories* const> questions) const {
    const prepared& w = waves_[t];
    std::vector<sums> out(questions.size());
    for (std::size_t q = 0; q < questions.size(); ++q) {
      out[q].values = questions[q]->stored_values();
      out[q].of.resize((w.groups.size() * w.domains + 1) * out[q].values);
      out[q].count.resize(out[q].of.size());
    }
    std::vector<std::int32_t> buffer(batch_rows), at(batch_rows);
    std::vector<typename sums::one> both(batch_rows);
    const std::size_t n = w.place.size();
    for (std::size_t first = 0; first < n; first += batch_rows) {
      const std::size_t count = std::min(batch_rows, n - first);
      const std::int32_t* const place = w.place.data() + first;
      for (std::size_t i = 0; i < count; ++i) {
        const Real& x = w.weight[first + i];
        both[i] = {x, Real(x * x)};
      }
      for (std::size_t q = 0; q < questions.size(); ++q) {
        const code_run run = questions[q]->read(first, count, buffer.data());
        if (first == 0)
          for (std::size_t v = 0; v < out[q].values; ++v) out[q].level.push_back(run.table[v]);
        // Where each row goes first, so that the additions are a loop with nothing else in it.
        const std::int32_t low = run.lowest, values = static_cast<std::int32_t>(out[q].values);
        for (std::size_t i = 0; i < count; ++i) at[i] = place[i] * values + (run.raw[i] - low);
        typename sums::one* const to = out[q].of.data();
        std::uint32_t* const counted = out[q].count.data();
        for (std::size_t i = 0; i < count; ++i) {
          const auto k = static_cast<std::size_t>(static_cast<std::uint32_t>(at[i]));
          to[k].weight += both[i].weight;
          to[k].square += both[i].square;
          ++counted[k];
        }
      }
    }
    return out;
  }

  /// The state of a tally of the wave, as it would have come out of a pass over its rows.
  totals<Real> state(std::size_t t, const totals_shape& shape, const sums& s) const {
    const prepared& w = waves_[t];
    std::vector<Real> z(shape.size(), Real(0));
    for (std::size_t h = 0; h < w.in_stratum.size(); ++h) z[shape.rows_at(h)] = w.in_stratum[h];
    for (std::size_t d = 0; d < w.domains; ++d) z[shape.domain_rows_at(d)] = w.in_domain[d];
    const std::size_t levels = shape.variables().front().columns;
    for (std::size_t g = 0; g < w.groups.size(); ++g)
      for (std::size_t d = 0; d < w.domains; ++d) {
        Real* const leaf = z.data() + shape.leaf_at(0, w.groups[g].stratum, d);
        Real* const beside = z.data() + shape.domain_at(0, d);
        for (std::size_t v = 0; v < s.values; ++v) {
          const std::size_t at = (g * w.domains + d) * s.values + v;
          if (s.level[v] < 0 || s.count[at] == 0) continue;
          const auto l = static_cast<std::size_t>(s.level[v]);
          const Real n(static_cast<double>(s.count[at]));
          leaf[0] += n;
          leaf[1 + l] += s.of[at].weight;
          leaf[1 + levels + l] += s.of[at].square;
          beside[0] += n;
          beside[1] += s.of[at].square;
          beside[2 + l] += n;
        }
      }
    return totals<Real>::of_sums(shape, std::move(z));
  }

  /// Σ w v of those met in two waves, by pair of groups, domain, value and value.
  /// @param a, b  what `read` gave of the same questions
  std::vector<std::vector<Real>> read_pairs(std::size_t pair,
                                            std::span<const categories* const> in_a,
                                            std::span<const categories* const> in_b,
                                            std::span<const sums> a,
                                            std::span<const sums> b) const {
    const met& m = pairs_[pair];
    const std::size_t n_a = waves_[m.a].place.size(), n_b = waves_[m.b].place.size();
    std::vector<std::vector<Real>> x(in_a.size());
    std::vector<std::vector<std::int32_t>> buffer_a(in_a.size()), buffer_b(in_a.size());
    std::vector<code_run> run_a, run_b;
    for (std::size_t q = 0; q < in_a.size(); ++q) {
      x[q].assign(m.cells.size() * domains_ * a[q].values * b[q].values, Real(0));
      if (!in_a[q]->in_place()) buffer_a[q].resize(n_a);
      if (!in_b[q]->in_place()) buffer_b[q].resize(n_b);
      run_a.push_back(in_a[q]->read(0, n_a, buffer_a[q].data()));
      run_b.push_back(in_b[q]->read(0, n_b, buffer_b[q].data()));
    }
    for (std::size_t first = 0; first < m.both.size(); first += batch_rows) {
      const std::size_t count = std::min(batch_rows, m.both.size() - first);
      const typename met::one* const p = m.both.data() + first;
      for (std::size_t q = 0; q < in_a.size(); ++q) {
        const std::int32_t *const raw_a = run_a[q].raw, *const raw_b = run_b[q].raw;
        const auto values_a = static_cast<std::int32_t>(a[q].values);
        const auto values_b = static_cast<std::int32_t>(b[q].values);
        const std::int32_t low = run_a[q].lowest * values_b + run_b[q].lowest;
        Real* const to = x[q].data();
        for (std::size_t i = 0; i < count; ++i) {
          const std::int32_t at =
              (p[i].place * values_a + raw_a[p[i].row_a]) * values_b + raw_b[p[i].row_b] - low;
          to[static_cast<std::size_t>(at)] += p[i].product;
        }
      }
    }
    return x;
  }

  std::size_t pairs() const noexcept { return pairs_.size(); }
  std::size_t first_of_pair(std::size_t pair) const noexcept { return pairs_[pair].a; }
  std::size_t second_of_pair(std::size_t pair) const noexcept { return pairs_[pair].b; }

  /// Room to work in, kept from figure to figure.
  struct workspace {
    std::vector<std::vector<Real>> sum{};  ///< wave → group → Σ z
    std::vector<Real> square{};
  };

  /// C of one figure, pattern by pattern: what `link_products::by_pattern` gives for k = 1.
  /// @param forms   wave → the form of the figure there, or null
  /// @param domain  wave → its domain there
  pattern_products<Real> products(const std::vector<const linear_form<Real>*>& forms,
                                  const std::vector<sums>& s,
                                  const std::vector<std::vector<Real>>& x,
                                  workspace& work) const {
    pattern_products<Real> out(who_, 1);
    std::vector<std::vector<Real>>& sum = work.sum;
    sum.resize(waves_.size());
    for (std::size_t t = 0; t < waves_.size(); ++t)
      if (forms[t] != nullptr) add_diagonal(t, *forms[t], s[t], sum[t], work.square, out);
    for (std::size_t k = 0; k < pairs_.size(); ++k) {
      const met& m = pairs_[k];
      if (forms[m.a] != nullptr && forms[m.b] != nullptr &&
          forms[m.a]->domain == forms[m.b]->domain)
        add_pair(m, *forms[m.a], *forms[m.b], s[m.a], s[m.b], x[k], sum, out);
      else if (forms[m.a] != nullptr && forms[m.b] != nullptr)
        add_pair(m, *forms[m.a], *forms[m.b], s[m.a], s[m.b], {}, sum, out);
    }
    return out;
  }

 private:
  static constexpr std::size_t batch_rows = 2048;
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

  /// A domain is told by its number, which must be that of the same levels in every wave.
  static bool same_domains(const by& a, const by& b) {
    return std::equal(
        a.breaks.begin(), a.breaks.end(), b.breaks.begin(), b.breaks.end(),
        [](const categories& x, const categories& y) { return x.labels() == y.labels(); });
  }

  level_link(std::span<const wave<Real>> waves, const linked_units& who)
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

  static Real coefficient(const linear_form<Real>& f, const sums& s, std::size_t value) {
    return s.level[value] < 0 ? Real(0)
                              : f.coefficients[static_cast<std::size_t>(s.level[value])];
  }

  void add_diagonal(std::size_t t, const linear_form<Real>& f, const sums& s,
                    std::vector<Real>& sum, std::vector<Real>& square,
                    pattern_products<Real>& out) const {
    const prepared& w = waves_[t];
    sum.assign(w.groups.size(), Real(0));
    square.assign(w.groups.size(), Real(0));
    bool any_alone = false;
    for (std::size_t g = 0; g < w.groups.size(); ++g) {
      any_alone = any_alone || w.groups[g].alone;
      const auto* const of = s.of.data() + (g * w.domains + f.domain) * s.values;
      for (std::size_t v = 0; v < s.values; ++v) {
        const Real c = coefficient(f, s, v);
        sum[g] += c * of[v].weight;
        square[g] += c * c * of[v].square;
      }
    }
    // The variance of a stratum, for those alone in their cells.
    std::vector<Real> variance(any_alone ? w.in_stratum.size() : 0, Real(0)), all(variance);
    for (std::size_t g = 0; any_alone && g < w.groups.size(); ++g) {
      all[w.groups[g].stratum] += sum[g];
      variance[w.groups[g].stratum] += square[g];
    }
    for (std::size_t h = 0; h < variance.size(); ++h) {
      const Real& n = w.in_stratum[h];
      variance[h] =
          n > Real(1) ? Real((variance[h] - all[h] * all[h] / n) / (n - Real(1))) : Real(0);
    }
    for (std::size_t g = 0; g < w.groups.size(); ++g) {
      const group& here = w.groups[g];
      const std::size_t waves = who_.patterns()[here.pattern].waves.size();
      Real& to = out[here.pattern][here.position * waves + here.position];
      const Real& m = here.units;
      to += here.alone ? Real(m * variance[here.stratum])
                       : Real(m / (m - Real(1)) * (square[g] - sum[g] * sum[g] / m));
    }
  }

  void add_pair(const met& m, const linear_form<Real>& f_a, const linear_form<Real>& f_b,
                const sums& a, const sums& b, std::span<const Real> x,
                const std::vector<std::vector<Real>>& sum, pattern_products<Real>& out) const {
    for (std::size_t c = 0; c < m.cells.size(); ++c) {
      const group& g = waves_[m.a].groups[m.cells[c].group_a];
      const group& h = waves_[m.b].groups[m.cells[c].group_b];
      Real product(0);
      if (!x.empty()) {
        const Real* from = x.data() + (c * domains_ + f_a.domain) * a.values * b.values;
        for (std::size_t v = 0; v < a.values; ++v) {
          const Real c_a = coefficient(f_a, a, v);
          Real row(0);
          for (std::size_t u = 0; u < b.values; ++u) row += coefficient(f_b, b, u) * *from++;
          product += c_a * row;
        }
      }
      product -= sum[m.a][m.cells[c].group_a] * sum[m.b][m.cells[c].group_b] / g.units;
      product *= g.units / (g.units - Real(1));
      const std::size_t waves = who_.patterns()[g.pattern].waves.size();
      out[g.pattern][g.position * waves + h.position] += product;
      out[g.pattern][h.position * waves + g.position] += product;
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
