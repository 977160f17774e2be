// SPDX-License-Identifier: BSL-1.0
// Margins that no weights can meet: which exclude each other, how near one can get, and that
// such weights are not used by accident.
#include <baro/baro.hpp>

#include <cstdio>
#include <string>
#include <vector>

int main() {
  // Every executive of this sample is over 35, yet more executives are wanted than people
  // over 35.
  const std::vector<std::string> age{"18-35", "18-35", "36+", "36+", "36+", "36+"};
  const std::vector<std::string> job{"other",     "other", "executive",
                                     "executive", "other", "other"};
  const std::vector<std::string> sex{"F", "M", "F", "M", "F", "M"};
  const std::vector<double> base(6, 10);
  const auto percent = baro::margin::percentages;
  const std::vector<baro::margin> margins{
      percent(baro::categories(sex).named("sex"), {{"F", 52}, {"M", 48}}),
      percent(baro::categories(age).named("age"), {{"18-35", 60}, {"36+", 40}}),
      percent(baro::categories(job).named("job"), {{"executive", 45}, {"other", 55}})};

  const auto c = baro::calibrate(base, margins, baro::raking_distance{});
  std::printf("status: %s\n%s\n\n", std::string(name(c.status())).c_str(),
              c.explanation().c_str());
  for (const auto& m : c.margins())
    std::printf("%-4s %-10s target %5.1f, nearest %5.1f\n", m.variable.c_str(), m.level.c_str(),
                m.target, m.after);
  try {
    const baro::design design{baro::weights(c)};
  } catch (const baro::error& e) {
    std::printf("\nrefused: %s\n", e.what());
  }

  // With a price instead of a demand on `job`, there is an answer.
  auto priced = margins;
  priced[2] = priced[2].with_cost(0.5);
  const auto near = baro::calibrate(base, priced, baro::raking_distance{});
  std::printf("\n%s\n", near.explanation().c_str());
  for (const auto& m : near.margins())
    std::printf("%-4s %-10s target %5.1f, got %5.1f\n", m.variable.c_str(), m.level.c_str(),
                m.target, m.after);
}
