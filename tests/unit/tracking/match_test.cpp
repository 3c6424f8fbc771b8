// The six tiers, one by one: what is one agreement, and what stays two.
#include "tracking/match.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lists.h"

namespace agreementd::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

/// Rows that keep the edition from being empty, and never change.
const std::string bystander = "NV | Nye County Sheriff's Office | JEM | 2020-06-09 | nye.pdf";

std::vector<Change> changes_between(std::vector<std::string> before, std::vector<std::string> after,
                                    tracking::Aliases aliases = {}) {
  before.push_back(bystander);
  after.push_back(bystander);
  History history({{}, std::move(aliases), {}});
  history.then("2025-06-01", participating(before)).then("2025-06-02", participating(after));
  return history.finish().changes;
}

std::vector<std::string> told(const std::vector<std::string>& before,
                              const std::vector<std::string>& after) {
  return describe(changes_between(before, after));
}

TEST(Tier1, PunctuationCaseAndAbbreviationsAreTheSameAgreement) {
  EXPECT_THAT(told({"FL | St. Cloud Police Dept. | TFM | 2025-04-14 | pending"},
                   {"FL | ST CLOUD POLICE DEPT | TFM | 2025-04-14 | pending"}),
              IsEmpty());
  EXPECT_THAT(told({"FL | Tampa PD | TFM | 2025-02-28 | pending"},
                   {"FL | Tampa Police Department | TFM | 2025-02-28 | pending"}),
              ElementsAre("changed FL Tampa Police Department TFM 2025-02-28 [agency: Tampa PD -> "
                          "Tampa Police Department]"));
}

TEST(Tier1, TwoAgenciesOfOneNameAreToldApartByCounty) {
  const std::string bucks = "PA | Washington Township Police | TFM | 2025-05-01 | pending | Bucks";
  const std::string erie = "PA | Washington Township Police | TFM | 2025-05-01 | pending | Erie";
  EXPECT_THAT(told({bucks, erie}, {erie}),
              ElementsAre("terminated PA Washington Township Police TFM 2025-05-01 unlisted"));
}

TEST(Tier1, AKeyItWasListedUnderBeforeIsStillItsOwn) {
  History history;
  const std::string typo = "FL | Indiatlantic Police Department | TFM | 2025-05-13 | pending";
  const std::string right = "FL | Indialantic Police Department | TFM | 2025-05-13 | pending";
  for (const auto& [day, line] : {std::pair("2025-06-01", right), std::pair("2025-06-02", typo),
                                  std::pair("2025-06-03", right)})
    history.then(day, participating({line, bystander}));
  const auto folded = history.finish();
  EXPECT_THAT(describe(folded.changes),
              ElementsAre("changed FL Indiatlantic Police Department TFM 2025-05-13 [agency: "
                          "Indialantic Police Department -> Indiatlantic Police Department]",
                          "changed FL Indialantic Police Department TFM 2025-05-13 [agency: "
                          "Indiatlantic Police Department -> Indialantic Police Department]"));
}

TEST(Tier2, AnAliasIsTheSameAgency) {
  tracking::Aliases aliases;
  aliases.add("LA", "State Patrol of the Bayou", "Louisiana State Police");
  const auto changes =
      changes_between({"LA | State Patrol of the Bayou | TFM | 2025-05-20 | pending"},
                      {"LA | Louisiana State Police | TFM | 2025-05-20 | x.pdf"}, aliases);
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(changes[0].kind, ChangeKind::changed);
  EXPECT_EQ(changes[0].evidence, "alias: Louisiana State Police is State Patrol of the Bayou");
}

TEST(Tier3, TheSameMoaFileUnderAnotherNameIsTheSameAgreement) {
  const auto changes =
      changes_between({"FL | Department of Agriculture | TFM | 2025-06-01 | FloridaAg.pdf"},
                      {"FL | Office of Farm Police | TFM | 2025-06-01 | floridaag.PDF"});
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(changes[0].kind, ChangeKind::changed);
  EXPECT_THAT(changes[0].evidence, ::testing::StartsWith("same MOA file"));
}

TEST(Tier3, OnePdfLinkedForTwoListedAgenciesProvesNothing) {
  // The police department takes the sheriff's place in print, but the sheriff is still there.
  EXPECT_THAT(
      told({"FL | Lee County Sheriff's Office | TFM | 2025-03-01 | lee.pdf",
            "FL | Estero Marshal | TFM | 2025-03-01 | lee.pdf"},
           {"FL | Lee County Sheriff's Office | TFM | 2025-03-01 | lee.pdf",
            "FL | Naples Harbor Guard | TFM | 2025-05-30 | lee.pdf"}),
      UnorderedElementsAre("terminated FL Estero Marshal TFM 2025-03-01 unlisted unconfirmed",
                           "new FL Naples Harbor Guard TFM 2025-05-30 listed unconfirmed"));
}

TEST(Tier4, AMisspellingCorrectedIsOneChange) {
  EXPECT_THAT(told({"FL | Macro Island Police Department | TFM | 2025-04-24 | pending"},
                   {"FL | Marco Island Police Department | TFM | 2025-04-24 | pending"}),
              ElementsAre("changed FL Marco Island Police Department TFM 2025-04-24 [agency: Macro "
                          "Island Police Department -> Marco Island Police Department]"));
}

TEST(Tier4, PrecinctOneIsNotPrecinctTwo) {
  EXPECT_THAT(told({"TX | Bee County Constable Precinct 1 | TFM | 2025-04-24 | pending"},
                   {"TX | Bee County Constable Precinct 2 | TFM | 2025-04-24 | pending"}),
              ElementsAre("new TX Bee County Constable Precinct 2 TFM 2025-04-24 listed",
                          "terminated TX Bee County Constable Precinct 1 TFM 2025-04-24 unlisted"));
}

