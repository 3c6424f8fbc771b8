#include "daemon/configuration/database_uri.h"

#include <gtest/gtest.h>

#include "model/result.h"

namespace agreementd::daemon {
namespace {

TEST(DatabaseUri, APasswordIsFoundWhereverLibpqWouldReadIt) {
  for (const auto* uri :
       {"postgresql://me:secret@host/db", "postgres://me:secret@host", "postgresql://:secret@/db",
        "postgresql://me:se?cret@host/db", "postgresql://host/db?password=secret",
        "postgresql:///db?user=me&password=secret", "postgresql:///db?%70assword=secret",
        "postgresql:///db?sslpassword=secret", "host=h password=secret", "password = 'se cret'",
        "host='a b' password=x", "host=a\\ b\tpassword=x", "dbname='it\\'s' password=x"})
    EXPECT_TRUE(holds_password(uri)) << uri;
}

TEST(DatabaseUri, OrdinaryConnectionsHoldNone) {
  for (const auto* uri :
       {"postgresql:///agreementd", "postgresql://me@host:5432/db", "postgresql://host:5432/db",
        "postgresql://me:@host/db", "postgresql://[::1]:5432/db?sslmode=require",
        "postgresql:///db?service=agreementd&passfile=/x", "host=/run/postgresql dbname=password",
        "dbname='x password=y'", "service=agreementd", "agreementd", ""})
    EXPECT_FALSE(holds_password(uri)) << uri;
}

TEST(DatabaseUri, OptionComesBeforeEnvironmentBeforeConfiguration) {
  EXPECT_EQ(choose_database({"dbname=a", "dbname=b", "dbname=c"}), "dbname=a");
  EXPECT_EQ(choose_database({"", "dbname=b", "dbname=c"}), "dbname=b");
  EXPECT_EQ(choose_database({"", "", "dbname=c"}), "dbname=c");
}

/// What the failure says; its status must be usage.
std::string refusal(const DatabaseSources& sources) {
  try {
    choose_database(sources);
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.status(), ExitStatus::usage);
    return failure.what();
  }
  return "not refused";
}

TEST(DatabaseUri, APasswordIsRefusedWithoutRepeatingIt) {
  for (const auto& sources : {DatabaseSources{"postgresql://me:hunter2@host/db", "", ""},
                              DatabaseSources{"", "password=hunter2", ""},
                              DatabaseSources{"", "", "postgresql:///db?password=hunter2"}}) {
    const auto text = refusal(sources);
    EXPECT_NE(text.find("PGPASSFILE"), std::string::npos) << text;
    EXPECT_NE(text.find("service file"), std::string::npos) << text;
    EXPECT_EQ(text.find("hunter2"), std::string::npos) << text;
    EXPECT_EQ(text.find('\n'), std::string::npos) << text;
  }
}

TEST(DatabaseUri, NoDatabaseNamesTheThreePlacesToNameOne) {
  const auto text = refusal({});
  for (const auto* place : {"--database", "AGREEMENTD_DATABASE", "configuration file"})
    EXPECT_NE(text.find(place), std::string::npos) << text;
}

}  // namespace
}  // namespace agreementd::daemon
