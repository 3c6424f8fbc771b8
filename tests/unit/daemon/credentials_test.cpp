#include "daemon/configuration/credentials.h"

#include <cstdlib>

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "daemon/files.h"
#include "tests/unit/daemon/temporary_folder.h"

namespace agreementd::daemon {
namespace {

/// A folder with a `pgpass`, as systemd passes it.
class Credentials : public ::testing::Test {
 protected:
  Credentials() {
    setenv("CREDENTIALS_DIRECTORY", folder_.path().c_str(), 1);
    unsetenv("PGPASSFILE");
  }
  ~Credentials() override {
    unsetenv("CREDENTIALS_DIRECTORY");
    unsetenv("PGPASSFILE");
  }
  static std::string passed() {
    const char* file = std::getenv("PGPASSFILE");
    return file != nullptr ? file : "";
  }

  TemporaryFolder folder_;
  std::string file_ = folder_.write("credentials_pgpass", "*:*:*:*:secret\n");
};

TEST_F(Credentials, AreUsedAlsoWhereTheirRightsLookLikeThoseOfAGroup) {
  ASSERT_EQ(chmod(file_.c_str(), 0440), 0);  // so does an access list
  use_passed_credentials();
  struct stat status {};
  ASSERT_EQ(stat(passed().c_str(), &status), 0) << passed();
  EXPECT_EQ(status.st_mode & 07777U, 0600U);  // libpq takes no file of the group's
  EXPECT_EQ(status.st_uid, geteuid());
  EXPECT_EQ(read_file(passed(), 1024), "*:*:*:*:secret\n");
}

TEST_F(Credentials, OfTheUserComeFirst) {
  setenv("PGPASSFILE", "/home/user/.pgpass", 1);
  use_passed_credentials();
  EXPECT_EQ(passed(), "/home/user/.pgpass");
}

}  // namespace
}  // namespace agreementd::daemon
