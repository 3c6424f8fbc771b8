#include "tests/integration/cli_import.h"

/// The proof, the rebuild and the redating, as a person runs them.
namespace agreementd::testing {
namespace {

using CliProof = CliImport;

TEST_F(CliProof, AnUnchangedProgramRebuildsNothingAndSaysNothing) {
  EXPECT_EQ(answer({"rebuild", "--dry-run"}), "");
  EXPECT_EQ(answer({"rebuild"}), "");
}

TEST_F(CliProof, TheHeadIsWhatVerifyAsksForLater) {
  const auto head = answer({"verify", "--head"});
  ASSERT_TRUE(std::regex_match(head, std::regex("[0-9]+ [0-9a-f]{64}\n"))) << head;
  const auto space = head.find(' ');
  const auto point = head.substr(0, space) + "," + head.substr(space + 1, 64);
  answer({"reject", "participatingAgencies06122025pm2.xlsx", "--why", "so"});
  EXPECT_TRUE(answer({"verify", "--from", point}).starts_with("Verified: "));
  auto other = point;
  other.back() = other.back() == '0' ? '1' : '0';
  EXPECT_TRUE(is_one_error(agreementctl({"verify", "--from", other}), 1));
  EXPECT_TRUE(
      is_one_error(agreementctl({"verify", "--from", "9999," + point.substr(space + 1)}), 1));
  EXPECT_TRUE(is_one_error(agreementctl({"verify", "--from", "12"}), 2));
}

TEST_F(CliProof, ProgressIsDrawnOnATerminalOnly) {
  for (const auto* command : {"verify", "rebuild"}) {
    EXPECT_EQ(agreementctl({command}).errors, "");
    const auto on_terminal = in_shell("script -qec \"$(printf '%q '", {command}, ")\" /dev/null");
    EXPECT_NE(on_terminal.output.find("Folding  ["), std::string::npos) << on_terminal.output;
  }
}

TEST_F(CliProof, AFaultIsOneErrorThatNamesIt) {
  auto superuser = connect("postgres");
  run(superuser,
      "SET LOCAL session_replication_role = replica; DELETE FROM agreementd.entries WHERE seq = 3");
  const auto fault = agreementctl({"verify"});
  EXPECT_TRUE(is_one_error(fault, 1));
  EXPECT_NE(fault.errors.find("entry 3 of the change log is missing"), std::string::npos)
      << fault.errors;
}

TEST_F(CliProof, AnEditionIsRedatedWithAReason) {
  const std::string file = "participatingAgencies06122025pm2.xlsx";
  EXPECT_TRUE(is_one_error(agreementctl({"redate", file, "2025-06-13"}), 2)) << "without a reason";
  EXPECT_TRUE(is_one_error(agreementctl({"redate", file, "13 June", "--why", "so"}), 2));
  EXPECT_TRUE(is_one_error(agreementctl({"redate", file, "2031-06-13", "--why", "so"}), 1));
  const auto redated =
      answer({"redate", file, "2025-06-13T17:30", "--why", "the archive says so", "--by", "ann"});
  EXPECT_NE(redated.find("participating list of 2025-06-13, " + file), std::string::npos)
      << redated;
  const auto editions = answer({"editions", "--format", "csv"});
  EXPECT_NE(editions.find("2025-06-13T21:30:00Z,redate"), std::string::npos) << editions;
}

}  // namespace
}  // namespace agreementd::testing
