// SPDX-License-Identifier: BSL-1.0
// Arbitrary bytes at the CSV border: they are read, or refused by a `file_error` whose message
// is one line. Anything else (another exception, a crash, a sanitizer's finding) ends the
// program.
//   clang++ -std=c++20 -Iinclude -O1 -g -fsanitize=fuzzer,address,undefined \
//     tests/fuzz/csv_fuzz.cpp -lcsv -o csv_fuzz
//   ./csv_fuzz -max_total_time=60 -dict=tests/fuzz/csv.dict new/ tests/fuzz/corpus
#include <baro/io/coded_column.hpp>
#include <baro/io/csv.hpp>
#include <baro/io/numbers.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

void must(bool holds) {
  if (!holds) std::abort();
}

template <class F>
void read_or_refuse(F f) {
  try {
    f();
  } catch (const baro::file_error& e) {
    const std::string_view message = e.what();
    must(message.starts_with("fuzz.csv:"));
    must(message.find_first_of("\n\r") == message.npos);
    must(!e.rule().empty());
  }
}

void check_column(const baro::csv_table& table, std::size_t c) {
  const baro::coded_column coded = baro::code_column(table, c);
  must(coded.codes.size() == table.rows());
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const std::int32_t code = coded.codes[row];
    must(table.is_missing(row, c) == (code == baro::coded_column::missing));
    if (code >= 0) must(coded.levels[static_cast<std::size_t>(code)] == table.text(row, c));
  }
  read_or_refuse([&] {
    const std::vector<double> numbers = baro::numbers(table, c);
    must(numbers.size() == table.rows());
    for (std::size_t row = 0; row < numbers.size(); ++row) {
      must((numbers[row] != numbers[row]) == table.is_missing(row, c));
      must(numbers[row] - numbers[row] == 0 || table.is_missing(row, c));
    }
  });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  read_or_refuse([&] {
    const baro::csv_table table =
        baro::parse_csv(std::string(reinterpret_cast<const char*>(data), size), "fuzz.csv");
    must(table.rows() > 0 && table.columns() > 0);
    std::size_t line = table.header_line();
    for (std::size_t row = 0; row < table.rows(); ++row) {
      must(table.line(row) > line);
      line = table.line(row);
    }
    for (std::size_t c = 0; c < table.columns(); ++c) check_column(table, c);
    for (const std::string& name : table.names())
      read_or_refuse([&] { must(table.names()[table.column(name)] == name); });
  });
  return 0;
}
