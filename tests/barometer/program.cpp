// SPDX-License-Identifier: BSL-1.0
#include "barometer/program.hpp"

#include <algorithm>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <string>
#include <support/table.hpp>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>
#include <vector>

namespace test {

namespace {

namespace fs = std::filesystem;

std::string new_folder() {
  std::string name = (fs::temp_directory_path() / "barometer_test_XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no scratch folder");
  return name;
}

std::string bytes_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write_bytes(const fs::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

void redirect(int to, const std::string& path, int flags) {
  const int from = ::open(path.c_str(), flags, 0600);
  if (from < 0 || dup2(from, to) < 0) _exit(127);
  ::close(from);
}

}  // namespace

program::program() : folder_(new_folder()), catcher_(new_folder()) {}

program::~program() {
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
  fs::remove_all(catcher_, ignored);
}

void program::write(const std::string& name, const std::string& bytes) const {
  write_bytes(fs::path(folder_) / name, bytes);
}

bool program::exists(const std::string& name) const {
  return fs::exists(fs::path(folder_) / name);
}

std::string program::read(const std::string& name) const {
  return bytes_of(fs::path(folder_) / name);
}

std::vector<std::string> program::files() const {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder_))
    names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

program_run program::run(const std::vector<std::string>& arguments, const std::string& input,
                         const std::string& standard_output) const {
  const std::string in = catcher_ + "/in", err = catcher_ + "/err";
  const std::string out = standard_output.empty() ? catcher_ + "/out" : standard_output;
  write_bytes(in, input);
  std::vector<std::string> words{BAROMETER_PROGRAM};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);

  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("fork failed");
  if (child == 0) {
    redirect(0, in, O_RDONLY);
    redirect(1, out, O_WRONLY | O_CREAT | O_TRUNC);
    redirect(2, err, O_WRONLY | O_CREAT | O_TRUNC);
    if (chdir(folder_.c_str()) != 0) _exit(127);
    execv(argv[0], argv.data());
    _exit(127);
  }
  int status = 0;
  waitpid(child, &status, 0);
  program_run done;
  done.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  if (standard_output.empty()) done.out = bytes_of(out);
  done.err = bytes_of(err);
  return done;
}

std::vector<program_row> rows_of(const program_run& done) {
  std::istringstream in(done.out);
  std::string line;
  std::getline(in, line);
  const std::vector<std::string> columns = table::split(line);
  std::vector<program_row> out;
  while (std::getline(in, line)) {
    const std::vector<std::string> cells = table::split(line);
    program_row r;
    for (std::size_t c = 0; c < columns.size(); ++c) r[columns[c]] = cells[c];
    out.push_back(std::move(r));
  }
  return out;
}

}  // namespace test
