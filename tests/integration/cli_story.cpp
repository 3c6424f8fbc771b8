#include "tests/integration/cli_program.h"
#include "tests/integration/storage_examples.h"

/// What the commands that ask print of a small history, written by hand.
namespace agreementd::testing {
namespace {

/// A pending MOA is posted and the date corrected on 8 June; the agreement is gone on 22 June.
class CliStory : public CliTest {
 protected:
  CliStory() {
    first_.facts.moa_status = MoaStatus::pending;
    first_.facts.moa_url.clear();
    first_.left_censored = true;
    end(first_, second_edition_);
    corrected_.facts.signed_on = day(2025, 6, 11);
    corrected_.match = {5, "signed 2025-06-12 -> 2025-06-11, MOA was pending"};
    end(corrected_, third_edition_);
    first_edition_.baseline = true;

    Change correction = change(corrected_, ChangeKind::changed, second_edition_);
    correction.reason = "signed,moa";
    correction.fields = {{Column::signed_on, "2025-06-12", "2025-06-11"},
                         {Column::moa, "pending", "https://example.org/moa.pdf"}};
    correction.evidence = corrected_.match.evidence;
    Difference difference;
    difference.editions = {first_edition_, second_edition_, third_edition_};
    difference.versions = {first_, corrected_};
    difference.mintings = {minting_of(first_)};
    difference.entries = {
        {Cause::archive, correction},
        {Cause::archive, change(corrected_, ChangeKind::terminated, third_edition_)}};
    store_run(store_, {document("one"), document("two"), document("three")}, difference,
              noon(day(2025, 9, 1)));
  }

  /// What it prints; fails the test where it fails.
  [[nodiscard]] std::string answer(const std::vector<std::string>& arguments) const {
    const auto run = agreementctl(arguments, "reader");
    EXPECT_EQ(run.status, 0) << arguments.front() << ": " << run.errors;
    return run.output;
  }

