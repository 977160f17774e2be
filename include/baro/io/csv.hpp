// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/io/csv_separator.hpp>
#include <baro/io/csv_table.hpp>
#include <baro/io/encoding.hpp>
#include <baro/io/file_error.hpp>
#include <baro/io/read_bytes.hpp>

#include <algorithm>
#include <cstddef>
#include <csv.h>
#include <exception>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace baro {

namespace detail {

/// Drives libcsv over one text, a physical line at a time, so that every row knows its line.
class csv_parse {
 public:
  csv_parse(std::string_view text, std::string file) : text_(text), file_(std::move(file)) {
    separator_ = detect_separator(text);
    if (csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI) != 0) throw std::bad_alloc();
    csv_set_delim(&parser_, static_cast<unsigned char>(separator_));
    csv_set_space_func(&parser_, separator_ == '\t' ? is_space : is_space_or_tab);
    csv_set_blk_size(&parser_, 4096);
  }
  csv_parse(const csv_parse&) = delete;
  csv_parse& operator=(const csv_parse&) = delete;
  ~csv_parse() { csv_free(&parser_); }

  csv_table run() {
    for (std::size_t begin = 0; begin < text_.size();) {
      const std::size_t end = line_end(begin);
      if (parser_.pstate == row_not_begun) first_line_ = line_;
      feed(text_.substr(begin, end - begin));
      begin = end;
      ++line_;
    }
    if (csv_fini(&parser_, on_cell, on_row, this) != 0) {
      check();
      throw file_error(here(), "a quote opened in this row is never closed");
    }
    check();
    if (!table_) throw file_error({.file = file_}, "empty, must have a header row");
    if (table_->rows() == 0)
      throw file_error({.file = file_}, "no data row, must have at least one after the header");
    return std::move(*table_);
  }

 private:
  static constexpr int row_not_begun = 0;  // libcsv's first state

  static int is_space(unsigned char c) { return c == ' ' ? 1 : 0; }
  static int is_space_or_tab(unsigned char c) { return c == ' ' || c == '\t' ? 1 : 0; }

  /// One past the line break at or after `begin`: LF, CR LF or a lone CR.
  std::size_t line_end(std::size_t begin) {
    if (next_lf_ != text_.npos && next_lf_ < begin + 1) {
      const auto lf = text_.find('\n', begin);
      next_lf_ = lf == text_.npos ? text_.npos : lf + 1;
    }
    const std::size_t end = std::min(next_lf_, text_.size());
    const auto cr = text_.substr(begin, end - begin).find('\r');
    if (cr == text_.npos || (begin + cr + 1 < end && text_[begin + cr + 1] == '\n')) return end;
    return begin + cr + 1;
  }

  void feed(std::string_view line) {
    const std::size_t used =
        ::csv_parse(&parser_, line.data(), line.size(), on_cell, on_row, this);
    check();
    if (used == line.size()) return;
    if (csv_error(&parser_) != CSV_EPARSE) throw std::bad_alloc();
    throw file_error(
        {.file = file_, .line = line_},
        "a quote stands inside a value, must enclose the whole value and be doubled "
        "within it");
  }

  // The callbacks run inside a C library: nothing may be thrown through it.
  static void on_cell(void* cell, std::size_t size, void* self) noexcept {
    static_cast<csv_parse*>(self)->guard([&](csv_parse& me) {
      me.cell({size == 0 ? "" : static_cast<const char*>(cell), size});
    });
  }
  static void on_row(int, void* self) noexcept {
    static_cast<csv_parse*>(self)->guard([](csv_parse& me) { me.row(); });
  }
  template <class F>
  void guard(F f) noexcept {
    if (failure_) return;
    try {
      f(*this);
    } catch (...) {
      failure_ = std::current_exception();
    }
  }
  void check() const {
    if (failure_) std::rethrow_exception(failure_);
  }

  void cell(std::string_view text) {
    if (!table_) {
      header_.emplace_back(text);
      return;
    }
    if (cells_++ == 0) table_->begin_row(first_line_);
    if (cells_ <= table_->columns() && !table_->add_cell(text))
      throw file_error(here(), "row of more than 4 gigabytes");
  }

  void row() {
    if (!table_) {
      table_.emplace(file_, separator_, std::move(header_), first_line_);
      const std::size_t rest = text_.size();
      const std::size_t probe = std::min<std::size_t>(rest, 1U << 16U);
      const auto lines = static_cast<std::size_t>(
          std::count(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(probe), '\n'));
      table_->reserve(rest, probe == 0 ? 0 : (lines + 1) * (rest / probe + 1));
    } else if (cells_ != table_->columns()) {
      throw file_error(here(), std::to_string(cells_) + (cells_ == 1 ? " field" : " fields") +
                                   ", must have " + std::to_string(table_->columns()) +
                                   " like the header");
    }
    cells_ = 0;
    first_line_ = line_;
  }

  file_place here() const { return {.file = file_, .line = first_line_}; }

  std::string_view text_;
  std::string file_;
  char separator_ = ',';
  ::csv_parser parser_{};
  std::vector<std::string> header_;
  std::optional<csv_table> table_;
  std::size_t cells_ = 0;
  std::size_t next_lf_ = 0;
  std::size_t line_ = 1;
  std::size_t first_line_ = 1;
  std::exception_ptr failure_;
};

}  // namespace detail

/// Reads a CSV text: RFC 4180 quoting (line breaks and doubled quotes inside quotes), separator
/// `,` `;` or tab, any encoding `to_utf8` knows, any line ends. Spaces and tabs around an
/// unquoted value are not part of it; what stands between quotes is kept as it is. Blank lines
/// are skipped.
/// @param bytes the whole file
/// @param file  its name for messages
/// @throws file_error  no header, no data row, a row with more or fewer fields than the header,
///                     a quote inside a value or never closed, and what `to_utf8` refuses
/// @cost   O(bytes); holds the text once more, and 4 bytes per cell and 16 per row
inline csv_table parse_csv(std::string bytes, const std::string& file) {
  const std::string text = to_utf8(std::move(bytes), file);
  return detail::csv_parse(text, file).run();
}

/// Reads a CSV file; `-` is standard input.
/// @throws file_error  as `parse_csv`, and when the file cannot be read
inline csv_table read_csv(const std::string& path) { return parse_csv(read_bytes(path), path); }

}  // namespace baro
