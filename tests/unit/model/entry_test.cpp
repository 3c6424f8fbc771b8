#include "model/entry.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace agreementd {
namespace {

Entry example() {
  Entry entry;
  entry.seq = 7;
  entry.recorded_at = parse_instant("2025-06-02T13:00:00Z").value();
  entry.cause = Cause::archive;
  auto& change = entry.change;
  change.kind = ChangeKind::changed;
  change.agreement_id = "AAAAAAAAA";
  change.agency_id = "GAAAAAAAA";
  change.state = "FL";
  change.agency = "Marco Island \"Police\"\n\u00e9";
  change.model = "TFM";
  change.signed_on = parse_date("2025-04-24");
  change.edition_file = "participatingAgencies05162025am.xlsx";
  change.effective_date = *parse_date("2025-05-16");
  change.fields = {{Column::agency, "Macro Island", "Marco Island"},
                   {Column::moa, "pending", "https://www.ice.gov/m.pdf"}};
  change.evidence = "agency macro -> marco";
  return entry;
}

TEST(CanonicalJson, HasSortedKeysNoSpaceAndTheEscapesOfRfc8785) {
  EXPECT_EQ(
      canonical_json(example()),
      "{\"after\":{\"agency\":\"Marco Island\",\"moa\":\"https://www.ice.gov/m.pdf\"},"
      "\"agency\":\"Marco Island \\\"Police\\\"\\n\u00e9\",\"agency_id\":\"GAAAAAAAA\","
      "\"agreement_id\":\"AAAAAAAAA\",\"before\":{\"agency\":\"Macro Island\",\"moa\":\"pending\"},"
      "\"cause\":\"archive\",\"edition_file\":\"participatingAgencies05162025am.xlsx\","
      "\"edition_id\":\"0000000000000000000000000000000000000000000000000000000000000000\","
      "\"effective_date\":\"2025-05-16\",\"evidence\":\"agency macro -> marco\","
      "\"fields\":[\"agency\",\"moa\"],\"kind\":\"changed\",\"list\":\"participating\","
      "\"model\":\"TFM\",\"reason\":\"\",\"recorded_at\":\"2025-06-02T13:00:00Z\",\"seq\":7,"
      "\"signed\":\"2025-04-24\",\"significance\":\"substantive\",\"state\":\"FL\","
      "\"unconfirmed\":false}");
}

TEST(CanonicalJson, WhatIsAbsentHasNoKey) {
  auto entry = example();
  EXPECT_EQ(canonical_json(entry).find("related_id"), std::string::npos);
  entry.change.related_id = "ABBBBBBBB";
  entry.change.retracts_seq = 3;
  const auto text = canonical_json(entry);
  EXPECT_NE(text.find("\"related_id\":\"ABBBBBBBB\",\"retracts_seq\":3,\"seq\":7"),
            std::string::npos);
}

TEST(ParseEntry, WhatIsNoEntryIsNamed) {
  EXPECT_FALSE(parse_entry("{}").ok());
  EXPECT_FALSE(parse_entry("not json").ok());
  auto text = canonical_json(example());
  text.replace(text.find("changed"), 7, "chanted");
  ASSERT_FALSE(parse_entry(text).ok());
  EXPECT_NE(parse_entry(text).error().find("kind"), std::string::npos);
}

TEST(ChainHash, BeginsWithThirtyTwoZeroBytes) {
  EXPECT_EQ(chain_hash({}, "x"), sha256(std::string(32, '\0') + "x"));
}

RC_GTEST_PROP(ParseEntry, ReadsWhatCanonicalJsonWrote, ()) {
  auto entry = example();
  entry.seq = *rc::gen::inRange<std::int64_t>(1, 1'000'000);
  entry.change.unconfirmed = *rc::gen::arbitrary<bool>();
  entry.change.clerical = *rc::gen::arbitrary<bool>();
  // Printable ASCII and control characters; other texts come from UTF-8 checked by the parsers.
  entry.change.agency = *rc::gen::container<std::string>(rc::gen::inRange<char>(1, 127));
  entry.change.signed_on = std::nullopt;
  const auto text = canonical_json(entry);
  const auto again = parse_entry(text);
  RC_ASSERT(again.ok());
  RC_ASSERT(again->change == entry.change);
  RC_ASSERT(canonical_json(*again) == text);
}

}  // namespace
}  // namespace agreementd