  Edition first_edition_ = edition(document("one"), day(2025, 6, 1));
  Edition second_edition_ = edition(document("two"), day(2025, 6, 8));
  Edition third_edition_ = edition(document("three"), day(2025, 6, 22));
  Version first_ = version("AAAAAAAA", first_edition_, "Doña Ana, Sheriff \"of\" the County");
  Version corrected_ = version("AAAAAAAA", second_edition_, "Doña Ana, Sheriff \"of\" the County");
};

::testing::AssertionResult has(const std::string& text, const std::string& part) {
  if (text.find(part) != std::string::npos) return ::testing::AssertionSuccess();
  return ::testing::AssertionFailure() << "\"" << part << "\" is not in:\n" << text;
}

TEST_F(CliStory, IsToldToAPersonWithFactsChangesEvidenceAndDocuments) {
  const auto text = answer({"show", "aaaaaaaaa", "--format", "table"});
  EXPECT_TRUE(text.starts_with("Doña Ana, Sheriff \"of\" the County, TX\n====")) << text;
  EXPECT_TRUE(has(text, "warrant service officer model (WSO), signed 2025-06-11"));
  EXPECT_TRUE(has(text, "no longer listed in the edition of 2025-06-22."));
  EXPECT_TRUE(has(text, "  2025-06-08 – 2025-06-22  two.xlsx\n"));
  EXPECT_TRUE(has(text, "signed      2025-06-11 (was 2025-06-12)\n"));
  EXPECT_TRUE(has(text, "MOA         https://example.org/moa.pdf (was pending)\n"));
  EXPECT_TRUE(has(text, "why the same: signed 2025-06-12 -> 2025-06-11, MOA was pending"));
  EXPECT_TRUE(has(text, "changed: signed 2025-06-12 → 2025-06-11; moa pending → https://"));
  EXPECT_TRUE(has(text, "terminated: unlisted\n"));
  EXPECT_TRUE(has(text, to_hex(sha256("two"))));
}

TEST_F(CliStory, IsToldOfAnAgencyToo) {
  const auto text = answer({"show", "GAAAAAAAA", "--format", "table"});
  EXPECT_TRUE(text.starts_with("Agency GAAAAAAAA: 1 agreement, now or once\n")) << text;
  EXPECT_TRUE(has(text, "agreement AAAAAAAAA"));
}

TEST_F(CliStory, ToAProgramIsItsChanges) {
  EXPECT_EQ(answer({"show", "AAAAAAAAA"}), answer({"changes", "--all"}));
  EXPECT_EQ(answer({"show", "GAAAAAAAA", "--format", "jsonl"}),
            answer({"changes", "--all", "--format", "jsonl"}));
}

TEST_F(CliStory, ChangesInCsvAreQuotedAndInTheOrderPromised) {
  const auto lines = lines_of(answer({"changes"}));
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_TRUE(lines[1].starts_with(
      "1,participating,changed,\"signed,moa\",archive,TX,\"Doña Ana, Sheriff \"\"of\"\" the "
      "County\",WSO,2025-06-11,2025-06-08,two.xlsx,signed;moa,\"{\"\"moa\"\":\"\"pending\"\","
      "\"\"signed\"\":\"\"2025-06-12\"\"}\","))
      << lines[1];
  EXPECT_TRUE(
      has(lines[1], ",substantive,AAAAAAAAA,2025-09-01T17:00:00Z,GAAAAAAAA,,,false,2025-06-01,"));
}

TEST_F(CliStory, ChangesInJsonLinesHaveJsonsOwnTypes) {
  const auto lines = lines_of(answer({"changes", "--format", "jsonl"}));
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_TRUE(lines[0].starts_with(R"({"seq":1,"list":"participating","kind":"changed",)"))
      << lines[0];
  EXPECT_TRUE(has(lines[0],
                  R"("fields":["signed","moa"],"before":{"moa":"pending","signed":"2025-06-12"})"));
  EXPECT_TRUE(has(lines[0], R"("unconfirmed":false,)"));
  EXPECT_TRUE(has(lines[0], R"("related_id":null,)"));
}

TEST_F(CliStory, AsOfShowsTheDayAndMarksWhatMayBeOlder) {
  EXPECT_EQ(lines_of(answer({"as-of", "2025-06-21"})).size(), 2U);
  EXPECT_EQ(lines_of(answer({"as-of", "2025-06-22"})).size(), 1U);
  EXPECT_EQ(lines_of(answer({"as-of", "2025-06-21", "--known-at", "2025-08-31T00:00:00Z"})).size(),
            1U);
  const auto text = answer({"as-of", "2025-06-01", "--format", "table"});
  EXPECT_TRUE(has(text, "≤ 2025-06-01"));
  EXPECT_TRUE(has(text, "\n1 agreement\n"));
  EXPECT_TRUE(has(text, "first listed then or before"));
}

TEST_F(CliStory, FindTellsWhatIsThere) {
  const auto text = answer({"find", "dona ana", "--format", "table"});
  EXPECT_TRUE(has(text, "No agreements")) << "letters with marks are letters of their own";
  EXPECT_TRUE(has(answer({"find", "sheriff of"}), ",unlisted,2025-06-01,"));
}

TEST_F(CliStory, StatsAndEditionsAreForReadersToo) {
  EXPECT_TRUE(has(answer({"stats"}), "month,participating,2025-06,0,0,0,1,-1\n"));
  const auto editions = agreementctl({"editions", "--format", "table"}, "reader");
  EXPECT_TRUE(has(editions.output, to_hex(second_edition_.id).substr(0, 8)));
  EXPECT_TRUE(has(editions.output, "\n3 editions\n"));
}

TEST_F(CliStory, ADocumentComesOutAsItWentIn) {
  const auto sha = to_hex(sha256("two"));
  EXPECT_EQ(agreementctl({"document", sha, "-o", "-"}).output, "two");
  EXPECT_EQ(agreementctl({"document", sha, "-o", "a"}).status, 0);
  EXPECT_EQ(shell("cat a", folder_).output, "two");
  EXPECT_TRUE(is_one_error(agreementctl({"document", sha, "-o", "a"}), 1));
  EXPECT_EQ(agreementctl({"document", sha, "-o", "a", "--force"}).status, 0);
}

}  // namespace
}  // namespace agreementd::testing
