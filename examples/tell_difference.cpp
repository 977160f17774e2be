// SPDX-License-Identifier: BSL-1.0
// DRH against salariés, from what a press release printed of both: the difference, by the test
// the library uses for shares and by others, and the sentence a client reads.
#include <baro/baro.hpp>

#include <cstdio>
#include <string>

int main() {
  const auto published = [](double share, int n, std::string who) {
    baro::label about;
    about.variable = "informed";
    about.domain = {std::move(who)};
    return baro::published_share(share, baro::base(n), {}, about);
  };
  const baro::confidence_level level(0.95);

  const auto answers =
      baro::concatenate(published(0.25, 122, "DRH"), published(0.33, 1000, "salariés"));
  const auto usual = baro::share_difference(answers, 0, 1, level);
  for (const auto& c :
       {usual, baro::share_difference(answers, 0, 1, level, baro::miettinen_nurminen{}),
        baro::share_difference(answers, 0, 1, level, baro::newcombe_score{}),
        baro::share_difference(answers, 0, 1, level, baro::agresti_caffo{}),
        baro::difference(answers, 0, 1, level)})
    std::printf("%-18s %+.1f points [%+.1f; %+.1f], p = %.4f\n", c.test.c_str(),
                100 * c.difference, 100 * c.limits.low, 100 * c.limits.high, c.p_value);
  for (const auto exact : {baro::exact_test::fisher, baro::exact_test::boschloo})
    std::printf("%-18s p = %.4f\n", std::string(name(exact)).c_str(),
                baro::exact_p_value<double>({30, 122, 330, 1000}, exact));

  std::printf("%s\n", baro::sentence(usual, {"les DRH", "les salariés", "se dire informés"},
                                     baro::language::french)
                          .c_str());
  const auto clear = baro::share_difference(
      baro::concatenate(published(0.25, 122, "DRH"), published(0.67, 1000, "salariés")), 0, 1,
      level);
  std::printf("%s\n", baro::sentence(clear, {"les DRH", "les salariés", "se dire informés"},
                                     baro::language::french)
                          .c_str());
  std::printf(
      "%s\n",
      baro::sentence(clear, {"HR directors", "employees", "call themselves informed"}).c_str());
}
