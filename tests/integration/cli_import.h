#pragma once

#include <filesystem>
#include <regex>
#include <string>
#include <vector>

#include "tests/integration/cli_program.h"

namespace agreementd::testing {

/// agreementctl with the sample lists imported.
class CliImport : public CliTest {
 protected:
  CliImport() : import_(agreementctl({"import", samples})) {
    EXPECT_EQ(import_.status, 0) << import_.errors << import_.output;
  }

  /// What it prints; fails the test where it fails.
  std::string answer(const std::vector<std::string>& arguments) const {
    const auto run = agreementctl(arguments);
    EXPECT_EQ(run.status, 0) << arguments.front() << ": " << run.errors;
    return run.output;
  }
  [[nodiscard]] std::size_t rows(const std::vector<std::string>& arguments) const {
    return lines_of(answer(arguments)).size() - 1;
  }
  /// The first word of `output` that is an id of this letter.
  static std::string id_in(const std::string& output, char letter) {
    std::smatch found;
    const std::regex id(std::string("\\b") + letter + "[A-Z2-7]{8}\\b");
    return std::regex_search(output, found, id) ? found.str() : "";
  }

  inline static const std::filesystem::path samples =
      std::filesystem::path(AGREEMENTD_BINARY_DIR) / "samples" / "lists";
  /// A page: nothing but its name's stamp dates it.
  inline static const std::filesystem::path first_page =
      samples / "participating" / "287g-20210112151500.html";
  Ended import_;
};

}  // namespace agreementd::testing
