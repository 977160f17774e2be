// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cmath>
#include <limits>

/// Quantiles of the normal, Student's t and the Beta in double. Boost.Math has them too, but
/// every translation unit that asks it for one compiles two to three seconds longer; other
/// numbers than double and float still get them there, and the tests hold these against those
/// in 50 digits.
namespace baro::detail {

/// The z with P(Z > z) = tail <= ½, to 4.5e-4: Abramowitz and Stegun 26.2.23.
inline double rough_normal_quantile(double tail) {
  const double r = std::sqrt(-2 * std::log(tail));
  return r - (2.515517 + r * (0.802853 + r * 0.010328)) /
                 (1 + r * (1.432788 + r * (0.189269 + r * 0.001308)));
}

/// Student's t from the normal quantile z, five terms of Cornish and Fisher in 1/df.
/// @see  Abramowitz and Stegun, 26.7.5
inline double expanded_t_quantile(double df, double z) {
  const double s = z * z, v = 1 / df;
  const double g1 = (s + 1) / 4, g2 = ((5 * s + 16) * s + 3) / 96;
  const double g3 = (((3 * s + 19) * s + 17) * s - 15) / 384;
  const double g4 = ((((79 * s + 776) * s + 1482) * s - 1920) * s - 945) / 92160;
  const double g5 = (((((27 * s + 339) * s + 930) * s - 1782) * s - 765) * s + 17955) / 368640;
  return z * (1 + v * (g1 + v * (g2 + v * (g3 + v * (g4 + v * g5)))));
}

/// log Γ(z) minus Stirling's formula (z − ½) log z − z + ½ log 2π, z > 0.
inline double stirling_error(double z) {
  double sum = 0;
  for (; z < 16; ++z) sum += (z + 0.5) * std::log1p(1 / z) - 1;
  const double w = 1 / (z * z);
  return sum + (1. / 12 - w * (1. / 360 - w * (1. / 1260 - w * (1. / 1680 - w / 1188)))) / z;
}

/// log x and log(1 − x) of x = 1 / (1 + e^−θ), the scale on which a Beta is solved.
struct log_odds {
  double x, y, log_x, log_y;
  explicit log_odds(double theta)
      : x(1 / (1 + std::exp(-theta))), y(1 / (1 + std::exp(theta))) {
    log_x = theta < 0 ? theta - std::log1p(std::exp(theta)) : -std::log1p(std::exp(-theta));
    log_y = log_x - theta;
  }
};

/// x^a (1−x)^b / B(a, b) over P(B ≤ x), for x below the mean: modified Lentz.
/// @param off  b x − a (1 − x)
/// @see  DiDonato and Morris (1992), ACM TOMS 18:360, equation 9
inline double beta_fraction(double a, double b, double x, double off) {
  double value = a * (1 - off) / (a + 1), c = value, d = 0;
  for (double m = 1; m < 1e6; ++m) {
    const double odd = a + 2 * m - 1, rest = m * (b - m) * x / odd;
    const double top = rest * (a + m - 1) * (a + b + m - 1) * x / odd;
    const double bottom = m + rest + (a + m) * (1 - off + m * (2 - x)) / (a + 2 * m + 1);
    d = 1 / (bottom + top * d);
    c = bottom + top / c;
    value *= c * d;
    if (std::abs(c * d - 1) <= std::numeric_limits<double>::epsilon()) break;
  }
  return value;
}

/// The log-odds θ of the x with log P(B ≤ x) = log_tail (or P(B > x), when `above`) for a
/// Beta(a, b). In θ the logarithm of either tail is concave, so Newton's method converges from
/// anywhere: its second point, and all after it, lie on one side of the root.
/// @param theta  where to start
inline double beta_log_odds(double a, double b, double log_tail, bool above, double theta) {
  if (above) return -beta_log_odds(b, a, log_tail, false, -theta);
  const double n = a + b;
  const double scale = 0.5 * std::log(a * b / n / 6.283185307179586) + stirling_error(n) -
                       stirling_error(a) - stirling_error(b);
  for (int i = 0; i < 200; ++i) {
    const log_odds at(theta);
    const double off = b * at.x - a * at.y;  // n x − a
    const auto part = [off, n](double k, double sign, double log_share) {
      return std::abs(off) < k / 2 ? k * std::log1p(sign * off / k)
                                   : k * (std::log(n / k) + log_share);
    };
    // x^a (1−x)^b / B(a, b), which is also the derivative of P(B ≤ x) in θ.
    const double log_density = scale + part(a, 1, at.log_x) + part(b, -1, at.log_y);
    const bool left = off < 0;
    const double side = log_density - std::log(left ? beta_fraction(a, b, at.x, off)
                                                    : beta_fraction(b, a, at.y, -off));
    const double log_below = left ? side : std::log1p(-std::exp(side));
    const double miss = log_below - log_tail;
    const double step = miss / std::exp(log_density - log_below), most = 20 + std::abs(theta);
    theta -= step > most ? most : (step < -most ? -most : step);
    if (!(std::abs(miss) > 1e-8)) break;  // the next miss is its square
  }
  return theta;
}

inline double beta_quantile(double a, double b, double tail, bool above) {
  if (!(a > 0 && b > 0 && tail >= 0 && tail <= 1))
    return std::numeric_limits<double>::quiet_NaN();
  if (tail == 0) return above ? 1 : 0;
  if (tail > 0.5) return tail == 1 ? (above ? 0 : 1) : beta_quantile(a, b, 1 - tail, !above);
  const double z = rough_normal_quantile(tail), spread = z * std::sqrt(1 / a + 1 / b);
  const double start = std::log(a / b) + (above ? spread : -spread);
  return log_odds(beta_log_odds(a, b, std::log(tail), above, start)).x;
}

/// The z with P(Z > z) = tail, by Newton on the logarithm of the tail.
inline double normal_quantile(double tail) {
  if (!(tail >= 0 && tail <= 1)) return std::numeric_limits<double>::quiet_NaN();
  if (tail > 0.5) return -normal_quantile(1 - tail);
  if (tail == 0) return std::numeric_limits<double>::infinity();
  double z = rough_normal_quantile(tail);
  for (int i = 0; i < 3; ++i) {
    const double at = std::erfc(z * 0.7071067811865476) / 2;
    z += std::log(at / tail) * at / (0.3989422804014327 * std::exp(-z * z / 2));
  }
  return z;
}

/// The t with P(T > t) = tail, from P(T > t) = ½ P(B ≤ df/(df + t²)), B ~ Beta(df/2, ½); by the
/// expansion from 1000 df on, later far out in the tail.
inline double t_quantile(double df, double tail) {
  if (!(df > 0 && tail >= 0 && tail <= 1)) return std::numeric_limits<double>::quiet_NaN();
  if (tail > 0.5) return -t_quantile(df, 1 - tail);
  if (tail == 0) return std::numeric_limits<double>::infinity();
  if (tail == 0.5) return 0;
  const double z = rough_normal_quantile(tail);
  if (df >= 1000 + z * z * z * z) return expanded_t_quantile(df, normal_quantile(tail));
  const double start = expanded_t_quantile(df < 4 ? 4 : df, z), two = 2 * tail;
  const bool far = two <= 0.5;
  const double theta = beta_log_odds(df / 2, 0.5, std::log(far ? two : 1 - two), !far,
                                     std::log(df / (start * start)));
  return std::sqrt(df) * std::exp(-theta / 2);
}

}  // namespace baro::detail
