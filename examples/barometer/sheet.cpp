// SPDX-License-Identifier: BSL-1.0
#include "sheet.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace barometer {

namespace {

constexpr std::size_t page_width = 96;
constexpr std::size_t text_width = 46;  // of a column of words
constexpr const char* gap = "  ";

using range = std::pair<std::uint32_t, std::uint32_t>;

bool within(std::uint32_t c, const auto& ranges) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [&](const range& r) { return c >= r.first && c <= r.second; });
}

std::size_t width_of(std::uint32_t c) {
  static constexpr std::array<range, 5> none{{{0x0300, 0x036F},
                                              {0x1AB0, 0x1AFF},
                                              {0x200B, 0x200F},
                                              {0x20D0, 0x20FF},
                                              {0xFE00, 0xFE0F}}};
  static constexpr std::array<range, 10> two{{{0x1100, 0x115F},
                                              {0x2E80, 0xA4CF},
                                              {0xAC00, 0xD7A3},
                                              {0xF900, 0xFAFF},
                                              {0xFE30, 0xFE6F},
                                              {0xFF00, 0xFF60},
                                              {0xFFE0, 0xFFE6},
                                              {0x1F300, 0x1F64F},
                                              {0x1F680, 0x1FAFF},
                                              {0x20000, 0x3FFFD}}};
  if (c < 0x0300) return 1;
  return within(c, none) ? 0 : within(c, two) ? 2 : 1;
}

/// A label may hold line breaks; a table line may not.
std::string on_one_line(std::string text) {
  for (char& c : text)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  return text;
}

std::string fold(const std::string& note) {
  std::istringstream words(note);
  std::string out, line, word;
  const auto flush = [&] { out += line + "\n"; };
  while (words >> word) {
    const bool first = line.empty();
    if (!first && display_width(line) + 1 + display_width(word) > page_width) {
      flush();
      line = "  " + word;
    } else {
      line += (first ? "" : " ") + word;
    }
  }
  flush();
  return out;
}

/// A text on as many lines as its words need, all but the first a little inside.
std::vector<std::string> wrapped(const std::string& text) {
  if (display_width(text) <= text_width) return {text};
  std::istringstream words(text);
  std::vector<std::string> lines(1);
  for (std::string word; words >> word;) {
    if (lines.back().empty())
      lines.back() = word;
    else if (display_width(lines.back()) + 1 + display_width(word) <= text_width)
      lines.back() += " " + word;
    else
      lines.push_back("  " + word);
  }
  return lines;
}

/// The lines of the page, those with long labels on several.
std::vector<sheet_line> wrapped(const sheet& page) {
  std::vector<sheet_line> out;
  for (const sheet_line& line : page.lines) {
    const std::size_t first = out.size();
    out.push_back({std::vector<std::string>(line.cells.size()), line.section});
    for (std::size_t c = 0; c < line.cells.size(); ++c) {
      const std::string text = on_one_line(line.cells[c]);
      const bool words = c < page.columns.size() && page.columns[c].side == align::left;
      const std::vector<std::string> parts = words ? wrapped(text) : std::vector{text};
      while (out.size() < first + parts.size())
        out.push_back({std::vector<std::string>(line.cells.size()), {}});
      for (std::size_t i = 0; i < parts.size(); ++i) out[first + i].cells[c] = parts[i];
    }
  }
  return out;
}

class text_writer {
 public:
  explicit text_writer(const sheet& page) : page_(page), lines_(wrapped(page)) {
    widths_.assign(page.columns.size(), 0);
    std::vector<bool> used(page.columns.size(), false);
    for (const sheet_line& line : lines_)
      for (std::size_t c = 0; c < line.cells.size() && c < used.size(); ++c) {
        used[c] = used[c] || !line.cells[c].empty();
        widths_[c] = std::max(widths_[c], display_width(line.cells[c]));
      }
    for (std::size_t c = 0; c < used.size(); ++c) {
      if (!used[c]) continue;
      shown_.push_back(c);
      widths_[c] = std::max(widths_[c], display_width(page.columns[c].heading));
    }
  }

  std::string write() const {
    std::string out;
    if (!page_.title.empty()) out += on_one_line(page_.title) + "\n";
    for (const std::string& line : page_.preamble) out += fold(on_one_line(line));
    if (!shown_.empty()) {
      if (!out.empty()) out += "\n";
      std::vector<std::string> headings;
      for (const sheet_column& column : page_.columns)
        headings.push_back(on_one_line(column.heading));
      out += row(headings) + rule();
      bool first = true;
      for (const sheet_line& line : lines_) {
        if (line.cells.empty())
          out += (first ? "" : "\n") + on_one_line(line.section) + "\n";
        else
          out += row(line.cells);
        first = false;
      }
      out += rule();
    }
    for (const std::string& note : page_.notes) out += fold(on_one_line(note));
    return out;
  }

 private:
  std::string row(const std::vector<std::string>& cells) const {
    std::string out;
    for (const std::size_t c : shown_) {
      const std::string text = c < cells.size() ? cells[c] : "";
      const std::string blanks(widths_[c] - std::min(widths_[c], display_width(text)), ' ');
      if (c != shown_.front()) out += gap;
      out += page_.columns[c].side == align::left ? text + blanks : blanks + text;
    }
    out.erase(out.find_last_not_of(' ') + 1);
    return out + "\n";
  }

  std::string rule() const {
    std::string out;
    for (const std::size_t c : shown_) {
      if (c != shown_.front()) out += gap;
      for (std::size_t i = 0; i < widths_[c]; ++i) out += "─";
    }
    return out + "\n";
  }

  const sheet& page_;
  std::vector<sheet_line> lines_;
  std::vector<std::size_t> widths_;
  std::vector<std::size_t> shown_;
};

}  // namespace

std::size_t display_width(const std::string& text) {
  std::size_t width = 0;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t bytes = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    std::uint32_t c = lead < 0xC0 ? lead : lead & (0xFFU >> (bytes + 1));
    for (std::size_t k = 1; k < bytes && i + k < text.size(); ++k)
      c = (c << 6U) | (static_cast<unsigned char>(text[i + k]) & 0x3FU);
    width += width_of(c);
    i += bytes;
  }
  return width;
}

std::string as_text(const sheet& page) { return text_writer(page).write(); }

}  // namespace barometer
