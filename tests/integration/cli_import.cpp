#include <algorithm>
#include <fstream>
#include <regex>

#include "tests/integration/cli_program.h"

/// Lists in, history out, as a user does it with the sample lists.
namespace agreementd::testing {
namespace {

namespace fs = std::filesystem;

const fs::path samples = fs::path(AGREEMENTD_BINARY_DIR) / "samples" / "lists";

class CliImport : public CliTest {
 protected:
  CliImport() : import_(agreementctl({"import", samples})) {
    EXPECT_EQ(import_.status, 0) << import_.errors << import_.output;
  }

  [[nodiscard]] std::string answer(const std::vector<std::string>& arguments) const {
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

  Ended import_;
};

std::size_t count_files(const fs::path& folder) {
  return static_cast<std::size_t>(
      std::count_if(fs::recursive_directory_iterator(folder), fs::recursive_directory_iterator(),
                    [](const fs::directory_entry& entry) { return entry.is_regular_file(); }));
}

TEST_F(CliImport, TellsWhatItReadAndWhatItQuarantined) {
  const auto count = std::to_string(count_files(samples));
  EXPECT_TRUE(import_.output.starts_with(count + " lists read: ")) << import_.output;
  EXPECT_NE(import_.output.find("\nRecorded "), std::string::npos) << import_.output;
  EXPECT_NE(import_.output.find("\n1 edition quarantined"), std::string::npos) << import_.output;
  EXPECT_NE(import_.output.find("agreementctl approve "), std::string::npos) << import_.output;
}

TEST_F(CliImport, TheSameListsAgainChangeNothing) {
  const auto before = answer({"changes", "--all"});
  const auto editions = answer({"editions"});
  const auto again = agreementctl({"import", samples});
  EXPECT_EQ(again.status, 0) << again.errors;
  EXPECT_NE(again.output.find("lists read, nothing new\n"), std::string::npos) << again.output;
  EXPECT_EQ(answer({"changes", "--all"}), before);
  EXPECT_EQ(answer({"editions"}), editions);
}

TEST_F(CliImport, AFileThatIsNoListIsSkippedInAFolderAndAnErrorWhereItIsNamed) {
  const auto notes = write("lists/notes.txt", "nothing of interest");
  const auto page = write("lists/page.html", "<html><body>Access denied</body></html>");
  const auto skipped = agreementctl({"import", (folder_ / "lists").string()});
  EXPECT_EQ(skipped.status, 0) << skipped.errors;
  EXPECT_NE(skipped.output.find("2 files skipped: no lists\n"), std::string::npos)
      << skipped.output;
  const auto before = answer({"editions"});
  const auto named = agreementctl({"import", notes, page, samples});
  EXPECT_EQ(named.status, 1);
  EXPECT_EQ(lines_of(named.errors).size(), 2U) << named.errors;
  EXPECT_NE(named.errors.find("notes.txt"), std::string::npos) << named.errors;
  EXPECT_NE(named.output.find("lists read"), std::string::npos) << "the rest is read all the same";
  EXPECT_EQ(answer({"editions"}), before) << "what nobody can read makes no edition";
}

TEST_F(CliImport, AQuarantinedEditionIsShownAndRejectedByItsShortId) {
  const auto quarantined = answer({"editions", "--status", "quarantined"});
  ASSERT_EQ(lines_of(quarantined).size(), 2U) << quarantined;
  const auto id = lines_of(quarantined)[1].substr(0, 8);
  const auto before = answer({"changes", "--all"});
  EXPECT_TRUE(is_one_error(agreementctl({"reject", id}), 2)) << "without a reason";
  const auto rejected = answer({"reject", id, "--why", "an old list", "--by", "tester"});
  EXPECT_TRUE(rejected.starts_with("Rejected edition " + id)) << rejected;
  EXPECT_NE(rejected.find("It is rejected now."), std::string::npos) << rejected;
  EXPECT_EQ(rows({"editions", "--status", "rejected"}), 1U);
  EXPECT_EQ(rows({"editions", "--status", "quarantined"}), 0U);
  EXPECT_EQ(answer({"changes", "--all"}), before) << "it had changed nothing";
}

TEST_F(CliImport, AnApprovedEditionCounts) {
  const auto quarantined = answer({"editions", "--status", "quarantined"});
  const auto id = lines_of(quarantined).at(1).substr(0, 12);
  const auto approved = answer({"approve", id, "--by", "tester"});
  EXPECT_TRUE(approved.starts_with("Approved edition " + id.substr(0, 8))) << approved;
  EXPECT_NE(approved.find("It is accepted now."), std::string::npos) << approved;
  EXPECT_GT(rows({"changes", "--cause", "verdict"}), 0U);
}

TEST_F(CliImport, AnEditionNobodyKnowsIsOneError) {
  EXPECT_TRUE(is_one_error(agreementctl({"approve", "0123456789"}), 1));
  EXPECT_TRUE(is_one_error(agreementctl({"approve", "no such file.xlsx"}), 1));
}

TEST_F(CliImport, SightingsOfAnEditionAreItsFilesWithTheirHashes) {
  const auto lines = lines_of(answer({"editions"}));
  ASSERT_GT(lines.size(), 1U);
  const std::regex sighting(R"(.*,[^,]+\.(xlsx|html):[0-9a-f]{64}(;.*)?)");
  for (std::size_t i = 1; i < lines.size(); ++i)
    EXPECT_TRUE(std::regex_match(lines[i], sighting)) << lines[i];
  const auto as_reader = agreementctl({"editions"}, "reader");
  EXPECT_EQ(as_reader.status, 0) << as_reader.errors;
  EXPECT_EQ(lines_of(as_reader.output).size(), lines.size());
}

TEST_F(CliImport, FiltersNarrowWhatIsListed) {
  const auto all = rows({"current"});
  const auto texas = lines_of(answer({"current", "--state", "tx"}));
  EXPECT_GT(all, 0U);
  EXPECT_LT(texas.size() - 1, all);
  for (std::size_t i = 1; i < texas.size(); ++i)
    EXPECT_NE(texas[i].find(",TX,"), std::string::npos) << texas[i];
  EXPECT_GT(rows({"current", "--list", "pending"}), 0U);
  EXPECT_EQ(rows({"current", "--agency", "no agency has this in its name"}), 0U);
}

TEST_F(CliImport, AsOfTodayIsCurrentAndBeforeTheFirstListNothing) {
  EXPECT_EQ(answer({"as-of", "2099-01-01"}), answer({"current"}));
  EXPECT_EQ(rows({"as-of", "1999-01-01"}), 0U);
  EXPECT_EQ(rows({"as-of", "2025-06-01", "--known-at", "2001-01-01T00:00:00Z"}), 0U);
}

TEST_F(CliImport, ChangesAreFilteredByDayAndKind) {
  EXPECT_EQ(rows({"changes", "--until", "2021-01-12"}), 0U) << "the baseline writes no changes";
  EXPECT_GT(rows({"changes", "--kind", "new", "--list", "participating"}), 0U);
  EXPECT_EQ(rows({"changes", "--kind", "retracted"}), 0U);
  const auto last = lines_of(answer({"changes"})).back();
  EXPECT_EQ(rows({"changes", "--after", last.substr(0, last.find(','))}), 0U);
}

TEST_F(CliImport, AStoryIsToldOfAnAgreementAndOfAnAgency) {
  const auto found = answer({"find", "county"});
  const auto agreement = id_in(found, 'A');
  const auto agency = id_in(found, 'G');
  ASSERT_FALSE(agreement.empty() || agency.empty()) << found;
  const auto story = answer({"show", agreement, "--format", "table"});
  for (const auto* part : {"What the list said", "What changed", "Documents that show it"})
    EXPECT_NE(story.find(part), std::string::npos) << story;
  const auto whole = answer({"show", agency, "--format", "table"});
  EXPECT_TRUE(whole.starts_with("Agency " + agency + ": ")) << whole;
  EXPECT_NE(answer({"show", agreement}).find("seq,list,kind,"), std::string::npos);
}

TEST_F(CliImport, ADocumentComesOutAsItWentInAndIsNotOverwritten) {
  const auto line = lines_of(answer({"editions"})).at(1);
  std::smatch found;
  ASSERT_TRUE(std::regex_search(line, found, std::regex("([^,;]+):([0-9a-f]{64})"))) << line;
  const auto short_sha = found.str(2).substr(0, 12);
  EXPECT_EQ(answer({"document", short_sha, "-o", "copy"}), "");
  EXPECT_EQ(shell("sha256sum < copy", folder_).output.substr(0, 64), found.str(2));
  EXPECT_TRUE(is_one_error(agreementctl({"document", short_sha, "-o", "copy"}), 1));
  EXPECT_EQ(answer({"document", short_sha, "-o", "copy", "--force"}), "");
  EXPECT_EQ(in_shell("", {"document", short_sha, "-o", "-"}, "| sha256sum").output.substr(0, 64),
            found.str(2));
}

TEST_F(CliImport, StatsCountWhatIsListed) {
  const auto text = answer({"stats", "--format", "table"});
  EXPECT_NE(text.find("agreements by model"), std::string::npos) << text;
  EXPECT_NE(text.find("█"), std::string::npos) << text;
}

using CliImportOptions = CliTest;

TEST_F(CliImportOptions, StrictExitsWithFourWhereSomethingWasQuarantined) {
  EXPECT_EQ(agreementctl({"import", "--strict", samples}).status, 4);
}

TEST_F(CliImportOptions, APathThatIsNotThereIsAnErrorAndTheRestIsImported) {
  const auto run = agreementctl({"import", "missing.xlsx", samples});
  EXPECT_EQ(run.status, 1);
  EXPECT_EQ(lines_of(run.errors).size(), 1U) << run.errors;
  EXPECT_NE(run.errors.find("missing.xlsx"), std::string::npos) << run.errors;
  EXPECT_GT(lines_of(agreementctl({"current"}).output).size(), 1U);
}

TEST_F(CliImportOptions, ProgressIsDrawnOnATerminalOnly) {
  const auto piped = agreementctl({"import", samples});
  EXPECT_EQ(piped.errors, "");
  const auto on_terminal =
      in_shell("script -qec \"$(printf '%q '", {"import", samples}, ")\" /dev/null");
  EXPECT_NE(on_terminal.output.find("Reading lists  ["), std::string::npos) << on_terminal.output;
}

}  // namespace
}  // namespace agreementd::testing
