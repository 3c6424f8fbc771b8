#include "tracking/aliases.h"

#include <stdexcept>

#include <gmock/gmock.h>

namespace agreementd::tracking {
namespace {

const std::string header = "state,printed name,canonical name,relation,evidence\n";

std::string problem(const std::string& csv) {
  try {
    read_aliases(csv);
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "";
}

TEST(Aliases, AreReadFromCsvWithQuotedFields) {
  const auto aliases = read_aliases(
      header +
      "TX,\"Rangers, \"\"Mounted\"\"\",Department of Public Safety,division of,\"a, b\"\n");
  EXPECT_EQ(aliases.canonical("TX", normalise_name("rangers mounted")),
            normalise_name("Department of Public Safety").key);
  EXPECT_EQ(aliases.canonical("OK", normalise_name("rangers mounted")),
            normalise_name("rangers mounted").key);
}

TEST(Aliases, ThatAreNoneAreRefusedWithTheirLine) {
  EXPECT_EQ(
      problem(header + "TX,A,B,renamed\n"),
      "aliases, line 2: not the five fields state,printed name,canonical name,relation,evidence");
  EXPECT_EQ(
      problem(header + "TX,A,B,renamed,x,y\n"),
      "aliases, line 2: not the five fields state,printed name,canonical name,relation,evidence");
  EXPECT_EQ(problem(header + "TX,A,B,,x\n"), "aliases, line 2: a field is empty");
  EXPECT_EQ(problem(header + "Texas,A,B,renamed,x\n"), "aliases, line 2: Texas is no state");
  EXPECT_EQ(problem(header + "TX,\"A,B,renamed,x\n"),
            "aliases, line 2: a quotation mark is not closed");
  EXPECT_EQ(problem(header + "TX,Bee Sheriff,Bee Sheriff's Office,renamed,x\n"),
            "aliases, line 2: the two names are one to the rules already");
  const std::string twice = "aliases, line 3: a name leads to more than one, or by way of another";
  EXPECT_EQ(problem(header + "TX,A,B,renamed,x\nTX,A,C,renamed,x\n"), twice);
  EXPECT_EQ(problem(header + "TX,A,B,renamed,x\nTX,B,C,renamed,x\n"), twice);
  EXPECT_EQ(problem(header + "TX,B,C,renamed,x\nTX,A,B,renamed,x\n"), twice);
  EXPECT_EQ(problem(header + "TX,A,B,renamed,x\nOK,B,C,renamed,x\n"), "") << "of two states";
  EXPECT_THAT(problem("state,name\n"), ::testing::StartsWith("aliases, line 1: the header is not"));
}

TEST(Aliases, ShippedAreWellFormedAndFew) {
  const auto aliases = read_aliases(shipped_aliases());
  EXPECT_LE(aliases.size(), 30U);
}

}  // namespace
}  // namespace agreementd::tracking
