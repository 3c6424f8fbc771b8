// What a person decided comes before every rule.
#include <gmock/gmock.h>

#include "lists.h"
#include "memory.h"

namespace agreementd::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// Keeps the edition from being empty, and never changes.
const std::string nye = "NV | Nye County Sheriff's Office | JEM | 2020-06-09 | nye.pdf";

tracking::Rules decided(DecisionKind kind, const std::string& one, const std::string& other) {
  return {{}, {}, {decision(kind, one, other)}};
}

tracking::Folded fold(const tracking::Rules& rules, const std::vector<std::string>& before,
                      const std::vector<std::string>& after) {
  History history(rules);
  history.then("2025-06-01", participating(before)).then("2025-06-02", participating(after));
  return history.finish();
}

struct Corrected {
  const char* tier;
  std::string before, after;
};
// One pair per tier that the rules take for one agreement.
const std::vector<Corrected> corrections{
    {"3", "TX | Bee County Sheriff | JEM | 2025-03-01 | bee.pdf",
     "TX | Beeville Jail | JEM | 2025-03-01 | bee.pdf"},
    {"4", "TX | Guadalupe County Sheriff | JEM | 2025-03-01 | pending",
     "TX | Guadeloupe County Sheriff | JEM | 2025-03-01 | pending"},
    {"5", "TX | Bee County Sheriff | JEM | 2025-03-01 | pending",
     "TX | Bee County Sheriff | JEM | 2025-03-02 | pending"},
    {"6, state", "TX | Bee County Sheriff | JEM | 2025-03-01 | pending",
     "OK | Bee County Sheriff | JEM | 2025-03-01 | pending"},
    {"6, model", "TX | Bee County Sheriff | JEM | 2025-03-01 | pending",
     "TX | Bee County Sheriff | WSO | 2025-03-01 | pending"},
};

TEST(Decisions, DistinctFromBarsAPairInEveryTier) {
  for (const auto& [tier, before, after] : corrections) {
    const auto believed = fold({}, {nye, before}, {nye, after});
    ASSERT_THAT(believed.changes, SizeIs(1)) << tier;
    EXPECT_EQ(believed.changes[0].kind, ChangeKind::changed) << tier;

    const auto barred =
        fold(decided(DecisionKind::distinct_from, after, before), {nye, before}, {nye, after});
    ASSERT_THAT(barred.changes, SizeIs(2)) << tier;
    EXPECT_EQ(barred.changes[0].kind, ChangeKind::added) << tier;
    EXPECT_EQ(barred.changes[1].kind, ChangeKind::terminated) << tier;
    EXPECT_THAT(barred.reviews, IsEmpty()) << tier;
    for (const auto& change : barred.changes) {
      EXPECT_FALSE(change.unconfirmed) << tier;
      EXPECT_EQ(change.evidence, "Jane decided: the county said so") << tier;
    }
  }
}

TEST(Decisions, DistinctFromBarsAKeyThatItWasListedUnderBeforeByWayOfAnother) {
  const std::string first = "TX | Guadalupe County Sheriff | JEM | 2025-03-01 | pending";
  const std::string second = "TX | Guadeloupe County Sheriff | JEM | 2025-03-01 | pending";
  const std::string third = "TX | Guadaloupe County Sheriff | JEM | 2025-03-01 | pending";
  History history(decided(DecisionKind::distinct_from, first, third));
  history.then("2025-06-01", participating({nye, first}))
      .then("2025-06-02", participating({nye, second}))
      .then("2025-06-03", participating({nye, third}));
  EXPECT_THAT(describe(history.finish().changes),
              ElementsAre("changed TX Guadeloupe County Sheriff JEM 2025-03-01 [agency: Guadalupe "
                          "County Sheriff -> Guadeloupe County Sheriff]",
                          "new TX Guadaloupe County Sheriff JEM 2025-03-01 listed",
                          "terminated TX Guadeloupe County Sheriff JEM 2025-03-01 unlisted"));
}

TEST(Decisions, DistinctFromPartsRowsThatWouldBeOneAgreementPrintedTwice) {
  const std::string one = "TX | Bee County Sheriff | JEM | 2025-03-01 | pending";
  const std::string other = "TX | Bee County Sheriff | JEM | 2025-03-02 | pending";
  EXPECT_THAT(fold({}, {nye}, {nye, one, other}).changes, SizeIs(1));
  EXPECT_THAT(
      fold(decided(DecisionKind::distinct_from, one, other), {nye}, {nye, one, other}).changes,
      SizeIs(2));
}

