// SPDX-License-Identifier: BSL-1.0
// Last year's weights as other programs made them, then better ones on the same margins: in
// how many iterations, how heavy the heaviest, and the standard error that follows. The last
// line lets weights move with what explains who answered (contentment) in place of age, whose
// totals are still met. (Made-up answers.)
#include <baro/baro.hpp>

#include <cstdio>
#include <string>
#include <vector>

int main() {
  std::vector<std::string> sex, age, content;
  std::vector<double> base, satisfied;
  for (int i = 0; i < 800; ++i) {
    sex.push_back((i / 3) % 5 < 3 ? "F" : "M");
    age.push_back(i % 7 < 2 ? "18-34" : i % 7 < 4 ? "35-49" : "50+");
    const int mood = i * 37 % 100, third = i % 7 < 2 ? 0 : i % 7 < 4 ? 1 : 2;
    const int no[] = {60, 25, 25}, fairly[] = {90, 85, 50};
    content.push_back(mood < no[third] ? "no" : mood < fairly[third] ? "fairly" : "very");
    base.push_back(i % 3 == 0 ? 900 : 1400);
    satisfied.push_back((i * 53) % 100 < (content.back() == "no" ? 20 : 75));
  }
  const baro::categories who = baro::categories(sex).named("sex");
  const baro::categories when = baro::categories(age).named("age");
  const std::vector<baro::margin> margins{
      baro::margin::counts(who, {{"F", 510000}, {"M", 490000}}),
      baro::margin::counts(when, {{"18-34", 330000}, {"35-49", 300000}, {"50+", 370000}})};

  const auto show = [&](const char* made_by, const baro::calibration& w) {
    const auto e = baro::mean(baro::design{baro::weights(w)}, satisfied);
    std::printf(
        "%-30s %2d iterations, heaviest %.2f, satisfied %.2f %% (standard error %.3f)\n",
        made_by, w.iterations(), w.summary().largest() / w.summary().mean(), 100 * e.value(0),
        100 * e.standard_error(0));
  };
  namespace convention = baro::convention;
  const baro::raking_distance raking;
  const baro::logit_distance logit({.low = 0.6, .high = 1.7});
  show("R rake", baro::rake(base, margins, convention::r_rake()));
  show("R calibrate, raking",
       baro::calibrate(base, margins, raking, convention::r_calibrate()));
  show("CALMAR, M=3 LO=0.6 UP=1.7",
       baro::calibrate(base, margins, logit, convention::calmar()));
  show("rim weighting, cap 1.3", baro::rake(base, margins, convention::rim(1.3)));
  show("baro, logit", baro::calibrate(base, margins, logit));
  show("baro, instrument contentment",
       baro::calibrate(base, margins, raking,
                       {.instruments = {who, baro::categories(content).named("content")}}));
}
