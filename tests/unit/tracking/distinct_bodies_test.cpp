// What stays two though it is alike, what is one though it is not, and what is asked: on cases as
// ICE prints them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lists.h"

namespace agreementd::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

using Rows = std::vector<std::string>;

const std::string bystander = "NV | Nye County Sheriff's Office | JEM | 2020-06-09 | nye.pdf";
const std::string applicant = "NV | Elko Police Department | TFM";

tracking::Folded folded(const std::vector<Rows>& editions) {
  History history;
  int day = 0;
  for (auto rows : editions) {
    rows.push_back(bystander);
    history.then("2025-06-0" + std::to_string(++day), participating(rows));
  }
  return history.finish();
}

Rows told(const std::vector<Rows>& editions) { return describe(folded(editions).changes); }

Rows told_pending(const std::vector<Rows>& editions) {
  History history;
  int day = 0;
  for (auto rows : editions) {
    rows.push_back(applicant);
    history.then("2025-06-0" + std::to_string(++day), pending(rows));
  }
  return describe(history.finish().changes);
}

/// Rows of an edition that has no COUNTY column.
Reading without_counties(const Rows& rows) {
  auto reading = participating(rows);
  reading.columns.erase(Column::county);
  return reading;
}

TEST(Applications, TwoCountiesThatExistAreTwo) {
  EXPECT_THAT(told_pending({{"TX | Hood County Sheriff's Office | TFM"},
                            {"TX | Wood County Sheriff's Office | TFM"}}),
              ElementsAre("new TX Wood County Sheriff's Office TFM listed",
                          "terminated TX Hood County Sheriff's Office TFM unlisted"));
}

TEST(Applications, AMisspellingNeedsACleanHandoverInOneEdition) {
  const std::string typo = "GA | Spaulding County Sheriff's Office | JEM";
  const std::string right = "GA | Spalding County Sheriff's Office | JEM";
  EXPECT_THAT(told_pending({{typo}, {right}}),
              ElementsAre("changed GA Spalding County Sheriff's Office JEM [agency: Spaulding "
                          "County Sheriff's Office -> Spalding County Sheriff's Office]"));
  EXPECT_THAT(told_pending({{typo}, {}, {right}}),
              ElementsAre("terminated GA Spaulding County Sheriff's Office JEM unlisted",
                          "new GA Spalding County Sheriff's Office JEM listed"));
}

TEST(Applications, OneThatReturnsWithItsKindMisspelledIsTheSame) {
  EXPECT_THAT(told_pending({{"MO | Cole County Sheriff's Office | TFM"},
                            {},
                            {"MO | Cole County Sherrif's Office | TFM"}}),
              ElementsAre("terminated MO Cole County Sheriff's Office TFM unlisted",
                          "reinstated MO Cole County Sherrif's Office TFM gone 1 day [agency: Cole "
                          "County Sheriff's Office -> Cole County Sherrif's Office]"));
}

TEST(Applications, AnotherPlaceOfTheSameCountyIsAnotherBody) {
  EXPECT_THAT(told_pending({{"FL | Daytona Beach Police Department | TFM | | | Volusia"},
                            {},
                            {"FL | Daytona Beach Shores Police Department | TFM | | | Volusia"}}),
              ElementsAre("terminated FL Daytona Beach Police Department TFM unlisted",
                          "new FL Daytona Beach Shores Police Department TFM listed"));
}

TEST(Applications, AreNotSignedByABodyOfNearlyTheirNameThatHasItsOwn) {
  const std::string agreement =
      "FL | Hallandale Shoals Police Department | TFM | 2025-06-01 | pending";
  History history;
  history.then("2025-06-01", participating({bystander}))
      .then("2025-06-01", pending({"FL | Hallandale Shoals Police Department | TFM",
                                   "FL | Hallandalle Shoals Police Department | TFM"}))
      .then("2025-06-02", participating({bystander, agreement}))
      .then("2025-06-02", pending({}));
  EXPECT_THAT(
      describe(history.finish().changes),
      UnorderedElementsAre("new FL Hallandale Shoals Police Department TFM 2025-06-01 listed",
                           "terminated FL Hallandale Shoals Police Department TFM signed",
                           "terminated FL Hallandalle Shoals Police Department TFM unlisted"));
}

