// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/hypothesis/difference.hpp>

#include <cmath>
#include <cstdio>
#include <string>
#include <string_view>

namespace baro {

enum class language { english, french };

namespace detail {

/// Numbers as people of a language write them.
class written {
 public:
  explicit written(language in) : in_(in) {}

  std::string number(double x, int decimals) const {
    char buffer[64];
    const int n = std::snprintf(buffer, sizeof buffer, "%.*f", decimals, std::abs(x));
    std::string out(buffer, n > 0 && n < 64 ? static_cast<std::size_t>(n) : 0);
    const bool zero = out.find_first_not_of("0.") == out.npos;
    if (in_ == language::french)
      if (const auto point = out.find('.'); point != out.npos) out[point] = ',';
    return (x < 0 && !zero ? "−" : "") + out;
  }
  std::string p_value(double p) const {
    return p < 0.001 ? "p < " + number(0.001, 3) : "p = " + number(p, 3);
  }
  /// A point has no plural below 2 in French.
  std::string points(double shown) const {
    const bool one = in_ == language::french ? shown < 2 : shown == 1;
    return one ? " point" : " points";
  }
  std::string choose(std::string_view english, std::string_view french) const {
    return std::string(in_ == language::french ? french : english);
  }

 private:
  language in_;
};

/// The groups of a comparison: what their labels have different.
inline std::string group_name(const label& l, const label& beside) {
  std::string out;
  for (std::size_t b = 0; b < l.domain.size(); ++b)
    if (b >= beside.domain.size() || l.domain[b] != beside.domain[b])
      out += (out.empty() ? "" : ", ") + l.domain[b];
  if (out.empty() && l.wave != beside.wave) out = l.wave;
  if (out.empty() && l.level != beside.level) out = l.level;
  return out.empty() ? l.variable : out;
}

/// A comparison put into words, piece by piece.
template <class Real>
class told_comparison {
 public:
  told_comparison(const comparison<Real>& c, written w)
      : c_(c),
        w_(w),
        percent_(c.a.statistic == statistic::share || c.a.statistic == statistic::balance) {}

  bool has_difference() const { return c_.difference == c_.difference; }
  std::string figure(const Real& x) const { return number(x) + (percent_ ? " %" : ""); }

  /// "difference −42.0 points [−50.3; −33.7] at 95 %, p < 0.001 (t test, 1120 df)", or why not.
  std::string difference() const {
    const std::string why = std::string(name(c_.status)) + ")";
    if (!has_difference()) return w_.choose("nothing to compare (", "rien à comparer (") + why;
    std::string out = w_.choose("difference ", "écart ") + number(c_.difference) +
                      (percent_ ? " points" : "");
    if (c_.status != status::ok)
      return out + w_.choose(", not tested (", ", non testé (") + why;
    if (c_.limits.low == c_.limits.low)
      out += " [" + number(c_.limits.low) + w_.choose("; ", " ; ") +
             (is_infinite(c_.limits.high) ? "∞[ " : number(c_.limits.high) + "] ") +
             w_.choose("at ", "à ") + w_.number(100 * c_.limits.level.value(), 0) + " %";
    return out + ", " + w_.p_value(static_cast<double>(c_.p_value)) + " (" + test() + ")";
  }

 private:
  std::string number(const Real& x) const {
    return w_.number((percent_ ? 100 : 1) * static_cast<double>(x), percent_ ? 1 : 2);
  }
  /// The t test by its everyday name, any other by its own.
  std::string test() const {
    const bool t = c_.test == "design_t" || c_.test == "satterthwaite_t" || c_.test.empty();
    const bool finite = c_.df < std::numeric_limits<Real>::infinity();
    const std::string named = !t ? c_.test : finite ? "t" : "normal";
    std::string out = w_.choose(named + " test", "test " + named);
    if (finite)
      out += ", " + w_.number(static_cast<double>(c_.df), 0) + w_.choose(" df", " ddl");
    return out;
  }

  const comparison<Real>& c_;
  written w_;
  bool percent_;
};

}  // namespace detail

/// A difference as a client reads it:
///   "DRH 25.0 %, salariés 67.0 %: difference −42.0 points [−50.3; −33.7] at 95 %, p < 0.001
///   (t test, 1120 df)"
/// Shares and balances in percent and points, anything else with two decimals. `difference`
/// alone; a ratio is no difference.
template <class Real>
std::string sentence(const comparison<Real>& c, language in = language::english) {
  const detail::written w(in);
  const detail::told_comparison<Real> told(c, w);
  return detail::group_name(c.a, c.b) + " " + told.figure(c.value_a) + ", " +
         detail::group_name(c.b, c.a) + " " + told.figure(c.value_b) + w.choose(": ", " : ") +
         told.difference();
}

/// Who does what, in the language of the sentence: {"les DRH", "les salariés", "se dire
/// stressés"}, {"HR directors", "employees", "call themselves stressed"}.
struct spoken_groups {
  std::string a{}, b{}, what{};
};

/// The difference of two shares in words, at the level of its interval:
///   "Les DRH sont moins nombreux que les salariés à se dire stressés (25,0 % contre 67,0 %) :
///   écart −42,0 points [−50,3 ; −33,7] à 95 %, p < 0,001 (test t, 1120 ddl)"
/// Where nothing is shown it says that, which is not that the two are the same.
/// @throws value_error  a comparison of something else than shares
template <class Real>
std::string sentence(const comparison<Real>& c, const spoken_groups& said,
                     language in = language::english) {
  if (c.a.statistic != statistic::share)
    detail::refuse("sentence", "statistic", name(c.a.statistic), "must be 'share'");
  const detail::written w(in);
  const detail::told_comparison<Real> told(c, w);
  const bool shown = c.status == status::ok && c.p_value <= Real(c.limits.level.alpha());
  const bool less = c.difference < Real(0);
  std::string out;
  if (shown)
    out = w.choose(
        said.a + (less ? " are less likely than " : " are more likely than ") + said.b + " to ",
        said.a + (less ? " sont moins nombreux que " : " sont plus nombreux que ") + said.b +
            " à ");
  else
    out = w.choose(
        "Nothing shows that " + said.a + " are more or less likely than " + said.b + " to ",
        "Rien ne montre que " + said.a + " soient plus ou moins nombreux que " + said.b +
            " à ");
  if (out[0] >= 'a' && out[0] <= 'z') out[0] = static_cast<char>(out[0] - 'a' + 'A');
  return out + said.what + " (" + told.figure(c.value_a) + w.choose(" against ", " contre ") +
         told.figure(c.value_b) + w.choose("): ", ") : ") + told.difference();
}

}  // namespace baro
