// SPDX-License-Identifier: BSL-1.0
#include "level_names.hpp"

#include "refusal.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace barometer {

namespace {

struct named_level {
  std::int32_t code;
  char sign_before;  // 0 for the first
};

/// Every way to read a text as levels with signs between them; looks no further than the
/// second.
class level_reader {
 public:
  level_reader(std::string_view text, std::string_view signs,
               const std::vector<std::string>& levels)
      : text_(text), signs_(signs), levels_(levels) {
    read(0, 0, false);
  }
  const std::vector<std::vector<named_level>>& ways() const { return ways_; }

 private:
  // A minus may stand once, and must stand once where it is a sign at all.
  bool complete(bool minus) const { return minus || signs_.find('-') == signs_.npos; }

  void read(std::size_t at, char sign_before, bool minus) {
    if (ways_.size() > 1 || dead_.contains({at, minus})) return;
    const std::size_t found_before = ways_.size();
    if (at < text_.size() && text_[at] == '"') {
      std::string level;
      const std::size_t end = quoted(at, level);
      const auto place = std::find(levels_.begin(), levels_.end(), level);
      if (end != text_.npos && place != levels_.end())
        go_on(place - levels_.begin(), end, sign_before, minus);
    }
    for (std::size_t i = 0; i < levels_.size(); ++i)
      if (text_.substr(at).starts_with(levels_[i]))
        go_on(static_cast<std::ptrdiff_t>(i), at + levels_[i].size(), sign_before, minus);
    if (ways_.size() == found_before) dead_.insert({at, minus});
  }

  void go_on(std::ptrdiff_t level, std::size_t end, char sign_before, bool minus) {
    way_.push_back({static_cast<std::int32_t>(level), sign_before});
    if (end == text_.size()) {
      if (complete(minus)) ways_.push_back(way_);
    } else if (signs_.find(text_[end]) != signs_.npos && !(text_[end] == '-' && minus)) {
      read(end + 1, text_[end], minus || text_[end] == '-');
    }
    way_.pop_back();
  }

  /// The text between double quotes from `at` on, and where it ends.
  std::size_t quoted(std::size_t at, std::string& level) const {
    for (std::size_t i = at + 1; i < text_.size(); ++i) {
      if (text_[i] != '"') {
        level += text_[i];
      } else if (i + 1 < text_.size() && text_[i + 1] == '"') {
        level += text_[i++];
      } else {
        return i + 1;
      }
    }
    return text_.npos;
  }

  std::string_view text_;
  std::string_view signs_;
  const std::vector<std::string>& levels_;
  std::vector<named_level> way_;
  std::vector<std::vector<named_level>> ways_;
  std::set<std::pair<std::size_t, bool>> dead_;
};

std::string list_of(const std::vector<std::string>& levels) {
  constexpr std::size_t most = 20;
  std::string out;
  for (std::size_t i = 0; i < levels.size() && i < most; ++i)
    out += (i == 0 ? "" : ", ") + baro::quoted_text(levels[i]);
  if (levels.size() > most) out += " and " + std::to_string(levels.size() - most) + " more";
  return levels.empty() ? "none: every row is missing" : out;
}

/// The only way to read the text, or the reason why there is none.
std::vector<named_level> read_levels(const coded_question& question, std::string_view text,
                                     const option_text& given, std::string_view signs) {
  const level_reader reader(text, signs, question.levels());
  if (reader.ways().size() == 1) return reader.ways().front();
  if (reader.ways().size() > 1)
    refuse_option(given.option, given.value,
                  "can be read in two ways, must have its levels in double quotes");
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find_first_of(signs, begin), text.size());
    question.code_of(std::string(text.substr(begin, end - begin)));
    begin = end + 1;
  }
  refuse_option(given.option, given.value,
                "must be levels of " + baro::quoted_text(question.name()));
}

void refuse_repeated(const option_text& given, std::vector<std::int32_t> codes) {
  std::sort(codes.begin(), codes.end());
  if (std::adjacent_find(codes.begin(), codes.end()) != codes.end())
    refuse_option(given.option, given.value, "must name each level once");
}

}  // namespace

std::int32_t coded_question::code_of(const std::string& level) const {
  const std::int32_t code = coded_.code_of(level);
  if (code == baro::coded_column::missing)
    throw baro::file_error({.file = table_->file()},
                           "column " + baro::quoted_text(name()) + " has no level " +
                               baro::quoted_text(level) + ", its levels are " +
                               list_of(levels()));
  return code;
}

std::vector<std::int32_t> coded_question::list(std::string_view text,
                                               const option_text& given) const {
  std::vector<std::int32_t> codes;
  for (const named_level& l : read_levels(*this, text, given, ",")) codes.push_back(l.code);
  refuse_repeated(given, codes);
  return codes;
}

std::pair<std::vector<std::int32_t>, std::vector<std::int32_t>> coded_question::balance(
    std::string_view text, const option_text& given) const {
  std::pair<std::vector<std::int32_t>, std::vector<std::int32_t>> sides;
  std::vector<std::int32_t> all;
  bool behind = false;
  for (const named_level& l : read_levels(*this, text, given, "+-")) {
    behind = behind || l.sign_before == '-';
    (behind ? sides.second : sides.first).push_back(l.code);
    all.push_back(l.code);
  }
  refuse_repeated(given, std::move(all));
  return sides;
}

std::pair<std::size_t, std::string> split_column(const baro::csv_table& table,
                                                 const option_text& given, char sign,
                                                 std::string_view form) {
  const std::string_view text = given.value;
  const std::size_t first = text.find(sign);
  if (first == text.npos || first == 0 || first + 1 == text.size())
    refuse_option(given.option, text, "must be " + std::string(form));
  for (std::size_t at = first; at != text.npos; at = text.find(sign, at + 1))
    if (at + 1 < text.size() && table.has_column(text.substr(0, at)))
      return {table.column(text.substr(0, at)), std::string(text.substr(at + 1))};
  return {table.column(text.substr(0, first)), ""};
}

}  // namespace barometer
