// What typing noise makes of lists, found by printing invented histories with it (tests/generator):
// each a history in which nothing happened but what the test says.
#include <gmock/gmock.h>

#include "lists.h"

namespace agreementd::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const std::string nye = "NV | Nye County Sheriff's Office | JEM | 2020-06-09 | nye.pdf";

std::vector<std::string> told(const std::vector<Reading>& lists) {
  History history;
  int day = 0;
  for (const auto& list : lists) history.then("2025-06-0" + std::to_string(++day), list);
  return describe(history.finish().changes);
}

/// Forty agreements with their links, twelve with an addendum; `links`: whether they are printed.
Reading forty(bool links, const std::vector<std::string>& more = {}) {
  std::vector<std::string> rows = more;
  for (int i = 0; i < 40; ++i)
    rows.push_back("TX | Unit " + std::to_string(i) + " Police | JEM | 2025-03-01 | " +
                   (links ? std::to_string(i) + ".pdf" : ""));
  auto reading = participating(rows);
  for (std::size_t i = 0; links && i < 12; ++i)
    reading.listings[more.size() + i].addendum_url = "https://www.ice.gov/a" + std::to_string(i);
  return reading;
}

TEST(MassLoss, AddendaGoWithTheLinksAndThatIsOneNotice) {
  History history;
  history.then("2025-06-01", forty(true)).then("2025-06-02", forty(false));
  history.then("2025-06-03", forty(true));
  const auto folded = history.finish();
  EXPECT_THAT(describe(folded.changes), IsEmpty());
  EXPECT_THAT(folded.oddities, SizeIs(1));
}

TEST(MassLoss, WhoReturnsWhileTheLinksAreGoneHasLostNothing) {
  const std::string linked = "TX | Bee County Sheriff | JEM | 2025-03-01 | bee.pdf";
  const std::string bare = "TX | Bee County Sheriff | JEM | 2025-03-01";
  EXPECT_THAT(told({forty(true, {linked}), forty(true), forty(false), forty(false, {bare}),
                    forty(true, {linked})}),
              ElementsAre("terminated TX Bee County Sheriff JEM 2025-03-01 unlisted",
                          "reinstated TX Bee County Sheriff JEM 2025-03-01 gone 2 days"));
}

TEST(MassLoss, OfSigningDatesIsOneNotice) {
  auto blank = forty(true);
  for (auto& listing : blank.listings) {
    listing.signed_on.reset();
    listing.signed_text.clear();
  }
  blank.content = sha256("blank");
  History history;
  history.then("2025-06-01", forty(true)).then("2025-06-02", blank);
  history.then("2025-06-03", forty(true));
  const auto folded = history.finish();
  EXPECT_THAT(describe(folded.changes), IsEmpty());
  EXPECT_THAT(folded.oddities, SizeIs(1));
}

TEST(Doubled, TwoSpellingsOfOneMoaStayOneWhileTheLinksAreGone) {
  const std::string one = "TX | Riley County Sheriff | JEM | 2025-03-01";
  const std::string other = "TX | Riley County Sheeriff | JEM | 2025-03-01";
  EXPECT_THAT(
      told({forty(true, {one + " | r.pdf", other + " | r.pdf"}), forty(false, {one, other}),
            forty(true, {one + " | r.pdf", other + " | r.pdf"}), forty(true, {one + " | r.pdf"})}),
      IsEmpty());
}

TEST(Names, OfAMunicipalityAreOneWithItsKindInFrontAndWithout) {
  EXPECT_THAT(
      told({pending({"FL | Bee County Sheriff | TFM", "FL | Town of Roseburg Police | TFM"}),
            pending({"FL | Bee County Sheriff | TFM", "FL | Roseburg Police | TFM"})}),
      ElementsAre("changed FL Roseburg Police TFM [agency: Town of Roseburg Police -> "
                  "Roseburg Police]"));
  // A township lies around the borough of its name: on the pending list nothing tells them apart.
  EXPECT_THAT(
      told({pending({"PA | Bee County Sheriff | TFM", "PA | Township of Roseburg Police | TFM"}),
            pending({"PA | Bee County Sheriff | TFM", "PA | Roseburg Police | TFM"})}),
      SizeIs(2));
}

