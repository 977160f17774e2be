// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/io/file_error.hpp>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>

namespace baro {

namespace detail {

inline std::string system_reason(int code) { return std::generic_category().message(code); }

}  // namespace detail

/// Everything a file holds, as it is.
/// @param path `-` is standard input
/// @throws file_error  the file cannot be opened or read to its end
inline std::string read_bytes(const std::string& path) {
  struct closer {
    void operator()(std::FILE* f) const noexcept { std::fclose(f); }
  };
  std::unique_ptr<std::FILE, closer> owned;
  std::FILE* in = stdin;
  if (path != "-") {
    owned.reset(std::fopen(path.c_str(), "rb"));
    if (!owned)
      throw file_error({.file = path}, "cannot be opened: " + detail::system_reason(errno));
    in = owned.get();
  }
  std::error_code no_size;  // a pipe has none
  const auto size = std::filesystem::file_size(path, no_size);
  constexpr std::size_t least = std::size_t{1} << 16U;
  std::string bytes(no_size ? least : std::max<std::size_t>(least, size + 1), '\0');
  for (std::size_t filled = 0;; bytes.resize(2 * bytes.size())) {
    const std::size_t got = std::fread(bytes.data() + filled, 1, bytes.size() - filled, in);
    filled += got;
    if (filled == bytes.size()) continue;
    if (std::ferror(in) != 0)
      throw file_error({.file = path}, "cannot be read: " + detail::system_reason(errno));
    bytes.resize(filled);
    return bytes;
  }
}

}  // namespace baro
