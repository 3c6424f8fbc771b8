// Applications and the agreements they become.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lists.h"

namespace agreementd::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

const std::string nye = "NV | Nye County Sheriff's Office | JEM | 2020-06-09 | nye.pdf";
const std::string bee = "TX | Bee County Sheriff's Office | JEM | 2025-03-01 | pending";
const std::string bee_applies = "TX | Bee County Sheriffs Office | JEM";
const std::string other_applies = "TX | Lake Police Department | TFM";

/// An edition that follows another of the same date: its instant is pushed on, its date is not.
Edition pushed_on(const Reading& reading, const std::string& day) {
  auto second = edition(reading, day, "the second of " + day);
  second.instant += std::chrono::microseconds{1};
  return second;
}

TEST(Signing, AnApplicationThatLeavesAsItsAgreementIsListedWasSigned) {
  History history;
  history.then("2025-06-01", participating({nye}))
      .then("2025-06-01", pending({bee_applies, other_applies}))
      .then("2025-06-05", participating({nye, bee}))
      .then("2025-06-06", pending({other_applies}));
  const auto changes = history.finish().changes;
  ASSERT_THAT(describe(changes),
              ElementsAre("new TX Bee County Sheriff's Office JEM 2025-03-01 listed",
                          "terminated TX Bee County Sheriffs Office JEM signed"));
  EXPECT_EQ(changes[1].related_id, changes[0].agreement_id);
}

TEST(Signing, AnAgreementListedAfterItsApplicationLeftNamesIt) {
  History history;
  history.then("2025-06-01", participating({nye}))
      .then("2025-06-01", pending({bee_applies}))
      .then("2025-06-03", pending({}))
      .then("2025-06-05", participating({nye, bee}));
  const auto changes = history.finish().changes;
  ASSERT_THAT(describe(changes),
              ElementsAre("terminated TX Bee County Sheriffs Office JEM unlisted",
                          "new TX Bee County Sheriff's Office JEM 2025-03-01 listed"));
  EXPECT_EQ(changes[1].related_id, changes[0].agreement_id);
}

TEST(Signing, AnApplicationThatLeftLongBeforeIsNotNamed) {
  History history;
  history.then("2025-01-01", participating({nye}))
      .then("2025-01-01", pending({bee_applies}))
      .then("2025-01-03", pending({}))
      .then("2025-06-05", participating({nye, bee}));
  EXPECT_EQ(history.finish().changes.back().related_id, "");
}

TEST(Signing, AnEditionOfTheSameDateIsNotLaterForBeingTheSecondUnderItsName) {
  const auto first = participating({nye});
  const auto second = participating({nye, bee});
  History history;
  history.then("2025-06-01", pending({bee_applies, other_applies}))
      .then("2025-06-05", first)
      .then(pushed_on(second, "2025-06-05"), second)
      .then("2025-06-05", pending({other_applies}));
  const auto changes = history.finish().changes;
  ASSERT_THAT(describe(changes),
              ElementsAre("new TX Bee County Sheriff's Office JEM 2025-03-01 listed",
                          "terminated TX Bee County Sheriffs Office JEM signed"));
  EXPECT_EQ(changes[1].related_id, changes[0].agreement_id);
}

TEST(Signing, AnotherApplicationOfTheAgencyThatEntersMeanwhileIsNoSwitch) {
  History history;
  history.then("2025-06-01", participating({nye}))
      .then("2025-06-01", pending({bee_applies}))
      .then("2025-06-05", participating({nye, bee}))
      .then("2025-06-05", pending({"TX | Bee County Sheriffs Office | TFM"}));
  const auto changes = history.finish().changes;
  EXPECT_THAT(describe(changes),
              UnorderedElementsAre("new TX Bee County Sheriff's Office JEM 2025-03-01 listed",
                                   "new TX Bee County Sheriffs Office TFM listed",
                                   "terminated TX Bee County Sheriffs Office JEM signed"));
}

TEST(Signing, TheVeryAgencyComesBeforeOneWithNearlyItsName) {
  const std::string north = "FL | Hallandale Shores Police Services | TFM | 2025-06-01 | pending";
  const std::string exact = "FL | Hallandale Shores Police | TFM | 2025-05-20 | pending";
  History history;
  history.then("2025-06-01", participating({nye}))
      .then("2025-06-01", pending({"FL | Hallandale Shores Police Department | TFM"}))
      .then("2025-06-03", participating({nye, exact}))
      .then("2025-06-05", participating({nye, exact, north}))
      .then("2025-06-06", pending({}));
  const auto changes = history.finish().changes;
  EXPECT_EQ(changes.back().reason, "signed");
  EXPECT_EQ(changes.back().related_id, changes.front().agreement_id);
}

}  // namespace
}  // namespace agreementd::testing
