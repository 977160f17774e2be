// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/estimate/mean.hpp>
#include <baro/estimate/ratio.hpp>
#include <baro/estimate/share.hpp>
#include <baro/interval/woodruff.hpp>

#include "by_hand_median.hpp"
#include "by_hand_numbers.hpp"
#include "by_hand_share.hpp"

#include <cstddef>
#include <span>
#include <tuple>

/// What is timed: each task once with the library, `baro_side(…)`, and once without,
/// `hand_side(…)`, on the same columns.
namespace bench {

/// The first `rows` respondents.
inline baro::design integer_design(const sample& s, std::size_t rows) {
  return baro::design{baro::weights(std::span(s.weight).first(rows)),
                      baro::strata(std::span(s.stratum).first(rows)),
                      baro::psus(std::span(s.psu).first(rows))};
}
inline baro::design string_design(const sample& s, const named_units& names, std::size_t rows) {
  return baro::design{baro::weights(std::span(s.weight).first(rows)),
                      baro::strata(std::span(names.stratum).first(rows)),
                      baro::psus(std::span(names.psu).first(rows))};
}

struct mean_task {
  static constexpr const char *name = "mean", *title = "mean";
  static auto baro_side(const baro::design& d, const sample& s, baro::threads how) {
    return baro::mean(d, s.y, how);
  }
  static auto hand_side(const by_hand::coded_units& u, const sample& s) {
    return by_hand::mean(s, u);
  }
};

struct share_task {
  static constexpr const char *name = "share", *title = "shares of 5 levels, 5×5 covariance";
  static auto baro_side(const baro::design& d, const sample& s, baro::threads how) {
    return baro::share(d, s.question, how);
  }
  static auto hand_side(const by_hand::coded_units& u, const sample& s) {
    return by_hand::share(s, u);
  }
};

struct domains_task {
  static constexpr const char *name = "domains",
                              *title = "means of 25 domains, 25×25 covariance";
  static auto baro_side(const baro::design& d, const sample& s, baro::threads how) {
    return baro::mean(d, s.y, baro::by(s.domain), how);
  }
  static auto hand_side(const by_hand::coded_units& u, const sample& s) {
    return by_hand::domain_means(s, u);
  }
};

struct ratio_task {
  static constexpr const char *name = "ratio", *title = "ratio";
  static auto baro_side(const baro::design& d, const sample& s, baro::threads how) {
    return baro::ratio(d, s.y, s.x, how);
  }
  static auto hand_side(const by_hand::coded_units& u, const sample& s) {
    return by_hand::ratio(s, u);
  }
};

struct median_task {
  static constexpr const char *name = "median", *title = "median with Woodruff's interval";
  static auto baro_side(const baro::design& d, const sample& s, baro::threads how) {
    const auto q = baro::quantile(d, s.y, baro::probability(0.5), how);
    return baro::woodruff(q, baro::confidence_level(0.95)).front();
  }
  static auto hand_side(const by_hand::coded_units& u, const sample& s) {
    return by_hand::median(s, u);
  }
};

using all_tasks = std::tuple<mean_task, share_task, domains_task, ratio_task, median_task>;

}  // namespace bench
