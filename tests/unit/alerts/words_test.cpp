#include "alerts/words.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "alerts/plain_text.h"
#include "alerts/unicode.h"
#include "tests/unit/alerts/entries.h"

namespace agreementd::alerts {
namespace {

using Lines = std::vector<std::string>;

std::string headline(const Change& change) { return words_of(item(change)).headline; }

Change bee(ChangeKind kind, const std::string& reason) {
  Change change = bee_county();
  change.kind = kind;
  change.reason = reason;
  return change;
}

TEST(Words, OfANewAgreementSayWhoWhatAndWhen) {
  const auto words = words_of(item(bee_county()));
  EXPECT_EQ(words.headline,
            "New: Bee County Sheriff's Office, TX: task force model, signed 2025-03-01");
  EXPECT_EQ(words.details, (Lines{"listed 2025-03-18, in participatingAgencies03182025pm.xlsx",
                                  "agreement ABEEBEEBE, entry 42, recorded 2025-03-18T22:01:02Z"}));
}

TEST(Words, OfASigningSayThatItWasPending) {
  auto told = item(bee_county());
  auto left = bees_application();
  left.kind = ChangeKind::terminated;
  left.reason = "signed";
  left.evidence = "applied for as Bee, listed as Bee County Sheriff's Office";
  told.application = logged(left, 43);
  const auto words = words_of(told);
  EXPECT_EQ(words.headline,
            "New: Bee County Sheriff's Office, TX: task force model, signed 2025-03-01 (was "
            "pending)");
  EXPECT_EQ(words.details[1],
            "application no longer listed 2025-03-18, in pendingAgencies03182025pm.xlsx");
  EXPECT_EQ(words.details[2],
            "evidence: applied for as Bee, listed as Bee County Sheriff's Office");
}

TEST(Words, AnApplicationThatLeftEarlierIsNamedByTheAgreementsEntry) {
  auto change = bee_county();
  change.related_id = "APENDINGB";
  EXPECT_TRUE(headline(change).ends_with("(was pending)"));
}

TEST(Words, ARenewalASwitchAndAnEndAreSaidAsThat) {
  EXPECT_TRUE(headline(bee(ChangeKind::added, "renewal")).starts_with("Renewed: Bee County"));
  EXPECT_TRUE(headline(bee(ChangeKind::added, "switched")).starts_with("Switched: Bee County"));
  EXPECT_EQ(headline(bee(ChangeKind::terminated, "unlisted")),
            "Ended: Bee County Sheriff's Office, TX: task force model, signed 2025-03-01 (no "
            "longer listed)");
  EXPECT_TRUE(
      headline(bee(ChangeKind::terminated, "superseded")).ends_with("(superseded by a later one)"));
  EXPECT_TRUE(
      headline(bee(ChangeKind::terminated, "switched")).ends_with("(switched to another model)"));
  EXPECT_EQ(words_of(item(bee(ChangeKind::terminated, "unlisted"))).details[0],
            "no longer listed 2025-03-18, in participatingAgencies03182025pm.xlsx");
}

TEST(Words, AnApplicationIsNeverCalledTerminatedOrEnded) {
  auto change = bees_application();
  EXPECT_EQ(headline(change), "Applied: Bee County Sheriff's Office, TX: task force model");
  for (const char* reason : {"unlisted", "signed", "superseded", "switched"}) {
    change.kind = ChangeKind::terminated;
    change.reason = reason;
    const auto words = words_of(item(change));
    EXPECT_TRUE(words.headline.starts_with("Left the pending list: Bee County")) << reason;
    auto all = words.headline;
    for (const auto& detail : words.details) all += detail;
    EXPECT_EQ(all.find("erminated"), std::string::npos) << all;
    EXPECT_EQ(all.find("nded"), std::string::npos) << all;
  }
  change.kind = ChangeKind::reinstated;
  EXPECT_TRUE(headline(change).starts_with("Back on the pending list: "));
}

TEST(Words, OfAChangeSayBeforeAndAfter) {
  auto change = bee(ChangeKind::changed, "");
  change.fields = {{Column::agency, "Be County", "Bee County Sheriff's Office"},
                   {Column::model, "JEM", "TFM"},
                   {Column::county, "", "Bee"},
                   {Column::moa, "pending", "https://www.ice.gov/m.pdf"}};
  const auto words = words_of(item(change));
  EXPECT_EQ(words.headline,
            "Changed: Bee County Sheriff's Office, TX: task force model, signed 2025-03-01: agency "
            "Be County → Bee County Sheriff's Office; model jail enforcement model → task force "
            "model; county (blank) → Bee; MOA pending → m.pdf");
  EXPECT_EQ(words.details[1], "MOA pending → https://www.ice.gov/m.pdf");
}

TEST(Words, WhatIsBackSaysHowLongItWasGone) {
  EXPECT_EQ(headline(bee(ChangeKind::reinstated, "gone 5 days")),
            "Back: Bee County Sheriff's Office, TX: task force model, signed 2025-03-01 (gone 5 "
            "days)");
}

TEST(Words, ModelsAreInWordsAndUnknownOnesAsPrinted) {
  EXPECT_EQ(model_words("JEM"), "jail enforcement model");
  EXPECT_EQ(model_words("WSO"), "warrant service officer model");
  EXPECT_EQ(model_words("TFM"), "task force model");
  EXPECT_EQ(model_words("TTFM"), "tribal task force model");
  EXPECT_EQ(model_words("Jail\nModel"), "Jail Model");
}

TEST(Words, WhatAnArchivedListShowedIsSaidToBeThat) {
  const auto words = words_of(item(bee_county(), 42, Cause::archive));
  EXPECT_TRUE(words.details.back().ends_with(", from an archived list"));
}

RC_GTEST_PROP(Words, ArePlainLinesOfBoundedLengthWhateverTheListSays, ()) {
  const auto words = words_of(*hostile_item());
  auto lines = words.details;
  lines.push_back(words.headline);
  for (const auto& line : lines) {
    RC_ASSERT(!line.empty());
    RC_ASSERT(plain_text(line) == line);
    RC_ASSERT(length(line) <= 600U);
  }
  RC_ASSERT(words.moa_url.empty() || is_linkable(words.moa_url));
}

}  // namespace
}  // namespace agreementd::alerts