TEST(Decisions, SameAsJoinsWhatNoRuleWould) {
  const std::string before = "TX | Bee County Sheriff | JEM | 2025-03-01 | bee.pdf";
  const std::string after = "OK | Tri-County Task Force | TFM | 2019-01-31 | other.pdf";
  const auto rules = decided(DecisionKind::same_as, after, before);
  const auto folded = fold(rules, {nye, before}, {nye, after});
  ASSERT_THAT(folded.changes, SizeIs(1));
  EXPECT_EQ(folded.changes[0].kind, ChangeKind::changed);
  EXPECT_EQ(folded.changes[0].evidence, "Jane decided: the county said so");
  EXPECT_FALSE(folded.changes[0].clerical);
  EXPECT_EQ(folded.versions.back().match.tier, tracking::decided_tier);
  EXPECT_THAT(fold(rules, {nye}, {nye, before, after}).changes, SizeIs(1))
      << "side by side they are one agreement printed twice";
}

TEST(Decisions, SameAsJoinsAnAgreementThatEndedHoweverLongAgo) {
  const std::string before = "TX | Bee County Sheriff | JEM | 2019-03-01 | pending";
  const std::string after = "TX | Beeville Jail | JEM | 2025-03-01 | pending";
  History history(decided(DecisionKind::same_as, before, after));
  history.then("2021-06-01", participating({nye, before}))
      .then("2021-06-02", participating({nye}))
      .then("2025-06-03", participating({nye, after}));
  const auto changes = history.finish().changes;
  ASSERT_THAT(changes, SizeIs(2));
  EXPECT_EQ(changes[1].kind, ChangeKind::reinstated);
}

TEST(Decisions, SameAsReachesOnButNotAcrossADistinctFrom) {
  const std::string a = "TX | Alpha County Sheriff | JEM | 2025-03-01 | a.pdf";
  const std::string b = "TX | Bravo County Sheriff | JEM | 2025-03-11 | b.pdf";
  const std::string c = "TX | Charlie County Sheriff | JEM | 2025-03-21 | c.pdf";
  tracking::Rules rules;
  rules.decisions = {decision(DecisionKind::same_as, a, b, 1),
                     decision(DecisionKind::same_as, c, b, 2)};
  EXPECT_THAT(fold(rules, {nye, a}, {nye, c}).changes, SizeIs(1));
  rules.decisions.push_back(decision(DecisionKind::distinct_from, a, c, 3));
  EXPECT_THAT(fold(rules, {nye, a}, {nye, c}).changes, SizeIs(2));
  EXPECT_THAT(fold(rules, {nye, a}, {nye, b}).changes, SizeIs(1));
}

TEST(Decisions, TheLastOneOnTwoKeysCounts) {
  const std::string before = "TX | Bee County Sheriff | JEM | 2025-03-01 | pending";
  const std::string after = "TX | Bee County Sheriff | JEM | 2025-03-02 | pending";
  tracking::Rules rules;
  rules.decisions = {decision(DecisionKind::distinct_from, before, after, 1),
                     decision(DecisionKind::same_as, after, before, 2)};
  EXPECT_THAT(fold(rules, {nye, before}, {nye, after}).changes, SizeIs(1));
  rules.decisions.push_back(decision(DecisionKind::distinct_from, before, after, 3));
  EXPECT_THAT(fold(rules, {nye, before}, {nye, after}).changes, SizeIs(2));
}

TEST(Decisions, AreAboutOneList) {
  const std::string before = "TX | Guadalupe County Sheriff | JEM";
  const std::string after = "TX | Guadeloupe County Sheriff | JEM";
  tracking::Rules rules;
  rules.decisions = {decision(DecisionKind::distinct_from, before, after, 1, List::participating)};
  const auto applications = [&] {
    History history(rules);
    history.then("2025-06-01", pending({before})).then("2025-06-02", pending({after}));
    return history.finish().changes;
  };
  EXPECT_THAT(applications(), SizeIs(1));
  rules.decisions[0].list = List::pending;
  EXPECT_THAT(applications(), SizeIs(2));
}

