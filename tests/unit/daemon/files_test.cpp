#include "daemon/files.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "model/result.h"
#include "tests/unit/daemon/temporary_folder.h"

namespace agreementd::daemon {
namespace {

namespace fs = std::filesystem;

TEST(Files, WhatIsWrittenIsReadAgainByteForByte) {
  const TemporaryFolder folder;
  const std::string bytes("PK\x03\x04\0\n\xff", 7);
  write_file(folder.path("a"), bytes, false);
  EXPECT_EQ(read_file(folder.path("a"), 100), bytes);
  EXPECT_EQ(read_head(folder.path("a"), 2), "PK");
}

TEST(Files, AFileIsReplacedOnlyWhereThatIsAskedFor) {
  const TemporaryFolder folder;
  const auto path = folder.write("a", "old");
  EXPECT_THROW(write_file(path, "new", false), Failure);
  EXPECT_EQ(read_file(path, 100), "old");
  write_file(path, "new", true);
  EXPECT_EQ(read_file(path, 100), "new");
}

TEST(Files, WhatIsNoRegularFileIsNeverReplaced) {
  const TemporaryFolder folder;
  fs::create_symlink(folder.write("target", "old"), folder.path("link"));
  EXPECT_THROW(write_file(folder.path("link"), "new", true), Failure);
  EXPECT_THROW(write_file("/dev/null", "new", true), Failure);
  EXPECT_THROW(write_file(folder.path(), "new", true), Failure);
  EXPECT_EQ(read_file(folder.path("target"), 100), "old");
}

TEST(Files, AFailedWriteLeavesNothingBehind) {
  const TemporaryFolder folder;
  EXPECT_THROW(write_file(folder.path("no/such/folder"), "x", false), Failure);
  const auto path = folder.write("a", "old");
  EXPECT_THROW(write_file(path, "new", false), Failure);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()), 1);
}

TEST(Files, ANewFileHasTheRightsTheUserGivesNewFiles) {
  const TemporaryFolder folder;
  const auto mask = ::umask(027);
  write_file(folder.path("a"), "x", false);
  ::umask(mask);
  struct stat status {};
  ASSERT_EQ(::stat(folder.path("a").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0640U);
}

TEST(Files, AFileOverTheLimitIsRefused) {
  const TemporaryFolder folder;
  const auto path = folder.write("a", std::string(11, 'x'));
  EXPECT_EQ(read_file(path, 11).size(), 11U);
  EXPECT_THROW(read_file(path, 10), Failure);
}

}  // namespace
}  // namespace agreementd::daemon