TEST(Tier4, GreenAndGreeneListedTogetherStayTwo) {
  const std::string green = "PA | Green Township Police | TFM | 2025-07-15 | pending";
  const std::string greene = "PA | Greene Township Police | TFM | 2025-07-15 | pending";
  EXPECT_THAT(told({green, greene}, {greene}),
              ElementsAre("terminated PA Green Township Police TFM 2025-07-15 unlisted"));
  EXPECT_THAT(told({green}, {green, greene}),
              ElementsAre("new PA Greene Township Police TFM 2025-07-15 listed"));
}

TEST(Tier5, ADateThatMovesWhileTheMoaIsPendingIsACorrection) {
  const auto changes =
      changes_between({"AL | Limestone County Sheriff's Office | TFM | 2025-06-12 | pending"},
                      {"AL | Limestone County Sheriff's Office | TFM | 2025-06-11 | lime.pdf"});
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(describe(changes[0]),
            "changed AL Limestone County Sheriff's Office TFM 2025-06-11 [signed: 2025-06-12 -> "
            "2025-06-11] [moa: pending -> https://www.ice.gov/doclib/287gMOA/lime.pdf]");
  EXPECT_EQ(changes[0].evidence, "signed 2025-06-12 -> 2025-06-11, MOA was pending");
}

TEST(Tier5, ALaterAgreementWithItsOwnMoaIsARenewal) {
  const auto changes =
      changes_between({"TN | Knox County Sheriff's Office | JEM | 2017-06-15 | knox2017.pdf"},
                      {"TN | Knox County Sheriff's Office | JEM | 2020-06-08 | knox2020.pdf"});
  ASSERT_THAT(describe(changes),
              ElementsAre("new TN Knox County Sheriff's Office JEM 2020-06-08 renewal",
                          "terminated TN Knox County Sheriff's Office JEM 2017-06-15 superseded"));
  EXPECT_EQ(changes[0].related_id, changes[1].agreement_id);
  EXPECT_EQ(changes[1].related_id, changes[0].agreement_id);
}

TEST(Tier5, ADateThatWasNoneIsFilledIn) {
  EXPECT_THAT(told({"TN | Grundy County Sheriff's Office | WSO | 5025-07-07x | pending"},
                   {"TN | Grundy County Sheriff's Office | WSO | 2025-05-07 | pending"}),
              ElementsAre("changed TN Grundy County Sheriff's Office WSO 2025-05-07 [signed: "
                          "5025-07-07x -> 2025-05-07]"));
}

TEST(Tier5, ALongWayWithoutADocumentIsLeftOpen) {
  const auto changes =
      changes_between({"FL | Hardy County Sheriff's Office | TFM | 2025-02-26 | pending"},
                      {"FL | Hardy County Sheriff's Office | TFM | 2025-05-08 | pending"});
  EXPECT_THAT(
      describe(changes),
      ElementsAre(
          "new FL Hardy County Sheriff's Office TFM 2025-05-08 listed unconfirmed",
          "terminated FL Hardy County Sheriff's Office TFM 2025-02-26 unlisted unconfirmed"));
}

TEST(Tier6, ACorrectedStateIsOneChange) {
  EXPECT_THAT(told({"TX | Ellis County Sheriff's Office | WSO | 2025-05-07 | pending"},
                   {"KS | Ellis County Sheriff's Office | WSO | 2025-05-07 | pending"}),
              ElementsAre("changed KS Ellis County Sheriff's Office WSO 2025-05-07 [state: TX -> "
                          "KS]"));
}

TEST(Tier6, ARelabelledAgencyNeedsACleanHandover) {
  const std::string board = "FL | Gulf County BOCC | TFM | 2025-02-26 | pending";
  const std::string sheriff = "FL | Gulf County Sheriff's Office | TFM | 2025-02-26 | pending";
  EXPECT_THAT(told({board}, {sheriff}),
              ElementsAre("changed FL Gulf County Sheriff's Office TFM 2025-02-26 [agency: Gulf "
                          "County BOCC -> Gulf County Sheriff's Office]"));
  // Two leave, one enters: nobody can know which of them it was.
  EXPECT_THAT(told({board, "FL | Lake Police Department | TFM | 2025-02-26 | pending"}, {sheriff}),
              UnorderedElementsAre("new FL Gulf County Sheriff's Office TFM 2025-02-26 listed",
                                   "terminated FL Gulf County BOCC TFM 2025-02-26 unlisted",
                                   "terminated FL Lake Police Department TFM 2025-02-26 unlisted"));
}

TEST(Tier6, ASheriffLeavingAsAPoliceDepartmentEntersWithAnotherDateAreTwo) {
  EXPECT_THAT(told({"FL | Lake County Sheriff's Office | TFM | 2025-02-26 | pending"},
                   {"FL | Lake City Police Department | TFM | 2025-05-28 | pending"}),
              ElementsAre("new FL Lake City Police Department TFM 2025-05-28 listed",
                          "terminated FL Lake County Sheriff's Office TFM 2025-02-26 unlisted"));
}

TEST(Tier6, AnAgencyThatChangesItsModelHasSwitched) {
  const auto changes =
      changes_between({"TX | Bee County Sheriff's Office | JEM | 2025-02-26 | bj.pdf"},
                      {"TX | Bee County Sheriff's Office | TFM | 2025-05-28 | bt.pdf"});
  ASSERT_THAT(describe(changes),
              ElementsAre("new TX Bee County Sheriff's Office TFM 2025-05-28 switched",
                          "terminated TX Bee County Sheriff's Office JEM 2025-02-26 switched"));
  EXPECT_EQ(changes[0].related_id, changes[1].agreement_id);
}

}  // namespace
}  // namespace agreementd::testing