TEST(Decisions, TwoOfOneNameAreToldApartByTheirCounty) {
  const std::string york = "PA | Washington Township | TFM | 2025-03-01 | pending | York";
  const std::string berks = "PA | Washington Township | TFM | 2025-03-01 | pending | Berks";
  const auto rules = decided(DecisionKind::same_as, york, berks);
  EXPECT_THAT(fold({}, {nye}, {nye, york, berks}).changes, SizeIs(2));
  EXPECT_THAT(fold(rules, {nye}, {nye, york, berks}).changes, SizeIs(1));
  const std::string erie = "PA | Washington Township | TFM | 2025-03-01 | pending | Erie";
  EXPECT_THAT(fold(rules, {nye}, {nye, york, erie}).changes, SizeIs(2));
}

TEST(Decisions, AnswerTheQuestionWhichOfTwoOfOneNameHasLeft) {
  const std::string line = "PA | Washington Township | TFM | 2025-03-01 | pending";
  const std::string york = line + " | York";
  const std::string berks = line + " | Berks";
  const auto open = fold({}, {nye, york, berks}, {nye, line});
  EXPECT_THAT(open.reviews, SizeIs(1));
  const auto settled =
      fold(decided(DecisionKind::distinct_from, york, berks), {nye, york, berks}, {nye, line});
  EXPECT_THAT(settled.reviews, IsEmpty());
  for (const auto& change : settled.changes) EXPECT_FALSE(change.unconfirmed) << describe(change);
}

// The record's open question: one agency and model, two dates weeks apart, no document that says.
TEST(Decisions, SettleAReviewForEverWhateverComesLater) {
  const std::string february = "FL | Bee County Sheriff | TFM | 2025-02-26 | pending";
  const std::string may = "FL | Bee County Sheriff | TFM | 2025-05-08 | pending";
  Memory memory;
  memory.add({{participating({nye, february}), "2025-05-20", 0, "a.xlsx"},
              {participating({nye, may}), "2025-05-22", 0, "b.xlsx"}});
  ASSERT_THAT(memory.stored().reviews, SizeIs(1));
  ASSERT_THAT(memory.stored().standing, SizeIs(2));

  const auto written = memory.decide(DecisionKind::same_as, may, february);
  EXPECT_THAT(memory.stored().reviews, IsEmpty());
  ASSERT_THAT(memory.stored().standing, SizeIs(1));
  EXPECT_EQ(memory.stored().standing[0].change.kind, ChangeKind::changed);
  for (const auto& entry : written.entries) EXPECT_EQ(entry.cause, Cause::decision);
  EXPECT_THAT(memory.stored().redirects, SizeIs(1)) << "one of the two ids is the other's now";

  // A list from between that shows the same, and one that shows both, change nothing.
  memory.add({{participating({nye, may, "TX | Duval County Sheriff | JEM | 2025-04-01"}),
               "2025-05-21", 0, "c.xlsx"},
              {participating({nye, february, may}), "2025-05-23", 0, "d.xlsx"}});
  EXPECT_THAT(memory.stored().reviews, IsEmpty());
  EXPECT_TRUE(memory.rebuilt().empty());

  memory.decide(DecisionKind::distinct_from, february, may);
  EXPECT_THAT(memory.stored().reviews, IsEmpty());
  EXPECT_THAT(memory.stored().redirects, IsEmpty()) << "the merge is undone";
  EXPECT_TRUE(memory.rebuilt().empty());
}

TEST(Decisions, OfAMergeAndItsUndoingLeaveEachIdToItsAgreement) {
  const std::string one = "FL | Bee County Sheriff | TFM | 2025-02-26 | bee.pdf";
  const std::string other = "FL | Duval County Sheriff | TFM | 2025-05-08 | duval.pdf";
  Memory memory;
  memory.add({{participating({nye, one, other}), "2025-05-20", 0, "a.xlsx"},
              {participating({nye, one}), "2025-05-21", 0, "b.xlsx"}});
  const auto before = memory.ids();
  memory.decide(DecisionKind::same_as, one, other);
  EXPECT_NE(memory.ids(), before);
  memory.decide(DecisionKind::distinct_from, one, other);
  EXPECT_EQ(memory.ids(), before);
}

}  // namespace
}  // namespace agreementd::testing
