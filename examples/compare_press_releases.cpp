// SPDX-License-Identifier: BSL-1.0
// 55 % of 122 DRH against 45 % of 1000 employees: a difference, or two samples of one opinion?
#include <baro/baro.hpp>

#include <cstdio>

int main() {
  const baro::confidence_level level(0.95);
  const auto tell = [&](const char* what, const baro::published_design& design) {
    const auto found = baro::compare(
        {.share = baro::printed_share("55 %"), .base = baro::base(122), .design = design},
        {.share = baro::printed_share("45 %"), .base = baro::base(1000), .design = design},
        level);
    std::printf("%s: p %.4f as printed\n  %s\n", what, found.p_value, sentence(found).c_str());
  };
  tell("counted", {});
  tell("weighted, deff unknown", {.answers = baro::answers_are::weighted});
  tell("weighted, deff 1.4", {.deff = 1.4});
}