TEST(ShortWords, NeedTheCountyToBeOneMisspelled) {
  const std::string clark = "FL | Lake Clark Shores Police | TFM | 2025-04-29 | pending";
  const std::string clarke = "FL | Lake Clarke Shores Police | TFM | 2025-04-29 | pending";
  EXPECT_THAT(told({{clark + " | Palm Beach"}, {clarke + " | Palm Beach"}}),
              ElementsAre("changed FL Lake Clarke Shores Police TFM 2025-04-29 [agency: Lake Clark "
                          "Shores Police -> Lake Clarke Shores Police]"));
  EXPECT_THAT(told({{"TX | Hale County Sheriff | TFM | 2025-02-26 | pending | Hale"},
                    {"TX | Hall County Sheriff | TFM | 2025-02-26 | pending | Hall"}}),
              ElementsAre("new TX Hall County Sheriff TFM 2025-02-26 listed",
                          "terminated TX Hale County Sheriff TFM 2025-02-26 unlisted"));
}

TEST(MoreWords, NeverMakeAnotherPlaceTheSameHoweverMuchElseAgrees) {
  EXPECT_THAT(told({{"FL | Miami Police | TFM | 2025-02-26 | pending | Miami-Dade"},
                    {},
                    {"FL | Miami Shores Police | TFM | 2025-02-26 | pending | Miami-Dade"}}),
              ElementsAre("terminated FL Miami Police TFM 2025-02-26 unlisted",
                          "new FL Miami Shores Police TFM 2025-02-26 listed"));
}

const std::string bucks = "PA | Washington Township Police | TFM | 2025-02-01 | pending | Bucks";
const std::string erie = "PA | Washington Township Police | TFM | 2025-02-01 | pending | Erie";
const std::string somewhere = "PA | Washington Township Police | TFM | 2025-02-01 | pending |";

TEST(Namesakes, OutliveAnEditionWithoutTheCountyColumn) {
  History history;
  history.then("2025-06-01", participating({bystander, bucks, erie}))
      .then("2025-06-02", without_counties({bystander, somewhere, somewhere}))
      .then("2025-06-03", participating({bystander, bucks, erie}));
  EXPECT_THAT(history.finish().changes, IsEmpty());
}

TEST(Namesakes, AreToldApartByTheirMoasWhereNoCountyIsPrinted) {
  const Rows named{bystander, "PA | Washington Township Police | TFM | 2025-02-01 | b.pdf | Bucks",
                   "PA | Washington Township Police | TFM | 2025-02-01 | e.pdf | Erie"};
  const std::string only_erie = "PA | Washington Township Police | TFM | 2025-02-01 | e.pdf |";
  History history;
  history.then("2025-06-01", participating(named))
      .then("2025-06-02",
            without_counties({bystander, only_erie,
                              "PA | Washington Township Police | TFM | 2025-02-01 | b.pdf |"}))
      .then("2025-06-03", without_counties({bystander, only_erie}));
  const auto folded = history.finish();
  EXPECT_THAT(describe(folded.changes),
              ElementsAre("terminated PA Washington Township Police TFM 2025-02-01 unlisted"));
  for (const auto& version : folded.versions) {
    if (version.facts.state == "PA" && !version.to) {
      EXPECT_EQ(version.facts.county, "Erie");
    }
  }
}

TEST(Namesakes, AreNotJoinedByARowWithoutCounty) {
  EXPECT_THAT(told({{bucks, erie}, {bucks, erie, somewhere}, {bucks, erie}}), IsEmpty());
}

TEST(Namesakes, OfWhichOneLeavesNobodyKnowsWhichAreAsked) {
  const auto result = folded({{bucks, erie}, {somewhere}});
  EXPECT_THAT(
      describe(result.changes),
      ElementsAre("terminated PA Washington Township Police TFM 2025-02-01 unlisted unconfirmed",
                  "changed PA Washington Township Police TFM 2025-02-01 [county: Bucks -> ] "
                  "unconfirmed"));
  ASSERT_EQ(result.reviews.size(), 1U);
  EXPECT_EQ(result.reviews[0].agreement_ids.size(), 2U);
}

TEST(SlippedCells, MakeNoRenamesThoughTheLinksStayed) {
  // The names of three rows moved up by one.
  EXPECT_THAT(told({{"GA | Bibb County Sheriff | TFM | 2025-03-01 | bibb.pdf",
                     "GA | Cobb County Sheriff | TFM | 2025-03-11 | cobb.pdf",
                     "GA | Dooly County Sheriff | TFM | 2025-03-21 | dooly.pdf"},
                    {"GA | Cobb County Sheriff | TFM | 2025-03-01 | bibb.pdf",
                     "GA | Dooly County Sheriff | TFM | 2025-03-11 | cobb.pdf",
                     "GA | Bibb County Sheriff | TFM | 2025-03-21 | dooly.pdf"}}),
              ::testing::Each(::testing::HasSubstr("unconfirmed")));
}

