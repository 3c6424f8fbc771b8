// What a list says of an agreement now, against what we knew: what is told, and what is known.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lists.h"

namespace agreementd::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::string nye = "NV | Nye County Sheriff's Office | JEM | 2020-06-09 | nye.pdf";
const std::string folder = "https://www.ice.gov/doclib/287gMOA/";

std::vector<std::string> linked(int count) {
  std::vector<std::string> rows;
  for (int i = 0; i < count; ++i)
    rows.push_back("TX | Agency " + std::to_string(i) + " | TFM | 2025-02-01 | " +
                   std::to_string(i) + ".pdf");
  return rows;
}

/// The first `count` rows without their links.
std::vector<std::string> bare(std::vector<std::string> rows, int count) {
  for (int i = 0; i < count; ++i) {
    auto& row = rows[static_cast<std::size_t>(i)];
    row = row.substr(0, row.rfind('|')) + "| ";
  }
  return rows;
}

TEST(Facts, AreTheLinkThatIsPrintedNowThoughTheFileIsTheSame) {
  const auto before = participating({nye});
  auto after = before;
  after.content = sha256("moved");
  after.listings[0].moa_url = "https://www.ice.gov/other/place/NYE.pdf";
  History history;
  history.then("2025-06-01", before).then("2025-06-02", after);
  const auto folded = history.finish();
  EXPECT_THAT(folded.changes, IsEmpty());
  ASSERT_EQ(folded.versions.size(), 2U);
  EXPECT_EQ(folded.versions[0].facts.moa_url, folder + "nye.pdf");
  EXPECT_EQ(folded.versions[1].facts.moa_url, "https://www.ice.gov/other/place/NYE.pdf");
}

TEST(Facts, AreTheNameAsPrintedNowThoughOnlyItsCaseDiffers) {
  History history;
  history.then("2025-06-01", participating({nye}))
      .then("2025-06-02",
            participating({"NV | NYE County Sheriffs Office | JEM | 2020-06-09 | nye.pdf"}));
  const auto folded = history.finish();
  EXPECT_THAT(folded.changes, IsEmpty());
  EXPECT_EQ(folded.versions.back().facts.agency, "NYE County Sheriffs Office");
}

TEST(MassLoss, LinksStillMissingInTheNextEditionsAreNoChangesThen) {
  const auto all = linked(30);
  History history;
  history.then("2025-06-01", participating(all))
      .then("2025-06-02", participating(bare(all, 30)))
      .then("2025-06-03", participating(bare(all, 4)))
      .then("2025-06-04", participating(bare(all, 3)));
  const auto folded = history.finish();
  EXPECT_THAT(folded.changes, IsEmpty());
  EXPECT_EQ(folded.oddities.size(), 1U);
  for (const auto& version : folded.versions) EXPECT_NE(version.facts.moa_url, "");
}

TEST(MassLoss, ALinkThatCameBackAndVanishesAgainAloneIsAChange) {
  const auto all = linked(30);
  History history;
  history.then("2025-06-01", participating(all))
      .then("2025-06-02", participating(bare(all, 30)))
      .then("2025-06-03", participating(all))
      .then("2025-06-04", participating(bare(all, 1)));
  EXPECT_THAT(describe(history.finish().changes),
              ElementsAre("changed TX Agency 0 TFM 2025-02-01 [moa: " + folder + "0.pdf -> ]"));
}

TEST(MassLoss, ALinkThatIsReplacedAfterItIsAChange) {
  const auto all = linked(30);
  auto replaced = all;
  replaced[0] = "TX | Agency 0 | TFM | 2025-02-01 | other.pdf";
  History history;
  history.then("2025-06-01", participating(all))
      .then("2025-06-02", participating(bare(all, 30)))
      .then("2025-06-03", participating(replaced));
  EXPECT_THAT(describe(history.finish().changes),
              ElementsAre("changed TX Agency 0 TFM 2025-02-01 [moa: " + folder + "0.pdf -> " +
                          folder + "other.pdf]"));
}

}  // namespace
}  // namespace agreementd::testing
