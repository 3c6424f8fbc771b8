#include "tests/integration/cli_program.h"

#include <cstdlib>
#include <fstream>
#include <sstream>

#include <sys/wait.h>

namespace agreementd::testing {
namespace {

std::string contents(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}

std::filesystem::path temporary_folder() {
  auto name = (std::filesystem::temp_directory_path() / "agreementd-cli-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  return name;
}

}  // namespace

std::string quoted(const std::string& word) {
  std::string result = "'";
  for (const char c : word) result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return result + "'";
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

Ended shell(const std::string& command, const std::filesystem::path& folder) {
  const auto output = folder / ".output";
  const auto errors = folder / ".errors";
  const auto line = "cd " + quoted(folder) + " && exec bash -c " + quoted(command) + " >" +
                    quoted(output) + " 2>" + quoted(errors) + " </dev/null";
  const int result = std::system(line.c_str());
  const int status = WIFEXITED(result) ? WEXITSTATUS(result) : 128 + WTERMSIG(result);
  return {status, contents(output), contents(errors)};
}

CliTest::CliTest() : folder_(temporary_folder()) {}

CliTest::~CliTest() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

Ended CliTest::agreementctl(const std::vector<std::string>& arguments,
                            const std::string& user) const {
  std::string command =
      "AGREEMENTD_DATABASE=" + quoted(uri(user)) + " exec " + quoted(AGREEMENTCTL);
  for (const auto& argument : arguments) command += " " + quoted(argument);
  return shell(command, folder_);
}

Ended CliTest::in_shell(const std::string& before, const std::vector<std::string>& arguments,
                        const std::string& after) const {
  std::string command = "export AGREEMENTD_DATABASE=" + quoted(uri("agreementd_writer")) + "; " +
                        before + " " + quoted(AGREEMENTCTL);
  for (const auto& argument : arguments) command += " " + quoted(argument);
  return shell(command + " " + after, folder_);
}

std::string CliTest::write(const std::string& name, std::string_view bytes) const {
  const auto file = folder_ / name;
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << bytes;
  return file;
}

::testing::AssertionResult is_one_error(const Ended& run, int status) {
  const auto lines = lines_of(run.errors);
  if (run.status == status && run.output.empty() && lines.size() == 1 &&
      lines[0].starts_with("agreementctl: "))
    return ::testing::AssertionSuccess();
  return ::testing::AssertionFailure() << "status " << run.status << ", output \"" << run.output
                                       << "\", errors \"" << run.errors << "\"";
}

}  // namespace agreementd::testing
