// SPDX-License-Identifier: BSL-1.0
#include "delivery.hpp"

#include <baro/io/file_error.hpp>

#include "refusal.hpp"

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace barometer {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse_write(const std::string& place, int code) {
  throw refusal(place + ": cannot be written: " + std::generic_category().message(code));
}

void write_all(std::FILE* out, const std::string& content, const std::string& place) {
  errno = 0;
  const bool written = std::fwrite(content.data(), 1, content.size(), out) == content.size();
  if (!written || std::fflush(out) != 0) refuse_write(place, errno != 0 ? errno : EIO);
}

/// A file under a provisional name; gone unless `keep` was called.
class provisional_file {
 public:
  explicit provisional_file(const pending_file& file) : final_(file.path) {
    std::error_code ignored;
    if (fs::exists(final_, ignored) && !fs::is_regular_file(final_, ignored))
      throw refusal(file.path + ": cannot be written, must be a regular file");
    if (fs::equivalent(final_, "/dev/stdout", ignored))
      throw refusal(file.path + ": cannot be written, must not be standard output");
    if (fs::is_symlink(final_, ignored)) final_ = fs::canonical(final_, ignored);
    // "x": never over a file that is there; its process id would serve, a counter needs no
    // system
    for (int attempt = 0;; ++attempt) {
      provisional_ = final_;
      provisional_ += ".partial" + std::to_string(attempt);
      out_.reset(std::fopen(provisional_.c_str(), "wbx"));
      if (out_) break;
      if (errno != EEXIST || attempt == 100) refuse_write(file.path, errno);
    }
    try {
      write_all(out_.get(), file.content, file.path);
      if (std::fclose(out_.release()) != 0) refuse_write(file.path, errno);
    } catch (...) {
      fs::remove(provisional_, ignored);
      throw;
    }
  }
  provisional_file(provisional_file&& other) noexcept
      : final_(std::move(other.final_)),
        provisional_(std::exchange(other.provisional_, fs::path())) {}
  provisional_file& operator=(provisional_file&&) = delete;
  ~provisional_file() {
    std::error_code ignored;
    if (!provisional_.empty()) fs::remove(provisional_, ignored);
  }

  void keep() {
    std::error_code code;
    fs::rename(provisional_, final_, code);
    if (code) throw refusal(final_.string() + ": cannot be written: " + code.message());
    provisional_.clear();
  }

 private:
  struct closer {
    void operator()(std::FILE* f) const noexcept { std::fclose(f); }
  };
  fs::path final_;
  fs::path provisional_;
  std::unique_ptr<std::FILE, closer> out_;
};

}  // namespace

void deliver(const outcome& done) {
  std::vector<provisional_file> files;
  files.reserve(done.files.size());
  for (const pending_file& file : done.files) files.emplace_back(file);
  write_all(stdout, done.standard_output, "standard output");
  if (std::fclose(stdout) != 0) refuse_write("standard output", errno);
  for (provisional_file& file : files) file.keep();
  std::fwrite(done.standard_error.data(), 1, done.standard_error.size(), stderr);
}

}  // namespace barometer