TEST(Names, OfAMunicipalityMayHaveASlipInItsKind) {
  EXPECT_THAT(told({participating({nye, "TX | City of St. Fairridge Police | TFM | 2025-03-01"}),
                    participating({nye, "TX | Ciity of St. Fairridge Police | TFM | 2025-03-01"}),
                    participating({nye, "TX | City of St. Fairridge Police | TFM | 2025-03-01"})}),
              ElementsAre(::testing::StartsWith("changed "), ::testing::StartsWith("changed ")));
}

TEST(Namesakes, OneLeavesAsTheOthersNameIsCorrectedToTheSame) {
  EXPECT_THAT(
      told({pending({"PA | Washington Township Police | TFM | | | Berks",
                     "PA | Washington Toownship Police | TFM | | | Erie"}),
            pending({"PA | Washington Township Police | TFM | | | Erie"})}),
      ElementsAre("terminated PA Washington Township Police TFM unlisted",
                  ::testing::StartsWith("changed PA Washington Township Police TFM [agency")));
}

const auto two_asked =
    ElementsAre(::testing::EndsWith(" unconfirmed"), ::testing::EndsWith(" unconfirmed"));

TEST(Namesakes, InAnotherCountyAreACorrectionOnlyWhereTheDateIsTheSame) {
  const std::string name = "PA | Washington Township Police | TFM | ";
  const std::string dated = name + "2025-03-01 | ";
  EXPECT_THAT(told({participating({nye, dated + "pending | Berks"}),
                    participating({nye, dated + "pending | Erie"})}),
              ElementsAre(::testing::StartsWith("changed ")));
  // Another document, no date, or an edition between: asked.
  EXPECT_THAT(told({participating({nye, dated + "berks.pdf | Berks"}),
                    participating({nye, dated + "erie.pdf | Erie"})}),
              two_asked);
  EXPECT_THAT(told({pending({name + "| | Berks"}), pending({name + "| | Erie"})}), two_asked);
  EXPECT_THAT(told({participating({nye, dated + "pending | Berks"}), participating({nye}),
                    participating({nye, dated + "pending | Erie"})}),
              ElementsAre(::testing::EndsWith(" unlisted"), ::testing::EndsWith(" unconfirmed")));
}

TEST(Handover, OfBodiesOfTwoKindsIsAQuestion) {
  const std::vector<std::pair<std::string, std::string>> pairs{
      {"City of Roanoke Sheriff", "Roanoke County Sheriff"},
      {"Fairfax City Sheriff", "Fairfax County Sheriff"},
      {"Roseburg County Sheriff", "Roseburg Police Department"},
      {"Roseburg County Sheriff", "Roseburg County Constable"},
      {"Marlow Borough Police", "Marlow Township Police"},
      {"Town of Marlow Police", "Village of Marlow Police"}};
  for (const auto& [leaves, enters] : pairs) {
    const std::string before = "VA | " + leaves + " | TFM | 2025-03-01 | ";
    const std::string after = "VA | " + enters + " | TFM | 2025-03-01 | ";
    EXPECT_THAT(told({participating({nye, before}), participating({nye, after})}), two_asked)
        << leaves;
    // The document of the one pasted on the other's row is no evidence.
    EXPECT_THAT(
        told({participating({nye, before + "a.pdf"}), participating({nye, after + "a.pdf"})}),
        two_asked)
        << leaves;
  }
}

TEST(Handover, IsAQuestionWhereALinkedDocumentIsGone) {
  EXPECT_THAT(
      told({participating({nye, "GA | Washington County Sheriff | WSO | 2025-02-20 | w.pdf"}),
            participating({nye, "FL | Washington County Sheriff | WSO | 2025-02-20"})}),
      two_asked);
  EXPECT_THAT(told({participating({nye, "FL | Bee County Jail | WSO | 2025-02-20 | b.pdf"}),
                    participating({nye, "FL | Bee County Sheriff | WSO | 2025-02-20"})}),
              two_asked);
}

TEST(Doubled, TheSecondSpellingStaysAsTheFirstLeavesIsAQuestion) {
  const std::string wrong = "FL | Macro Island Police | TFM | 2025-03-01 | pending | Collier";
  const std::string right = "FL | Marco Island Police | TFM | 2025-03-01 | pending | Collier";
  EXPECT_THAT(told({participating({nye, wrong}), participating({nye, wrong, right}),
                    participating({nye, right})}),
              ElementsAre("new FL Marco Island Police TFM 2025-03-01 listed",
                          "terminated FL Macro Island Police TFM 2025-03-01 unlisted unconfirmed"));
}

