#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "tests/integration/postgres.h"

/// agreementctl as a user runs it: a process of its own, with its exit status and what it printed.
namespace agreementd::testing {

struct Ended {
  int status = -1;  ///< exit status; 128 + the signal where one ended it
  std::string output;
  std::string errors;
};

/// Runs a command of the shell (bash) in `folder`.
Ended shell(const std::string& command, const std::filesystem::path& folder);

/// A word for the shell.
std::string quoted(const std::string& word);

/// The lines of a text, without their ends.
std::vector<std::string> lines_of(const std::string& text);

/// A test with a database and a folder of its own. AGREEMENTD_DATABASE names the database.
class CliTest : public DatabaseTest {
 protected:
  CliTest();
  ~CliTest() override;

  /// Runs agreementctl with these arguments, as a user of the database.
  [[nodiscard]] Ended agreementctl(const std::vector<std::string>& arguments,
                                   const std::string& user = "agreementd_writer") const;
  /// The same behind `before` and before `after`, which the shell reads.
  [[nodiscard]] Ended in_shell(const std::string& before, const std::vector<std::string>& arguments,
                               const std::string& after) const;
  /// Writes a file into the folder and answers its path.
  [[nodiscard]] std::string write(const std::string& name, std::string_view bytes) const;

  std::filesystem::path folder_;
};

/// Exactly one line, as `agreementctl: what: what to do`.
::testing::AssertionResult is_one_error(const Ended& run, int status);

}  // namespace agreementd::testing
