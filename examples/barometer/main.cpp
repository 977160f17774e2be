// SPDX-License-Identifier: BSL-1.0
#include "command_line.hpp"
#include "delivery.hpp"
#include "refusal.hpp"
#include "verb.hpp"

#include <exception>
#include <iostream>
#include <new>
#include <string>
#include <vector>

namespace {

/// One line on standard error, whatever the message holds.
int refuse(const std::string& message) {
  const std::string line = "barometer: " + baro::one_line_text(message, message.size()) + "\n";
  std::cerr << line << std::flush;
  return 2;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const std::vector<std::string> arguments(argv + (argc > 0 ? 1 : 0), argv + argc);
    barometer::deliver(barometer::run_command_line(arguments));
    return 0;
  } catch (const std::bad_alloc&) {
    return refuse("not enough memory");
  } catch (const std::exception& e) {
    return refuse(e.what());
  }
}
