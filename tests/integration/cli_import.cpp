#include "tests/integration/cli_import.h"

#include <algorithm>
#include <fstream>
#include <regex>
#include <tuple>

/// Lists in, history out, as a user does it with the sample lists.
namespace agreementd::testing {
namespace {

namespace fs = std::filesystem;

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

TEST_F(CliImport, AFileNamedAsAWorkbookIsNeverSkippedAlsoInAFolder) {
  const std::pair<std::string, std::string> files[] = {
      {"participatingAgencies08012025am.xlsx", "<html><body>Access denied</body></html>"},
      {"participatingAgencies08022025am.XLSX", R"({"error": "not found"})"},
      {"participatingAgencies08032025am.xlsm", "404 Not Found"},
      {"pendingAgencies08042025am.xls", ""},
      {"notes.txt", "nothing of interest"}};
  for (const auto& [name, bytes] : files) std::ignore = write("mixed/" + name, bytes);
  fs::copy(first_page, folder_ / "mixed/287g-20210113151500.html");
  const auto editions = rows({"editions"});
  const auto run = agreementctl({"import", (folder_ / "mixed").string()});
  EXPECT_EQ(run.status, 1);
  const auto errors = lines_of(run.errors);
  ASSERT_EQ(errors.size(), 4U) << run.errors;
  const char* parts[][2] = {{"08012025am.xlsx", "HTML page under a workbook's name"},
                            {"08022025am.XLSX", "neither an .xlsx workbook nor an HTML page"},
                            {"08032025am.xlsm", "neither an .xlsx workbook nor an HTML page"},
                            {"08042025am.xls", "empty"}};
  for (std::size_t i = 0; i < 4; ++i)
    for (const auto* part : parts[i])
      EXPECT_NE(errors[i].find(part), std::string::npos) << part << " is not in " << errors[i];
  EXPECT_NE(run.output.find("1 list read: "), std::string::npos) << run.output;
  EXPECT_NE(run.output.find("1 file skipped: no lists\n"), std::string::npos) << run.output;
  EXPECT_EQ(rows({"editions"}), editions) << "the list was known, the others are none";
  EXPECT_EQ(ask(store_, "SELECT count(*) FROM documents WHERE reading_error IS NOT NULL"), "4");
}

TEST_F(CliImport, WhatCannotBeReadIsListedByStatusAndComesOutByItsShortSha) {
  EXPECT_NE(answer({"status"}).find("\ndocuments unreadable as lists,0\n"), std::string::npos);
  for (int i = 1; i <= 22; ++i)
    std::ignore =
        write("broken/list" + std::to_string(i) + ".xlsx", "no list " + std::to_string(i));
  EXPECT_EQ(agreementctl({"import", (folder_ / "broken").string()}).status, 1);
  const auto last = write("participatingAgencies08012025am.xlsx", "PK\x03\x04 cut off");
  EXPECT_EQ(agreementctl({"import", last}).status, 1);

  const auto text = answer({"status", "--format", "table"});
  std::smatch found;
  ASSERT_TRUE(std::regex_search(text, found, std::regex("\nunreadable ([0-9a-f]{8}): "))) << text;
  EXPECT_EQ(answer({"document", found.str(1), "-o", "-"}), "PK\x03\x04 cut off") << "the newest";

  const auto csv = lines_of(answer({"status"}));
  const auto is_unreadable = [](const std::string& line) {
    return line.starts_with("unreadable ");
  };
  EXPECT_EQ(std::ranges::count_if(csv, is_unreadable), 20);
  EXPECT_EQ(std::ranges::count(csv, "documents unreadable as lists,23"), 1);
  const auto newest = std::ranges::find_if(csv, is_unreadable);
  EXPECT_TRUE(newest->starts_with("unreadable " + found.str(1) + ",")) << *newest;
  EXPECT_NE(newest->find("cannot read " + last + ": truncated or damaged"), std::string::npos)
      << *newest;

  const auto unknown = agreementctl({"document", "01234567", "-o", "-"});
  EXPECT_TRUE(is_one_error(unknown, 1));
  EXPECT_NE(unknown.errors.find("status those that cannot be read"), std::string::npos)
      << unknown.errors;
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

class CliImportOptions : public CliTest {
 protected:
  const fs::path samples = fs::path(AGREEMENTD_BINARY_DIR) / "samples" / "lists";
};

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

TEST_F(CliImportOptions, WhatIsNoFileIsRefusedAtOnce) {
  ASSERT_EQ(shell("mkfifo pipe", folder_).status, 0);
  for (const auto* path : {"pipe", "/dev/null"}) {
    const auto run = in_shell("timeout 30", {"import", path}, "");
    EXPECT_EQ(run.status, 1) << path;
    ASSERT_EQ(lines_of(run.errors).size(), 1U) << run.errors;
    EXPECT_NE(run.errors.find(std::string("cannot import ") + path + ": "), std::string::npos)
        << run.errors;
    EXPECT_NE(run.errors.find("no regular file"), std::string::npos) << run.errors;
  }
}

TEST_F(CliImportOptions, ALinkToAFolderInsideAFolderIsNotFollowedAndToldSo) {
  fs::create_directory(folder_ / "lists");
  fs::create_directory_symlink(samples, folder_ / "lists/more");
  const auto run = agreementctl({"import", (folder_ / "lists").string()});
  EXPECT_EQ(run.status, 0);
  ASSERT_EQ(lines_of(run.errors).size(), 1U) << run.errors;
  EXPECT_NE(run.errors.find("lists/more is a link to a folder and was not followed"),
            std::string::npos)
      << run.errors;
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