TEST(Doubled, ARowWithoutItsDateIsOneWithItsTwin) {
  const std::string row = "FL | Polk Police | TFM | ";
  EXPECT_THAT(told({participating({nye, row + "2025-03-01 | p.pdf"}),
                    participating({nye, row + "2025-03-01 | p.pdf", row + "| p.pdf"}),
                    participating({nye, row + "2025-03-01 | p.pdf"})}),
              IsEmpty());
}

TEST(Doubled, OnePdfOfTwoShortNamesIsNoEvidence) {
  EXPECT_THAT(told({participating({nye}),
                    participating({nye, "PA | Green Township Police | TFM | 2025-03-01 | g.pdf",
                                   "PA | Greene Township Police | TFM | 2025-03-01 | g.pdf"})}),
              SizeIs(2));
}

TEST(Numbers, MayBeGluedToAWordOrBeLetters) {
  const auto row = [](const std::string& name) { return "TX | " + name + " | TFM | 2025-03-01"; };
  EXPECT_THAT(
      told({participating({nye, row("Bee Constable Pct1"), row("Bee Constable Pct2")}),
            participating({nye, row("Bee Constable Pct. 1"), row("Bee Constable Pct. 2")})}),
      ::testing::Each(::testing::StartsWith("changed ")));
  EXPECT_THAT(told({participating({nye, row("Bee Constable Ward No. 3")}),
                    participating({nye, row("Bee Constable Ward Three")})}),
              ElementsAre(::testing::StartsWith("changed ")));
  for (const auto& [one, other] :
       {std::pair("Pct1", "Pct2"), std::pair("Precinct A", "Precinct B")})
    EXPECT_THAT(told({participating({nye, row(std::string("Bee Constable ") + one)}),
                      participating({nye, row(std::string("Bee Constable ") + other)})}),
                SizeIs(2));
}

TEST(Ended, WhatComesBackOtherwiseIsARenewalOrAQuestion) {
  const std::string old = "TN | Knox County Sheriff | JEM | 2017-06-15 | old.pdf";
  EXPECT_THAT(told({participating({nye, old}), participating({nye}),
                    participating({nye, "TN | Knox County Sheriff | JEM | 2025-06-05 | new.pdf"})}),
              ElementsAre("terminated TN Knox County Sheriff JEM 2017-06-15 unlisted",
                          "new TN Knox County Sheriff JEM 2025-06-05 renewal"));
  EXPECT_THAT(told({participating({nye, "FL | Macro Island Police | TFM | 2025-03-01"}),
                    participating({nye}),
                    participating({nye, "FL | Marco Island Police | TFM | 2025-03-02"})}),
              ElementsAre("terminated FL Macro Island Police TFM 2025-03-01 unlisted",
                          "new FL Marco Island Police TFM 2025-03-02 listed unconfirmed"));
}

TEST(Renewal, IsYearsLaterAndOfThatVeryBody) {
  const std::string old = "TX | Denton Police | TFM | 2020-05-01 | d.pdf";
  const std::string namesake = "TX | Benton Police | TFM | 2025-05-20 | b.pdf";
  EXPECT_THAT(told({participating({nye, old, namesake}), participating({nye, namesake})}),
              ElementsAre("terminated TX Denton Police TFM 2020-05-01 unlisted"));
  // Another document months later is another agreement.
  EXPECT_THAT(told({participating({nye, "TX | Denton Police | TFM | 2025-03-01 | a.pdf"}),
                    participating({nye, "TX | Denton Police | TFM | 2025-05-20 | d.pdf"})}),
              ElementsAre(::testing::EndsWith(" renewal"), ::testing::EndsWith(" superseded")));
  // Where none was linked it is neither a renewal nor a correction for sure.
  EXPECT_THAT(told({participating({nye, "TX | Denton Police | TFM | 2025-03-01"}),
                    participating({nye, "TX | Denton Police | TFM | 2025-05-20 | d.pdf"})}),
              two_asked);
}

