// SPDX-License-Identifier: BSL-1.0
#include "command_line.hpp"

#include <baro/core/config.hpp>

#include "refusal.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace barometer {

namespace {

constexpr std::string_view version_line = "barometer " BARO_VERSION "\n";

std::string verb_names(const std::vector<verb>& verbs) {
  std::string out;
  for (const verb& v : verbs) out += (out.empty() ? "" : " or ") + v.name;
  return out;
}

std::string general_help(const std::vector<verb>& verbs) {
  std::size_t widest = 0;
  for (const verb& v : verbs) widest = std::max(widest, v.name.size());
  std::string out =
      "barometer: weighted estimates with honest intervals, from a CSV file\n"
      "Usage: barometer VERB DATA [options]\n\nVerbs:\n";
  for (const verb& v : verbs)
    out += "  " + v.name + std::string(widest - v.name.size() + 2, ' ') + v.summary + "\n";
  return out +
         "\nOptions:\n  -h,--help   this text; barometer VERB --help for the options of a "
         "verb\n"
         "  --version   the version\n\nExit status: 0 done; 2 refused, with one line on "
         "standard "
         "error.\n";
}

/// What CLI11 would read otherwise than a person: `--name=` takes the next argument as its
/// value.
void check_arguments(const std::vector<std::string>& arguments) {
  for (const std::string& a : arguments) {
    if (a == "--") break;
    const std::string name = a.substr(0, a.find('='));
    if (a.starts_with("--") && a.size() > 3 && a.find('=') == a.size() - 1)
      throw refusal(name + " must have a value");
  }
}

std::string verb_help(const verb& v, const CLI::App& app) {
  const std::string text = app.help();
  const auto options = text.find("\nOptions:\n");
  return "barometer " + v.name + ": " + v.summary + "\nUsage: barometer " + v.name +
         " DATA [options]\n\n"
         "  DATA  a CSV file with a header row, or - for standard input. Columns separated by "
         ", ; "
         "or\n"
         "        tab, decimal point or comma, UTF-8 or Latin-1; empty, NA and . are "
         "missing.\n" +
         (options == text.npos ? "" : text.substr(options));
}

outcome run_verb(const verb& v, std::vector<std::string> arguments) {
  check_arguments(arguments);
  CLI::App app(v.summary, "barometer " + v.name);
  app.get_formatter()->column_width(34);
  app.set_help_flag("-h,--help", "this text");
  app.set_version_flag("--version", std::string(version_line), "the version");
  app.allow_extras();
  const auto run = v.declare(app);
  std::reverse(arguments.begin(), arguments.end());  // as CLI11 wants them
  try {
    app.parse(arguments);
  } catch (const CLI::CallForHelp&) {
    return {.standard_output = verb_help(v, app)};
  } catch (const CLI::CallForVersion&) {
    return {.standard_output = std::string(version_line)};
  } catch (const CLI::ArgumentMismatch& e) {
    const std::string text = e.what();  // "--mean: 1 required COL missing"
    throw refusal(text.substr(0, text.find(':')) + " must have a value");
  } catch (const CLI::ParseError& e) {
    throw refusal(e.what());
  }
  std::vector<std::string> left = app.remaining();
  const auto end_of_options = std::find(left.begin(), left.end(), "--");
  const auto option = std::find_if(left.begin(), end_of_options, [](const std::string& a) {
    return a.size() > 1 && a.front() == '-';
  });
  if (option != end_of_options)
    throw refusal("unknown option " + option->substr(0, option->find('=')) +
                  ", must be one of barometer " + v.name + " --help");
  if (end_of_options != left.end()) left.erase(end_of_options);
  if (!left.empty())
    throw refusal("unexpected argument " + baro::quoted_text(left.front()) +
                  ", must be one DATA file and options");
  // `compare` has two files in the place of DATA.
  const auto given = [&](const char* name) {
    return app.get_option_no_throw(name) != nullptr && app.count(name) > 0;
  };
  if (app.count("DATA") == 0 && !given("--a") && !given("--b"))
    throw refusal("no DATA, must name a CSV file or -");
  return run();
}

}  // namespace

outcome run_command_line(const std::vector<std::string>& arguments) {
  const std::vector<verb> verbs = all_verbs();
  if (arguments.empty())
    throw refusal("no verb, must be " + verb_names(verbs) + " (barometer --help)");
  const std::string& first = arguments.front();
  if (first == "--help" || first == "-h") return {.standard_output = general_help(verbs)};
  if (first == "--version") return {.standard_output = std::string(version_line)};
  for (const verb& v : verbs)
    if (v.name == first) return run_verb(v, {arguments.begin() + 1, arguments.end()});
  if (first.starts_with("-"))
    throw refusal("unknown option " + first + ", the first argument must be a verb");
  throw refusal("unknown verb " + baro::quoted_text(first) + ", must be " + verb_names(verbs));
}

}  // namespace barometer
