// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/status.hpp>

#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

namespace baro::detail {

/// Σ_t W_t (p_t − π_t) (1, x_t) = 0 with logit π_t = a + b x_t, by Newton's method on a place
/// in time that is 0 in the middle and 1 at the end. What is solved is the highest point of a
/// concave function, so a step that leads down is halved until it does not.
template <class Real>
class logistic_scores {
 public:
  void add(const Real& x, const Real& share, const Real& weight) {
    x_.push_back(x);
    p_.push_back(share);
    w_.push_back(weight);
  }

  /// Of two places at least, rising; weights above 0.
  status solve() {
    using std::abs, std::log, std::sqrt;
    if (separated()) return status::undefined;
    middle_ = (x_.front() + x_.back()) / 2;
    half_ = (x_.back() - x_.front()) / 2;
    Real all(0), yes(0);
    for (std::size_t k = 0; k < x_.size(); ++k) {
      all += w_[k];
      yes += w_[k] * p_[k];
    }
    for (Real& w : w_) w /= all;
    a_ = log(Real(yes / (all - yes)));
    b_ = Real(0);
    Real height = height_at(a_, b_);
    const Real slack = 64 * std::numeric_limits<Real>::epsilon() * abs(height);
    const Real close = sqrt(std::numeric_limits<Real>::epsilon()) / 32;
    for (int step = 0; step < 200; ++step) {
      measure();
      const Real determinant = i0_ * i2_ - i1_ * i1_;
      if (!(determinant > Real(0))) break;
      const Real da = (i2_ * s0_ - i1_ * s1_) / determinant;
      const Real db = (i0_ * s1_ - i1_ * s0_) / determinant;
      // The next step would be of the size of this one's square.
      if (abs(da) + abs(db) <= close * (1 + abs(a_) + abs(b_))) {
        a_ += da;
        b_ += db;
        measure();
        return status::ok;
      }
      Real part(1);
      for (int halved = 0; halved < 60; ++halved) {
        const Real there = height_at(Real(a_ + part * da), Real(b_ + part * db));
        if (there >= height - slack) {
          height = there;
          break;
        }
        part /= 2;
      }
      a_ += part * da;
      b_ += part * db;
    }
    return status::iteration_limit;
  }

  Real slope() const { return b_ / half_; }
  Real share_at(const Real& x) const { return share(Real(a_ + b_ * (x - middle_) / half_)); }
  /// How the slope answers to the share of the k-th place.
  Real coefficient(std::size_t k) const {
    return w_[k] * (z(k) - i1_ / i0_) / ((i2_ - i1_ * i1_ / i0_) * half_);
  }

 private:
  /// Is there no highest point? Some line is >= 0 wherever there is a yes and <= 0 wherever
  /// there is a no, and not level at 0 everywhere.
  bool separated() const {
    const Real far = std::numeric_limits<Real>::infinity();
    Real first_yes = far, last_yes = -far, first_no = far, last_no = -far;
    for (std::size_t k = 0; k < x_.size(); ++k) {
      if (p_[k] > Real(0)) {
        if (x_[k] < first_yes) first_yes = x_[k];
        last_yes = x_[k];
      }
      if (p_[k] < Real(1)) {
        if (x_[k] < first_no) first_no = x_[k];
        last_no = x_[k];
      }
    }
    return last_no <= first_yes || last_yes <= first_no;
  }

  Real z(std::size_t k) const { return (x_[k] - middle_) / half_; }

  static Real share(const Real& logit) {
    using std::exp;
    if (logit < Real(0)) {
      const Real odds = exp(logit);
      return odds / (1 + odds);
    }
    return 1 / (1 + exp(Real(-logit)));
  }

  /// Σ W (p log π + (1 − p) log (1 − π))
  Real height_at(const Real& a, const Real& b) const {
    using std::abs, std::exp, std::log1p;
    Real sum(0);
    for (std::size_t k = 0; k < x_.size(); ++k) {
      const Real logit = a + b * z(k);
      const Real beyond = log1p(Real(exp(Real(-abs(logit)))));
      const Real log_yes = logit < Real(0) ? Real(logit - beyond) : Real(-beyond);
      const Real log_no = logit < Real(0) ? Real(-beyond) : Real(-logit - beyond);
      sum += w_[k] * (p_[k] * log_yes + (1 - p_[k]) * log_no);
    }
    return sum;
  }

  void measure() {
    s0_ = s1_ = i0_ = i1_ = i2_ = Real(0);
    for (std::size_t k = 0; k < x_.size(); ++k) {
      const Real pi = share(Real(a_ + b_ * z(k)));
      const Real spread = w_[k] * pi * (1 - pi);
      const Real apart = w_[k] * (p_[k] - pi);
      s0_ += apart;
      s1_ += apart * z(k);
      i0_ += spread;
      i1_ += spread * z(k);
      i2_ += spread * z(k) * z(k);
    }
  }

  std::vector<Real> x_, p_, w_;
  Real middle_{}, half_{}, a_{}, b_{};
  Real s0_{}, s1_{}, i0_{}, i1_{}, i2_{};
};

}  // namespace baro::detail
