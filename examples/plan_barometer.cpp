// SPDX-License-Identifier: BSL-1.0
// Before the field: how many interviews, and what the interviews there will be can show.
#include <baro/baro.hpp>

#include <cstdio>
#include <string>

int main() {
  const auto say = [](const std::string& text) { std::printf("%s\n", text.c_str()); };
  const baro::wanted_power usual(0.80);
  const baro::expected_shares rise{.a = 0.50, .b = 0.55};

  say("Two waves, a rise of 5 points");
  baro::comparison_plan waves{.between = baro::compared::waves};
  say(sentence(baro::sample_size(rise, usual, waves)));
  waves.a.deff = waves.b.deff = 1.4;  // weights
  say(sentence(baro::sample_size(rise, usual, waves)));
  waves.overlap = baro::wave_overlap{.share = 2.0 / 3, .correlation = 0.5};  // a rotating panel
  say(sentence(baro::sample_size(rise, usual, waves)));
  std::printf("the panel takes %.3f of the interviews\n", waves.overlap->variance_factor());

  say("\nDRH against salariés");
  const baro::group_sizes n{.a = 122, .b = 1000};
  // Around 50 %, a gap up or down.
  const baro::reference_share half{.share = 0.50, .test = baro::share_test::common};
  for (const double deff : {1.0, 1.4}) {
    const baro::comparison_plan groups{.a = {.name = "DRH", .deff = deff},
                                       .b = {.name = "salariés", .deff = deff}};
    say(sentence(baro::significant_difference(half, n, groups)));
    say(sentence(baro::detectable_difference(half, n, usual, groups)));
    const baro::expected_shares ten{.a = 0.50, .b = 0.60, .test = half.test};
    say(sentence(baro::power(ten, n, groups), baro::language::french));
  }

  say("\nThe same rise in ten regions, under Holm");
  const baro::comparison_plan regions{.family = baro::family_size(10),
                                      .between = baro::compared::waves};
  const auto each = baro::family_sample_size(rise, {}, usual, regions);
  say(sentence(each));
  say(sentence(baro::family_sample_size(
      rise, {baro::family_goal::each, baro::dependence::independent}, usual, regions)));
  const auto found = baro::holm_power(
      rise, baro::group_sizes::each(static_cast<double>(each.sizes.a)), regions);
  std::printf("with %lld per wave and region: each %.0f %%, all ten %.0f %%\n",
              static_cast<long long>(each.sizes.a), 100 * found.each, 100 * found.all);
}
