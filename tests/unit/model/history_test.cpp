#include "model/history.h"

#include <set>

#include <gtest/gtest.h>

namespace agreementd {
namespace {

Minting listing(const std::string& state, const std::string& agency) {
  Minting minting;
  minting.content = sha256("content");
  minting.state_text = state;
  minting.agency = agency;
  return minting;
}

const auto never = [](const std::string&) { return false; };

TEST(AgreementId, IsAnAAndEightCharactersOfBase32) {
  const auto id = mint_agreement_id(listing("TX", "Bee County"), never);
  ASSERT_EQ(id.size(), 9U);
  EXPECT_EQ(id[0], 'A');
  EXPECT_EQ(id.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"), std::string::npos);
}

TEST(AgreementId, DependsOnEveryPartAndOnWhereItEnds) {
  EXPECT_NE(mint_agreement_id(listing("TX", "Bee"), never),
            mint_agreement_id(listing("T", "XBee"), never));
  auto signed_too = listing("TX", "Bee");
  signed_too.signed_text = "2025-03-01";
  EXPECT_NE(mint_agreement_id(listing("TX", "Bee"), never), mint_agreement_id(signed_too, never));
}

TEST(AgreementId, ACollisionTakesTheNextSuffix) {
  const auto minting = listing("TX", "Bee");
  const auto first = mint_agreement_id(minting, never);
  std::set<std::string> taken{first};
  const auto in_use = [&](const std::string& id) { return taken.contains(id); };
  const auto second = mint_agreement_id(minting, in_use);
  EXPECT_EQ(second, "A" + short_base32(minting_hash(minting, "#2")));
  taken.insert(second);
  EXPECT_EQ(mint_agreement_id(minting, in_use), "A" + short_base32(minting_hash(minting, "#3")));
}

TEST(EditionId, DependsOnListContentDocumentAndName) {
  const auto a = sha256("a");
  const auto b = sha256("b");
  const std::set<Sha256> ids{
      edition_id(List::participating, a, a, "x"), edition_id(List::pending, a, a, "x"),
      edition_id(List::participating, b, a, "x"), edition_id(List::participating, a, b, "x"),
      edition_id(List::participating, a, a, "y")};
  EXPECT_EQ(ids.size(), 5U);
}

TEST(Names, AreReadAsTheyAreWritten) {
  for (const auto kind : {ChangeKind::added, ChangeKind::terminated, ChangeKind::changed,
                          ChangeKind::reinstated, ChangeKind::retracted})
    EXPECT_EQ(parse_change_kind(to_string(kind)), kind);
  EXPECT_EQ(to_string(ChangeKind::added), "new");
  EXPECT_EQ(parse_cause("archive"), Cause::archive);
  EXPECT_EQ(parse_cause("Archive"), std::nullopt);
}

}  // namespace
}  // namespace agreementd