TEST(Renewal, BesideTheOldOneNamesItAtOnce) {
  const std::string old = "TX | Denton Police | TFM | 2020-05-01 | a.pdf";
  const std::string renewed = "TX | Denton Police | TFM | 2025-05-20 | d.pdf";
  History history;
  const auto folded = history.then("2025-06-01", participating({nye, old}))
                          .then("2025-06-02", participating({nye, old, renewed}))
                          .then("2025-06-03", participating({nye, renewed}))
                          .finish();
  ASSERT_THAT(describe(folded.changes),
              ElementsAre(::testing::EndsWith(" renewal"), ::testing::EndsWith(" superseded")));
  EXPECT_EQ(folded.changes[0].related_id, folded.changes[1].agreement_id);
  EXPECT_EQ(folded.changes[1].related_id, folded.changes[0].agreement_id);
  EXPECT_EQ(folded.changes[1].evidence,
            "TFM, signed 2020-05-01, and TFM, signed 2025-05-20, each an agreement of its own");
}

TEST(Pdf, OfOneBodyOnAnothersLiveRowMakesThemNotOne) {
  const std::string lee = "FL | Lee County Sheriff | TFM | 2025-03-01 | lee.pdf | Lee";
  const std::string fort = "FL | Fort Myers Police | TFM | 2025-03-01 | ";
  EXPECT_THAT(told({participating({nye, lee, fort + "fm.pdf | Lee"}),
                    participating({nye, lee, fort + "lee.pdf | Lee"}),
                    participating({nye, fort + "lee.pdf | Lee"})}),
              ElementsAre(::testing::StartsWith("changed FL Fort Myers Police"),
                          "terminated FL Lee County Sheriff TFM 2025-03-01 unlisted"));
}

TEST(Renewal, OfAllAtOnceIsForAPersonToLookAt) {
  std::vector<std::string> before, after;
  for (int i = 0; i < 60; ++i) {
    const std::string body = "TX | Unit " + std::to_string(i) + " Police | JEM | ";
    before.push_back(body + "2020-03-01 | old" + std::to_string(i) + ".pdf");
    after.push_back(body + "2025-03-01 | new" + std::to_string(i) + ".pdf");
  }
  History history;
  const auto folded = history.then("2025-06-01", participating(before))
                          .then("2025-06-02", participating(after))
                          .finish();
  EXPECT_EQ(folded.editions[1].status, EditionStatus::quarantined);
  EXPECT_EQ(folded.editions[1].reason, "60 of 60 agreements would end, 60 explained");
}

TEST(Names, OfPlaceWordsAloneMayHaveAMisspelledFiller) {
  EXPECT_THAT(
      told({participating({nye, "FL | Rock Springs Police Depaartment | TFM | 2025-03-01"}),
            participating({nye, "FL | Rock Springs Police Department | TFM | 2025-03-01"})}),
      SizeIs(1));
}

TEST(Names, ThatDifferByAKnownWordAreTwo) {
  EXPECT_THAT(
      told(
          {participating({nye, "KY | Northern State University Police | TFM | 2025-03-01 | n.pdf"}),
           participating(
               {nye, "KY | Southern State University Police | TFM | 2025-03-01 | s.pdf"})}),
      SizeIs(2));
}

TEST(Names, OfFourWordsMayHaveASlipInAShortOne) {
  EXPECT_THAT(
      told({participating({nye, "TX | Wst Winter Airport Authority Police | TFM | 2025-03-01"}),
            participating({nye, "TX | West Winter Airport Authority Police | TFM | 2025-03-01"})}),
      SizeIs(1));
}

TEST(Handover, OnADayWhenManySignTheOnlyOneOfItsCountyIsClean) {
  EXPECT_THAT(told({participating(
                        {nye, "TX | Bee County Detention Center | WSO | 2025-03-01 | pending | Bee",
                         "TX | Duval County Police | WSO | 2025-03-01 | pending | Duval"}),
                    participating(
                        {nye, "TX | Bee County Sheriff's Office | WSO | 2025-03-01 | pending | Bee",
                         "TX | Cass County Police | WSO | 2025-03-01 | pending | Cass"})}),
              ::testing::Contains(::testing::StartsWith("changed TX Bee County Sheriff's Office")));
}