TEST(SlippedCells, OfManyRowsAreQuarantined) {
  Rows before, after;
  for (int i = 0; i < 26; ++i) {
    const std::string name = "GA | A" + std::string(3, static_cast<char>('a' + i)) + " Sheriff | ";
    const std::string rest =
        " | 20" + std::to_string(24 - i % 3) + "-03-" + std::to_string(10 + i / 2) + " | pending";
    const char* models[] = {"JEM", "WSO"};
    before.push_back(name + models[i % 2] + rest);
    after.push_back(name + models[(i + 1) % 2] + rest);
  }
  const auto result = folded({before, after});
  EXPECT_EQ(result.editions[1].status, EditionStatus::quarantined);
  EXPECT_THAT(result.editions[1].reason, ::testing::HasSubstr("another agency, state or model"));
}

TEST(Handover, OfAnotherCountyOrTypeIsNone) {
  EXPECT_THAT(told({{"TX | Goliad County Sheriff | TFM | 2025-02-26 | pending | Goliad"},
                    {"TX | Seguin Police Department | TFM | 2025-02-26 | s.pdf | Guadalupe"}}),
              ElementsAre("new TX Seguin Police Department TFM 2025-02-26 listed",
                          "terminated TX Goliad County Sheriff TFM 2025-02-26 unlisted"));
}

TEST(Handover, BetweenNamesWithNothingInCommonIsAsked) {
  const auto result = folded({{"TX | Goliad County Sheriff | TFM | 2025-02-26 | pending"},
                              {"TX | Seguin Police Department | TFM | 2025-02-26 | pending"}});
  EXPECT_THAT(
      describe(result.changes),
      ElementsAre("new TX Seguin Police Department TFM 2025-02-26 listed unconfirmed",
                  "terminated TX Goliad County Sheriff TFM 2025-02-26 unlisted unconfirmed"));
  EXPECT_EQ(result.reviews.size(), 1U);
}

TEST(Handover, ToAnotherPlaceThatBeginsAlikeIsAskedThoughItsCountyIsTheSame) {
  EXPECT_THAT(
      told({{"FL | Jupiter Police | TFM | 2025-02-26 | pending | Palm Beach"},
            {"FL | Jupiter Inlet Colony Police | TFM | 2025-02-26 | pending | Palm Beach"}}),
      ElementsAre("new FL Jupiter Inlet Colony Police TFM 2025-02-26 listed unconfirmed",
                  "terminated FL Jupiter Police TFM 2025-02-26 unlisted unconfirmed"));
}

TEST(Handover, ToAnotherKindOfBodyOfTheSamePlaceIsACorrection) {
  EXPECT_THAT(told({{"PA | Quarryville Police | TFM | 2025-07-07 | pending"},
                    {"PA | Quarryville Borough Police | TFM | 2025-07-07 | pending"}}),
              ElementsAre("changed PA Quarryville Borough Police TFM 2025-07-07 [agency: "
                          "Quarryville Police -> Quarryville Borough Police]"));
}

TEST(MoreWords, BehindTheKindAreTheSameBodyWithTheSameDate) {
  EXPECT_THAT(told({{"TN | Department of Coastal Safety / THP | TFM | 2025-05-13 | pending"},
                    {"TN | Department of Coastal Safety | TFM | 2025-05-13 | pending"}}),
              ElementsAre("changed TN Department of Coastal Safety TFM 2025-05-13 [agency: "
                          "Department of Coastal Safety / THP -> Department of Coastal Safety]"));
}

TEST(Handover, FromACountyThatDoesNotExistIsACorrection) {
  EXPECT_THAT(told({{"MN | Freedom County Sheriff | WSO | 2025-03-27 | pending | Freedom"},
                    {"MN | Freeborn County Sheriff | WSO | 2025-03-27 | pending | Freeborn"}}),
              ElementsAre("changed MN Freeborn County Sheriff WSO 2025-03-27 [agency: Freedom "
                          "County Sheriff -> Freeborn County Sheriff] [county: Freedom -> "
                          "Freeborn]"));
}

const std::string lee = "FL | Lee County Sheriff | JEM | ";

TEST(Dates, AnotherDocumentIsAnotherAgreementHoweverNear) {
  EXPECT_THAT(told({{lee + "2025-02-20 | a.pdf"}, {lee + "2025-02-26 | b.pdf"}}),
              ElementsAre("new FL Lee County Sheriff JEM 2025-02-26 listed unconfirmed",
                          "terminated FL Lee County Sheriff JEM 2025-02-20 unlisted unconfirmed"));
  EXPECT_THAT(told({{lee + "2020-02-26 | a.pdf"}, {lee + " | b.pdf"}}),
              ElementsAre("new FL Lee County Sheriff JEM listed unconfirmed",
                          "terminated FL Lee County Sheriff JEM 2020-02-26 unlisted unconfirmed"));
}

