// SPDX-License-Identifier: BSL-1.0
// « 79 % of employees, more than three quarters »: what is such a sentence worth, by base?
// The claim has the burden of proof: one-sided tests, and « no » is « not established ».
#include <baro/baro.hpp>

#include <cstdint>
#include <cstdio>

int main() {
  const baro::confidence_level level(0.95);
  baro::published_figure figure{.share = baro::printed_share("79 %"),
                                .claim = baro::claim("> 3/4")};

  for (const std::int64_t n : {122, 400, 1000}) {
    figure.base = baro::base(n);
    const auto limits = baro::published_interval(figure, level);
    std::printf("79 %% of %4d: %4.1f to %4.1f %% (%s)\n  %s\n", static_cast<int>(n),
                100 * limits.low, 100 * limits.high, limits.method.c_str(),
                sentence(baro::test_claim(figure, level)).c_str());
  }

  figure.base = baro::base(122);
  std::printf("79 %% would establish it from a base of %d on; on 122, it would take %s %%\n",
              static_cast<int>(baro::base_needed(figure, level).n->value()),
              baro::share_needed(figure, level).share->text().c_str());

  figure.design = {.deff = 1.4};
  std::printf("with a design effect of 1.4, from a base of %d on\n",
              static_cast<int>(baro::base_needed(figure, level).n->value()));
}