TEST(Handover, AStateAndADatePutRightAtOnceIsOneCorrection) {
  EXPECT_THAT(
      told({participating(
                {nye, "VA | Livingston Airport Police | TFM | 2025-03-02 | pending | Livingston"}),
            participating(
                {nye, "LA | Livingston Airport Police | TFM | 2025-03-01 | l.pdf | Livingston"})}),
      ElementsAre(::testing::StartsWith("changed LA Livingston Airport Police TFM 2025-03-01")));
}

TEST(Handover, AStateIsWrongWhereOnlyTheNewOneHasTheCounty) {
  const std::string wrong = "VA | Livingston Airport Police | TFM | ";
  const std::string right = "LA | Livingston Airport Police | TFM | ";
  const auto corrected = ElementsAre(::testing::StartsWith("changed LA Livingston Airport"));
  // Weeks apart, with a date that cannot be read, and without any on the pending list.
  EXPECT_THAT(told({participating({nye, wrong + "2025-03-24 | pending | Livingston"}),
                    participating({nye, right + "2025-03-01 | l.pdf | Livingston"})}),
              corrected);
  EXPECT_THAT(told({participating({nye, wrong + "05 082025 | pending | Livingston"}),
                    participating({nye, right + "05 082025 | l.pdf | Livingston"})}),
              corrected);
  EXPECT_THAT(told({pending({"FL | Bee County Sheriff | TFM",
                             "VA | Livingston Airport Police | TFM | | | Livingston"}),
                    pending({"FL | Bee County Sheriff | TFM",
                             "LA | Livingston Airport Police | TFM | | | Livingston"})}),
              corrected);
}

TEST(Handover, OneNameInTwoStatesIsAQuestionWhereNothingElseTells) {
  const auto asked = [](const Reading& before, const Reading& after) {
    History history;
    const auto folded = history.then("2025-06-01", before).then("2025-06-02", after).finish();
    return std::pair(folded.reviews.size(),
                     std::count_if(folded.changes.begin(), folded.changes.end(),
                                   [](const Change& change) { return change.unconfirmed; }));
  };
  const std::string oregon = "OR | Washington County Sheriff | TFM | ";
  const std::string utah = "UT | Washington County Sheriff | TFM | ";
  EXPECT_EQ(asked(participating({nye, oregon + "2025-03-24"}),
                  participating({nye, utah + "2025-03-01 | w.pdf"})),
            std::pair(std::size_t{1}, std::ptrdiff_t{2}));
  EXPECT_EQ(asked(participating({nye, oregon + "2025-03-24 | pending | Washington"}),
                  participating({nye, utah + "2025-01-01 | pending | Washington"})),
            std::pair(std::size_t{0}, std::ptrdiff_t{0}));
  EXPECT_EQ(asked(participating({nye, oregon + "2025-03-24 | o.pdf"}),
                  participating({nye, utah + "2025-03-23 | u.pdf"})),
            std::pair(std::size_t{0}, std::ptrdiff_t{0}));
}

TEST(Reinstated, AsAnotherOfNearlyItsNameLeavesIsAQuestion) {
  const std::string right = "FL | Rock Springs Police | TFM | 2025-03-01";
  const std::string wrong = "FL | Roc Sprngs Police | TFM | 2025-03-01";
  History history;
  const auto folded = history.then("2025-06-01", participating({nye, right}))
                          .then("2025-06-02", participating({nye, wrong}))
                          .then("2025-06-03", participating({nye, right}))
                          .finish();
  EXPECT_THAT(folded.changes, SizeIs(4));
  EXPECT_THAT(folded.changes, ::testing::Each(::testing::Field(&Change::unconfirmed, true)));
}

TEST(Names, OfAHighwayPatrolAreOneWithStateAndWithout) {
  EXPECT_THAT(told({participating({nye, "OH | Ohio Highway Patrol | TFM | 2025-03-01"}),
                    participating({nye, "OH | Ohio State Highway Patrol | TFM | 2025-03-01"})}),
              SizeIs(1));
  EXPECT_NE(tracking::normalise_name("Ohio State University").key,
            tracking::normalise_name("Ohio University").key);
}

TEST(Names, OfWhichAKindHasSwappedLetters) {
  EXPECT_THAT(told({participating({nye, "AL | Heron City Police | TFM | 2025-03-01"}),
                    participating({nye, "AL | Heron Ctiy Police | TFM | 2025-03-01"})}),
              SizeIs(1));
}