TEST(Dates, YearsLaterWithTheDocumentGoneIsNoCorrection) {
  EXPECT_THAT(told({{lee + "2020-02-26 | a.pdf"}, {lee + "2025-02-26 | pending"}}),
              ElementsAre("new FL Lee County Sheriff JEM 2025-02-26 listed unconfirmed",
                          "terminated FL Lee County Sheriff JEM 2020-02-26 unlisted unconfirmed"));
  EXPECT_THAT(told({{lee + "2024-02-26 | pending"}, {lee + "2025-02-26 | pending"}}),
              ElementsAre("changed FL Lee County Sheriff JEM 2025-02-26 [signed: 2024-02-26 -> "
                          "2025-02-26]"));
}

TEST(Dates, OfAnotherCountyAreNoRenewal) {
  EXPECT_THAT(told({{"PA | Lone Police | TFM | 2025-02-01 | pending | Bucks"},
                    {"PA | Lone Police | TFM | 2025-02-02 | lone.pdf | Montgomery"}}),
              ElementsAre("new PA Lone Police TFM 2025-02-02 listed unconfirmed",
                          "terminated PA Lone Police TFM 2025-02-01 unlisted unconfirmed"));
}

TEST(Dates, AndNameCorrectedAtOnceAreOneChangeWhereOneLeavesAsOneEnters) {
  const std::string macro = "FL | Macro Island Police | TFM | 2025-02-01 | pending | Collier";
  const std::string marco = "FL | Marco Island Police | TFM | 2025-02-02 | marco.pdf | Collier";
  EXPECT_THAT(told({{macro}, {marco}}),
              ElementsAre("changed FL Marco Island Police TFM 2025-02-02 [agency: Macro Island "
                          "Police -> Marco Island Police] [signed: 2025-02-01 -> 2025-02-02] [moa: "
                          "pending -> https://www.ice.gov/doclib/287gMOA/marco.pdf]"));
  EXPECT_THAT(told({{"FL | Macro Island Police | TFM | 2025-02-01 | pending"},
                    {"FL | Marco Island Police | TFM | 2025-02-02 | pending"}}),
              ElementsAre("new FL Marco Island Police TFM 2025-02-02 listed unconfirmed",
                          "terminated FL Macro Island Police TFM 2025-02-01 unlisted unconfirmed"));
}

TEST(Renewal, PrintedBesideTheOldAgreementSupersedesItWhenThatLeaves) {
  const auto changes = folded({{lee + "2020-02-26 | a.pdf"},
                               {lee + "2020-02-26 | a.pdf", lee + "2025-02-26 | b.pdf"},
                               {lee + "2025-02-26 | b.pdf"}})
                           .changes;
  ASSERT_THAT(describe(changes),
              ElementsAre("new FL Lee County Sheriff JEM 2025-02-26 renewal",
                          "terminated FL Lee County Sheriff JEM 2020-02-26 superseded"));
  EXPECT_EQ(changes[1].related_id, changes[0].agreement_id);
}

TEST(PrintedTwice, UnderTwoDatesDaysApartWithOneMoaIsOne) {
  EXPECT_THAT(told({{lee + "2025-02-02 | a.pdf"},
                    {lee + "2025-02-02 | a.pdf", lee + "2025-02-04 | a.pdf"},
                    {lee + "2025-02-04 | a.pdf"}}),
              IsEmpty());
}

TEST(Footers, AreListingsAndNoAgreements) {
  const auto result = folded({{"Last updated 3/1/2025 | | |"}, {"Last updated 3/2/2025 | | |"}});
  EXPECT_THAT(result.changes, IsEmpty());
  EXPECT_EQ(result.editions[1].listing_count, 2);
  EXPECT_EQ(result.editions[1].agreement_count, 1);
}

TEST(PendingList, ThatLinksMoasIsAParticipatingListWithoutItsDates) {
  History history;
  history.then("2025-06-01", pending({applicant}))
      .then("2025-06-02", pending({applicant, "TX | Bee County Sheriff | TFM | | bee.pdf",
                                   "TX | Cass County Sheriff | TFM | | cass.pdf"}));
  const auto result = history.finish();
  EXPECT_EQ(result.editions[1].status, EditionStatus::quarantined);
  EXPECT_THAT(result.changes, IsEmpty());
}

TEST(PendingList, ThatLinksAStrayMoaIsOne) {
  History history;
  history.then("2025-06-01", pending({applicant}))
      .then("2025-06-02", pending({applicant, "TX | Bee County Sheriff | TFM | | bee.pdf"}));
  EXPECT_EQ(history.finish().editions[1].status, EditionStatus::accepted);
}

}  // namespace
}  // namespace agreementd::testing
