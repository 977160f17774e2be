// SPDX-License-Identifier: BSL-1.0
#include <baro/io/read_bytes.hpp>

#include "support/refused.hpp"

#include <doctest/doctest.h>

#include <cstdio>
#include <filesystem>
#include <string>

namespace io_read_bytes {

namespace fs = std::filesystem;

struct scratch_file {
  fs::path path = fs::temp_directory_path() / "baro_read_bytes.test";
  explicit scratch_file(const std::string& bytes) {
    std::FILE* out = std::fopen(path.c_str(), "wb");
    REQUIRE(out != nullptr);
    std::fwrite(bytes.data(), 1, bytes.size(), out);
    std::fclose(out);
  }
  scratch_file(const scratch_file&) = delete;
  scratch_file& operator=(const scratch_file&) = delete;
  ~scratch_file() { fs::remove(path); }
};

TEST_SUITE("io/read_bytes") {
  TEST_CASE("every byte comes back, NUL and line ends included") {
    for (const std::size_t size : {0U, 1U, 65535U, 65536U, 65537U, 300000U}) {
      std::string bytes(size, '\0');
      for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>(i * 31 % 256);
      const scratch_file file(bytes);
      CHECK(baro::read_bytes(file.path.string()) == bytes);
    }
  }

  TEST_CASE("a file that is not there is refused by its name") {
    const std::string message =
        test::refused<baro::file_error>([] { baro::read_bytes("/nowhere/x.csv"); });
    CHECK(message == "/nowhere/x.csv: cannot be opened: No such file or directory");
  }

  TEST_CASE("a folder is refused") {
    const std::string folder = fs::temp_directory_path().string();
    const std::string message =
        test::refused<baro::file_error>([&] { baro::read_bytes(folder); });
    CHECK(message == folder + ": cannot be read: Is a directory");
  }
}

}  // namespace io_read_bytes
