#include "daemon/commands/collect.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/unit/daemon/temporary_folder.h"

namespace agreementd::daemon {
namespace {

constexpr auto workbook = "PK\x03\x04 and so on";

TEST(Collect, WhatMayBeAListIsToldByContent) {
  EXPECT_TRUE(may_be_list(workbook));
  EXPECT_TRUE(may_be_list("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 encrypted"));
  EXPECT_TRUE(may_be_list("\xEF\xBB\xBF \n<!DOCTYPE HTML><title>x"));
  EXPECT_TRUE(may_be_list("<div>a fragment with a <TABLE class=x>"));
  EXPECT_FALSE(may_be_list(""));
  EXPECT_FALSE(may_be_list("  \n"));
  EXPECT_FALSE(may_be_list("state,agency\nTX,Bexar\n"));
  EXPECT_FALSE(may_be_list("%PDF-1.7"));
}

TEST(Collect, AFolderIsReadWithAllBelowItAndWhatIsNoListIsCounted) {
  const TemporaryFolder folder;
  folder.write("b/deep/list.xlsx", workbook);
  folder.write("a.html", "<html><table></table></html>");
  folder.write("README.md", "# about these lists");
  folder.write("b/empty", "");
  const auto collection = collect_lists({folder.path()});
  ASSERT_EQ(collection.candidates.size(), 2U);
  EXPECT_EQ(collection.candidates[0].file_name, "a.html");
  EXPECT_EQ(collection.candidates[1].file_name, "list.xlsx");
  EXPECT_EQ(collection.candidates[1].path, folder.path("b/deep/list.xlsx"));
  EXPECT_EQ(collection.candidates[1].bytes, workbook);
  EXPECT_TRUE(collection.candidates[0].skip_unless_list);
  EXPECT_EQ(collection.skipped, 2);
  EXPECT_TRUE(collection.errors.empty());
}

TEST(Collect, AFileThatIsNamedIsTakenWhateverItHolds) {
  const TemporaryFolder folder;
  const auto collection = collect_lists({folder.write("notes.txt", "no list")});
  ASSERT_EQ(collection.candidates.size(), 1U);
  EXPECT_FALSE(collection.candidates[0].skip_unless_list);
  EXPECT_EQ(collection.skipped, 0);
}

TEST(Collect, APathThatIsNotThereIsAnErrorAndTheRestIsTaken) {
  const TemporaryFolder folder;
  const auto collection =
      collect_lists({folder.path("missing.xlsx"), folder.write("a.xlsx", workbook)});
  EXPECT_EQ(collection.candidates.size(), 1U);
  ASSERT_EQ(collection.errors.size(), 1U);
  EXPECT_NE(collection.errors[0].find("missing.xlsx"), std::string::npos);
}

TEST(Collect, AFileGivenTwiceIsTakenOnce) {
  const TemporaryFolder folder;
  const auto path = folder.write("a.xlsx", workbook);
  EXPECT_EQ(collect_lists({path, folder.path(), folder.path("./a.xlsx")}).candidates.size(), 1U);
}

TEST(Collect, LinksToFoldersAreNotFollowedUnlessNamedAndThatIsTold) {
  const TemporaryFolder folder;
  folder.write("a.xlsx", workbook);
  std::filesystem::create_directory_symlink(folder.path(), folder.path("again"));
  const auto collection = collect_lists({folder.path()});
  EXPECT_EQ(collection.candidates.size(), 1U);
  ASSERT_EQ(collection.notes.size(), 1U);
  EXPECT_TRUE(collection.notes[0].starts_with(folder.path("again"))) << collection.notes[0];
  EXPECT_TRUE(collection.errors.empty());
  EXPECT_EQ(collect_lists({folder.path("again")}).candidates.size(), 1U);
}

TEST(Collect, AFileNamedAsAWorkbookIsTakenWhateverItHolds) {
  const TemporaryFolder folder;
  for (const auto* name : {"a.xlsx", "b.XLSX", "c.xlsm", "d.xls"}) folder.write(name, "no list");
  folder.write("e.xlsx.txt", "no list");
  const auto collection = collect_lists({folder.path()});
  ASSERT_EQ(collection.candidates.size(), 4U);
  for (const auto& candidate : collection.candidates)
    EXPECT_FALSE(candidate.skip_unless_list) << candidate.path;
  EXPECT_EQ(collection.skipped, 1);
}

TEST(Collect, WhatIsNoRegularFileIsNeverOpened) {
  const TemporaryFolder folder;
  for (const auto* name : {"pipe", "pipe.xlsx"})
    ASSERT_EQ(::mkfifo(folder.path(name).c_str(), 0600), 0);
  std::filesystem::create_symlink("nowhere", folder.path("dangling"));
  std::filesystem::create_symlink("nowhere", folder.path("dangling.xlsx"));
  const auto collection = collect_lists({folder.path()});
  EXPECT_TRUE(collection.candidates.empty());
  EXPECT_EQ(collection.skipped, 2);
  EXPECT_EQ(collection.errors.size(), 2U);
  const auto named = collect_lists({folder.path("pipe"), "/dev/null"});
  ASSERT_EQ(named.errors.size(), 2U);
  EXPECT_NE(named.errors[0].find("pipe: it is no regular file"), std::string::npos);
}

TEST(Collect, ANameThatIsNoUtf8IsAnError) {
  const TemporaryFolder folder;
  const auto collection = collect_lists({folder.write("a\xff.xlsx", workbook)});
  EXPECT_TRUE(collection.candidates.empty());
  ASSERT_EQ(collection.errors.size(), 1U);
  EXPECT_NE(collection.errors[0].find("rename"), std::string::npos);
}

}  // namespace
}  // namespace agreementd::daemon
