// Ids outlive the editions they were made from.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lists.h"
#include "memory.h"

namespace agreementd::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::string nye = "NV | Nye County Sheriff's Office | JEM | 2020-06-09 | nye.pdf | Nye";
const std::string bee = "TX | Bee County Sheriff's Office | JEM | 2025-03-01 | pending | Bee";
const std::string knox = "TN | Knox County Sheriff's Office | WSO | 2025-03-04 | pending | Knox";

Memory::Publication published(const std::string& day, const std::vector<std::string>& rows) {
  return {participating(rows), day, 0, "list" + day + ".xlsx"};
}

std::map<std::string, std::string> ids_by_state(const StoredHistory& stored) {
  std::map<std::string, std::string> ids;
  for (const auto& [id, version] : stored.versions)
    ids[version.facts.state] = version.agreement_id + " " + version.agency_id;
  return ids;
}

std::vector<std::string> written(const Difference& difference) {
  std::vector<std::string> result;
  for (const auto& [cause, change] : difference.entries) result.push_back(describe(change));
  return result;
}

TEST(Identities, OutliveTheRejectionOfTheBaseline) {
  Memory memory;
  memory.add({published("2025-06-01", {nye, bee}), published("2025-06-02", {nye, bee, knox}),
              published("2025-06-05", {nye, knox})});
  const auto before = ids_by_state(memory.stored());
  EXPECT_THAT(written(memory.verdict(VerdictKind::reject, "list2025-06-01.xlsx")),
              ElementsAre("retracted TN Knox County Sheriff's Office WSO 2025-03-04 verdict"));
  EXPECT_EQ(ids_by_state(memory.stored()), before);
  EXPECT_THAT(memory.rebuilt().entries, IsEmpty());
  memory.verdict(VerdictKind::approve, "list2025-06-01.xlsx");
  EXPECT_EQ(ids_by_state(memory.stored()), before);
  EXPECT_THAT(memory.stored().redirects, IsEmpty());
}

TEST(Identities, OutliveTheRejectionOfTheEditionThatFirstSpelledThemSo) {
  const std::string typo = "TX | Bea County Sheriff's Office | JEM | 2025-03-01 | pending | Bee";
  Memory memory;
  memory.add({published("2025-06-01", {nye}), published("2025-06-02", {nye, typo}),
              published("2025-06-03", {nye, bee}), published("2025-06-05", {nye})});
  const auto before = ids_by_state(memory.stored());
  EXPECT_THAT(written(memory.verdict(VerdictKind::reject, "list2025-06-02.xlsx")),
              ElementsAre("retracted TX Bea County Sheriff's Office JEM 2025-03-01 verdict",
                          "retracted TX Bee County Sheriff's Office JEM 2025-03-01 verdict "
                          "[agency: Bea County Sheriff's Office -> Bee County Sheriff's Office]",
                          "new TX Bee County Sheriff's Office JEM 2025-03-01 listed"));
  EXPECT_EQ(ids_by_state(memory.stored()), before) << "its leaving on 5 June still stands";
}

TEST(Identities, AreClaimedByTheNextEditionThatPrintsTheSame) {
  // Nothing of Bee is believed any more when it is printed again.
  Memory memory;
  memory.add({published("2025-06-01", {nye}), published("2025-06-02", {nye, bee})});
  const auto before = ids_by_state(memory.stored());
  memory.verdict(VerdictKind::reject, "list2025-06-02.xlsx");
  EXPECT_FALSE(ids_by_state(memory.stored()).contains("TX"));
  memory.add({published("2025-06-09", {nye, bee, knox})});
  EXPECT_EQ(ids_by_state(memory.stored())["TX"], before.at("TX"));
}

TEST(Identities, OfTwoAgenciesOfOneNameStayTheirOwn) {
  const std::string bucks = "PA | Union Township Police | TFM | 2025-05-01 | pending | Bucks";
  const std::string erie = "PA | Union Township Police | TFM | 2025-05-01 | pending | Erie";
  Memory memory;
  memory.add({published("2025-06-01", {nye, bucks, erie}), published("2025-06-02", {nye, erie}),
              published("2025-06-03", {nye, bucks, erie})});
  const auto erie_id = [&] {
    for (const auto& [id, version] : memory.stored().versions)
      if (version.facts.county == "Erie") return version.agreement_id;
    return std::string();
  };
  const auto before = erie_id();
  memory.verdict(VerdictKind::reject, "list2025-06-01.xlsx");
  EXPECT_EQ(erie_id(), before);
}

TEST(Identities, OfAnAgencyOutliveTheAgreementTheyWereMadeFrom) {
  const std::string other = "TX | Bee County Sheriff's Office | TFM | 2025-03-01 | pending | Bee";
  Memory memory;
  memory.add({published("2025-06-01", {nye, bee, other}), published("2025-06-02", {nye, other}),
              published("2025-06-05", {nye})});
  const auto before = memory.log().back().change;
  const auto rejection = memory.verdict(VerdictKind::reject, "list2025-06-01.xlsx");
  EXPECT_THAT(written(rejection),
              ElementsAre("retracted TX Bee County Sheriff's Office JEM 2025-03-01 verdict"));
  EXPECT_EQ(ids_by_state(memory.stored())["TX"], before.agreement_id + " " + before.agency_id);
}

}  // namespace
}  // namespace agreementd::testing
