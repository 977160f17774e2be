// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/categories.hpp>
#include <baro/estimate/statistic_request.hpp>
#include <baro/totals/linear_form.hpp>
#include <baro/totals/respondents.hpp>
#include <baro/totals/shape.hpp>
#include <baro/totals/totals.hpp>
#include <baro/trend/detail/level_groups.hpp>
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
/// pairs, and the sums of the design come out of the first too.
template <class Real>
class level_link {
 public:
  /// Only where all waves are of that kind, and groups are few beside respondents.
  static std::optional<level_link> of(std::span<const wave<Real>> waves,
                                      const linked_units& who) {
    auto groups = level_groups<Real>::of(waves, who);
    if (!groups) return std::nullopt;
    return level_link(std::move(*groups), who);
  }

  bool suits(const request<Real>& q) const { return groups_.suits(q); }

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
    const prepared& w = groups_.waves()[t];
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
    const prepared& w = groups_.waves()[t];
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
    const met& m = groups_.pairs()[pair];
    const std::size_t n_a = groups_.waves()[m.a].place.size(),
                      n_b = groups_.waves()[m.b].place.size();
    std::vector<std::vector<Real>> x(in_a.size());
    std::vector<std::vector<std::int32_t>> buffer_a(in_a.size()), buffer_b(in_a.size());
    std::vector<code_run> run_a, run_b;
    for (std::size_t q = 0; q < in_a.size(); ++q) {
      x[q].assign(m.cells.size() * groups_.domains() * a[q].values * b[q].values, Real(0));
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

  std::size_t pairs() const noexcept { return groups_.pairs().size(); }
  std::size_t first_of_pair(std::size_t pair) const noexcept { return groups_.pairs()[pair].a; }
  std::size_t second_of_pair(std::size_t pair) const noexcept {
    return groups_.pairs()[pair].b;
  }

  /// Room to work in, kept from figure to figure.
  struct workspace {
    std::vector<std::vector<Real>> sum{};  ///< wave → group → Σ z
    std::vector<Real> square{};
  };

  /// C of one figure, pattern by pattern: what `link_products::by_pattern` gives for k = 1.
  /// @param forms  wave → the form of the figure there, or null; of one domain
  pattern_products<Real> products(const std::vector<const linear_form<Real>*>& forms,
                                  const std::vector<sums>& s,
                                  const std::vector<std::vector<Real>>& x,
                                  workspace& work) const {
    pattern_products<Real> out(who_, 1);
    std::vector<std::vector<Real>>& sum = work.sum;
    sum.resize(groups_.waves().size());
    for (std::size_t t = 0; t < groups_.waves().size(); ++t)
      if (forms[t] != nullptr) add_diagonal(t, *forms[t], s[t], sum[t], work.square, out);
    for (std::size_t k = 0; k < groups_.pairs().size(); ++k) {
      const met& m = groups_.pairs()[k];
      if (forms[m.a] != nullptr && forms[m.b] != nullptr)
        add_pair(m, *forms[m.a], *forms[m.b], s[m.a], s[m.b], x[k], sum, out);
    }
    return out;
  }

 private:
  static constexpr std::size_t batch_rows = 2048;
  using group = typename level_groups<Real>::group;
  using prepared = typename level_groups<Real>::prepared;
  using met = typename level_groups<Real>::met;

  level_link(level_groups<Real> groups, const linked_units& who)
      : groups_(std::move(groups)), who_(who) {}

  static Real coefficient(const linear_form<Real>& f, const sums& s, std::size_t value) {
    return s.level[value] < 0 ? Real(0)
                              : f.coefficients[static_cast<std::size_t>(s.level[value])];
  }

  void add_diagonal(std::size_t t, const linear_form<Real>& f, const sums& s,
                    std::vector<Real>& sum, std::vector<Real>& square,
                    pattern_products<Real>& out) const {
    const prepared& w = groups_.waves()[t];
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
      const group& g = groups_.waves()[m.a].groups[m.cells[c].group_a];
      const group& h = groups_.waves()[m.b].groups[m.cells[c].group_b];
      Real product(0);
      const Real* from = x.data() + (c * groups_.domains() + f_a.domain) * a.values * b.values;
      for (std::size_t v = 0; v < a.values; ++v) {
        const Real c_a = coefficient(f_a, a, v);
        Real row(0);
        for (std::size_t u = 0; u < b.values; ++u) row += coefficient(f_b, b, u) * *from++;
        product += c_a * row;
      }
      product -= sum[m.a][m.cells[c].group_a] * sum[m.b][m.cells[c].group_b] / g.units;
      product *= g.units / (g.units - Real(1));
      const std::size_t waves = who_.patterns()[g.pattern].waves.size();
      out[g.pattern][g.position * waves + h.position] += product;
      out[g.pattern][h.position * waves + g.position] += product;
    }
  }

  level_groups<Real> groups_;
  const linked_units& who_;
};

}  // namespace baro::detail