TEST(Renewal, MayBeMisspelledOrStandWithoutItsLinkWhenTheOldOneLeaves) {
  const std::string old = "TX | Cedar Police Department | JEM | 2020-03-01 | old.pdf";
  EXPECT_THAT(
      told({participating({nye, old}),
            participating({nye, "TX | Cedar Police Deartment | JEM | 2025-03-01 | new.pdf"})}),
      ElementsAre("new TX Cedar Police Deartment JEM 2025-03-01 renewal",
                  "terminated TX Cedar Police Department JEM 2020-03-01 superseded"));
  const std::string renewed = "TX | Cedar Police Department | JEM | 2025-03-01";
  EXPECT_THAT(told({forty(true, {old, renewed + " | new.pdf"}), forty(false, {renewed})}),
              ElementsAre("terminated TX Cedar Police Department JEM 2020-03-01 superseded"));
}

TEST(Signing, IsNotByAnAgreementThatWasThereLongBefore) {
  History history;
  history
      .then("2025-06-01", participating({nye, "FL | Deerport Police | TFM | 2023-07-21 | d.pdf"}))
      .then("2025-06-02", pending({"FL | Deerport Police | TFM", "FL | Bee County Sheriff | TFM"}))
      .then("2025-06-03", pending({"FL | Bee County Sheriff | TFM"}));
  EXPECT_THAT(describe(history.finish().changes),
              ElementsAre("terminated FL Deerport Police TFM unlisted"));
}

TEST(Signing, MayBeUnderANameWithMoreBehindIt) {
  const std::string board = "Lake County Board of County Commissioners";
  History history;
  history.then("2025-06-01", participating({nye}))
      .then("2025-06-02",
            pending({"FL | " + board + " | TFM | | | Lake", "FL | Bee County Sheriff | TFM"}))
      .then("2025-06-03", participating({nye, "FL | " + board +
                                                  " / Department of Corrections | "
                                                  "TFM | 2025-06-02 | pending | Lake"}))
      .then("2025-06-04", pending({"FL | Bee County Sheriff | TFM"}));
  const auto folded = history.finish();
  EXPECT_THAT(describe(folded.changes),
              ::testing::Contains("terminated FL " + board + " TFM signed"));
  EXPECT_THAT(folded.changes.back().evidence, ::testing::StartsWith("applied for as Lake County"));
}

TEST(Pending, AnApplicationThatLeavesIsNeverCalledSwitched) {
  EXPECT_THAT(told({pending({"FL | Bee County Sheriff | WSO", "FL | Clay County Sheriff | TFM"}),
                    pending({"FL | Bee County Sheriff | TFM", "FL | Clay County Sheriff | TFM"})}),
              ElementsAre("new FL Bee County Sheriff TFM listed",
                          "terminated FL Bee County Sheriff WSO unlisted"));
}

TEST(Names, OfACityAndItsCountyAreTwoBodies) {
  EXPECT_THAT(
      told({participating(
                {nye, "FL | City of Roseburg Police | TFM | 2025-03-01 | pending | Roseburg"}),
            participating(
                {nye, "FL | Roseburg County Sheriff | TFM | 2025-03-09 | pending | Roseburg"})}),
      ElementsAre("new FL Roseburg County Sheriff TFM 2025-03-09 listed",
                  "terminated FL City of Roseburg Police TFM 2025-03-01 unlisted"));
}

TEST(Exit, OfFiveAgreementsOfOneStateIsBelieved) {
  std::vector<std::string> before, after{nye};
  for (int i = 0; i < 60; ++i)
    after.push_back("TX | Unit " + std::to_string(i) + " Police | JEM | 2025-03-01 | " +
                    std::to_string(i) + ".pdf");
  before = after;
  for (const auto* county : {"Bernalillo", "Catron", "Eddy", "Harding", "Lea"})
    before.push_back(std::string("NM | ") + county + " County Sheriff | JEM | 2025-02-01 | " +
                     county + ".pdf");
  const auto changes = told({participating(before), participating(after)});
  EXPECT_THAT(changes, SizeIs(5));
  EXPECT_THAT(changes, ::testing::Each(::testing::AllOf(::testing::StartsWith("terminated NM "),
                                                        ::testing::EndsWith(" unlisted"))));
}

}  // namespace
}  // namespace agreementd::testing
