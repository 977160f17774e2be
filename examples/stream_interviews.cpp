// SPDX-License-Identifier: BSL-1.0
// Interviews arrive day by day. What is kept overnight is a small state, not the answers, and
// the figures are those of the whole file, to the last bit.
#include <baro/baro.hpp>

#include <cstddef>
#include <cstdio>
#include <string>
#include <vector>

namespace {

struct day {
  std::vector<int> point;  // the sampling points of the survey, all met on the first day
  std::vector<double> weight;
  std::vector<std::string> vote;
};

void print(const char* when, const baro::estimate<>& e) {
  std::printf("%s: yes %.4f, standard error %.4f, %.0f answers\n", when, e.value(1),
              e.standard_error(1), e.entry(1).bases.n);
}

auto vote_of(const day& d) { return baro::share_of(baro::categories(d.vote).named("vote")); }

}  // namespace

int main() {
  const day monday{
      {1, 2, 3, 4, 1, 2}, {1, 1, 2, 1, 1, 2}, {"no", "yes", "yes", "no", "yes", "no"}};
  const day tuesday{{3, 4, 4, 2}, {2, 1, 1, 1}, {"yes", "no", "no", "yes"}};

  const baro::design first{baro::weights(monday.weight), baro::psus(monday.point)};
  const baro::tally<> opened(first, vote_of(monday));
  print("monday ", opened.result());
  const std::vector<std::byte> overnight = opened.to_bytes();

  auto sums = baro::tally<>::from_bytes(overnight, first, vote_of(monday));
  const baro::design second{baro::same_frame(first), baro::weights(tuesday.weight),
                            baro::psus(tuesday.point)};
  sums.add(second, vote_of(tuesday));
  print("tuesday", sums.result());

  day both = monday;
  both.point.insert(both.point.end(), tuesday.point.begin(), tuesday.point.end());
  both.weight.insert(both.weight.end(), tuesday.weight.begin(), tuesday.weight.end());
  both.vote.insert(both.vote.end(), tuesday.vote.begin(), tuesday.vote.end());
  const baro::design all{baro::weights(both.weight), baro::psus(both.point)};
  const auto at_once = baro::tabulate(all, vote_of(both), baro::threads(2));
  const bool same = at_once.value() == sums.result().value() &&
                    at_once.covariance() == sums.result().covariance();
  std::printf("the whole file at once: %s bits\n", same ? "the same" : "other");
}
