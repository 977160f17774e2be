// SPDX-License-Identifier: BSL-1.0
#include <baro/baro.hpp>

int main() { return baro::confidence_level(0.95).value() < 1 ? 0 : 1; }
