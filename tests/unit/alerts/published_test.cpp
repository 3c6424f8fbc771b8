#include "alerts/published.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "alerts/words.h"
#include "tests/unit/alerts/entries.h"

namespace agreementd::alerts {
namespace {

using storage::Outgoing;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

Outgoing outgoing(const Change& change, std::int64_t seq, Cause cause = Cause::edition) {
  Outgoing result;
  result.logged = logged(change, seq, cause);
  return result;
}

std::vector<std::int64_t> seqs_of(const std::vector<Item>& items) {
  std::vector<std::int64_t> seqs;
  for (const auto& item : items) seqs.push_back(item.logged.entry.seq);
  return seqs;
}

/// Bee County's agreement, and its application that left as signed.
std::pair<Outgoing, Outgoing> signing() {
  auto agreement = outgoing(bee_county(), 3);
  auto change = bees_application();
  change.kind = ChangeKind::terminated;
  change.reason = "signed";
  auto application = outgoing(change, 4);
  application.signing = storage::Signing{agreement.logged};
  return {agreement, application};
}

TEST(Published, IsInTheOrderOfTheEntriesWhatPasses) {
  auto clerical = bee_county();
  clerical.clerical = true;
  EXPECT_THAT(seqs_of(published_items({}, {outgoing(bee_county(), 9), outgoing(clerical, 8),
                                           outgoing(bee_county(), 7, Cause::archive),
                                           outgoing(bees_application(), 6)})),
              ElementsAre(9, 6));
}

TEST(Published, ARetractionIsForWhoCouldReadWhatItTakesBack) {
  auto change = bee_county();
  change.kind = ChangeKind::retracted;
  auto shown = outgoing(change, 9, Cause::verdict);
  shown.retracted = logged(bee_county(), 5);
  auto never_shown = outgoing(change, 8, Cause::rebuild);
  never_shown.retracted = logged(bee_county(), 4, Cause::archive);
  EXPECT_THAT(seqs_of(published_items({}, {shown, never_shown})), ElementsAre(9));
}

TEST(Published, WhatHoldsInsteadOfWhatWasShownIsShownWhateverItsCause) {
  auto instead = outgoing(bee_county(), 9, Cause::decision);
  EXPECT_THAT(published_items({}, {instead}), IsEmpty());
  instead.replaced = {logged(bee_county(), 5).entry};
  EXPECT_THAT(seqs_of(published_items({}, {instead})), ElementsAre(9));
  instead.replaced = {logged(bee_county(), 5, Cause::archive).entry};
  EXPECT_THAT(published_items({}, {instead}), IsEmpty());
}

TEST(Published, OneSigningIsOneItem) {
  auto [agreement, application] = signing();
  agreement.application = storage::Leaving{application.logged};
  const auto items = published_items({}, {application, agreement});
  ASSERT_THAT(seqs_of(items), ElementsAre(3));
  EXPECT_EQ(items[0].application->entry.seq, 4);
}

TEST(Published, OneSigningIsOneItemWhereACorrectionToldOfIt) {
  auto [agreement, application] = signing();
  agreement = outgoing(bee_county(), 3, Cause::verdict);
  agreement.replaced = {logged(bee_county(), 1).entry};
  agreement.application = storage::Leaving{application.logged};
  application.signing = storage::Signing{agreement.logged};
  application.signing->replaced = agreement.replaced;
  EXPECT_THAT(seqs_of(published_items({}, {application, agreement})), ElementsAre(3));
}

TEST(Published, WhatWasNeverShownIsNotTakenBack) {
  const auto [agreement, application] = signing();
  auto change = application.logged.entry.change;
  change.kind = ChangeKind::retracted;
  auto taken_back = outgoing(change, 9, Cause::verdict);
  taken_back.retracted = application.logged;
  taken_back.signing = storage::Signing{agreement.logged};
  EXPECT_THAT(seqs_of(published_items({}, {taken_back})), ElementsAre(9)) << "told with it";
  taken_back.signing->logged.entry.recorded_at -= std::chrono::hours{24};
  EXPECT_THAT(published_items({}, {taken_back}), IsEmpty()) << "recorded later, and not told";
}

TEST(Published, WhoDoesNotReadOfTheAgreementReadsThatTheApplicationLeft) {
  const auto [agreement, application] = signing();
  Filter pending;
  pending.lists = {List::pending};
  EXPECT_THAT(seqs_of(published_items(pending, {application, agreement})), ElementsAre(4));
}

TEST(Published, WhatAnUnconfirmedOneMayBeIsSaidByName) {
  auto doubtful = bee_county();
  doubtful.unconfirmed = true;
  auto one = outgoing(doubtful, 3);
  one.possibly_same = {bees_application()};
  EXPECT_THAT(published_items({}, {one}).at(0).possibly_same,
              ElementsAre(agreement_name(bees_application())));
}

}  // namespace
}  // namespace agreementd::alerts
