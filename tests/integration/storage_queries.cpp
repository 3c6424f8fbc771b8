#include "model/result.h"
#include "storage/queries.h"
#include "tests/integration/postgres.h"
#include "tests/integration/storage_examples.h"
#include "tests/integration/tables.h"

/// What people ask of a history of four editions of the participating list and one of the pending
/// one.
namespace agreementd::testing {
namespace {

using storage::AgreementFilter;
using storage::ChangeFilter;

class Queries : public DatabaseTest {
 protected:
  // Old County: listed since the baseline, respelled in June, gone in July. New Town: listed in
  // June. Rejected: an edition that does not count. Applicant: on the pending list.
  Queries() {
    baseline_.baseline = true;
    rejected_.status = EditionStatus::rejected;
    rejected_.reason = "published by mistake";
    old_.left_censored = true;
    end(old_, june_);
    respelled_ = version("AAAAAAAA", june_, "Old County Sheriff");
    respelled_.match = {4, "\"Sheriff's Office\" is \"Sheriff\""};
    end(respelled_, july_);
    new_.facts.state = new_.rows[0].state = "PR";
    new_.facts.model = "TFM";
    new_.facts.county.clear();
    applicant_.facts.signed_on.reset();
    Change respelling = change(respelled_, ChangeKind::changed, june_);
    respelling.reason.clear();
    respelling.fields = {{Column::agency, "Old County Sheriff's Office", "Old County Sheriff"}};
    respelling.clerical = true;
    Difference difference;
    difference.editions = {baseline_, june_, july_, rejected_, pending_};
    difference.versions = {old_, respelled_, new_, applicant_};
    difference.mintings = {minting_of(old_), minting_of(new_), minting_of(applicant_)};
    difference.entries = {{Cause::archive, respelling},
                          {Cause::edition, change(new_, ChangeKind::added, june_)},
                          {Cause::edition, change(respelled_, ChangeKind::terminated, july_)}};
    store_run(store_, {may_list_, june_list_, july_list_, wrong_list_, pending_list_}, difference,
              noon(day(2025, 9, 1)));
  }

  void merge(const std::string& from, const std::string& to) {
    Difference difference;
    difference.redirects = {{"A" + from, "A" + to}, {"G" + from, "G" + to}};
    store_run(store_, {}, difference, noon(day(2025, 9, 3)));
  }
  void retract(const Change& change, std::int64_t seq) {
    Difference difference;
    difference.entries = {{Cause::verdict, retraction_of(change, seq)}};
    store_run(store_, {}, difference, noon(day(2025, 9, 4)));
  }
  Texts seqs(const ChangeFilter& filter) { return column(changes(reader_, filter), "seq"); }
  Texts agencies(const AgreementFilter& filter) {
    return column(as_of(reader_, day(2025, 6, 10), std::nullopt, filter), "agency");
  }

  const Document may_list_ = document("may"), june_list_ = document("june"),
                 july_list_ = document("july"), wrong_list_ = document("wrong"),
                 pending_list_ = document("pending");
  Edition baseline_ = edition(may_list_, day(2025, 5, 1));
  Edition june_ = edition(june_list_, day(2025, 6, 8));
  Edition rejected_ = edition(wrong_list_, day(2025, 6, 20));
  Edition july_ = edition(july_list_, day(2025, 7, 4));
  Edition pending_ = edition(pending_list_, day(2025, 6, 8), List::pending);
  Version old_ = version("AAAAAAAA", baseline_, "Old County Sheriff\u2019s Office");
  Version respelled_;
  Version new_ = version("BBBBBBBB", june_, "New Town Police Department");
  Version applicant_ = version("DDDDDDDD", pending_, "Applicant Constable, Precinct 2");
  storage::Store reader_ = connect("reader");
};

TEST_F(Queries, CurrentHasWhatIsListedNow) {
  const auto table = current(reader_, {});
  EXPECT_EQ(table.columns,
            (Texts{"agreement_id", "agency_id", "list", "state", "agency", "agency_type", "county",
                   "model", "signed", "moa_status", "moa_url", "addendum_url", "first_listed",
                   "left_censored", "last_listed", "edition_file"}));
  ASSERT_EQ(table.rows.size(), 1U);
  EXPECT_EQ(
      table.rows[0],
      (storage::Values{"ABBBBBBBB", "GBBBBBBBB", "participating", "PR",
                       "New Town Police Department", "County", std::nullopt, "TFM", "2025-06-12",
                       "posted", "https://example.org/moa.pdf", "https://example.org/addendum.pdf",
                       "2025-06-08", "false", "2025-07-04", "july.xlsx"}));
  AgreementFilter pending;
  pending.list = List::pending;
  EXPECT_EQ(column(current(reader_, pending), "agency"), Texts{"Applicant Constable, Precinct 2"});
}

TEST_F(Queries, AsOfAnyDayOfTheListedClock) {
  const auto on = [&](const Date& date) {
    return column(as_of(reader_, date, std::nullopt, {}), "agency");
  };
  EXPECT_EQ(on(day(2025, 4, 30)), Texts{});
  EXPECT_EQ(on(day(2025, 5, 1)), Texts{"Old County Sheriff\u2019s Office"});
  EXPECT_EQ(on(day(2025, 6, 7)), Texts{"Old County Sheriff\u2019s Office"});
  EXPECT_EQ(on(day(2025, 6, 8)), (Texts{"New Town Police Department", "Old County Sheriff"}));
  EXPECT_EQ(on(day(2025, 7, 3)), (Texts{"New Town Police Department", "Old County Sheriff"}));
  EXPECT_EQ(on(day(2025, 7, 4)), Texts{"New Town Police Department"});
}

TEST_F(Queries, AsOfSaysSinceWhenAnAgreementIsListedAndInWhichEditionItStood) {
  const auto table = as_of(reader_, day(2025, 6, 30), std::nullopt, {});
  EXPECT_EQ(column(table, "first_listed"), (Texts{"2025-06-08", "2025-05-01"}));
  EXPECT_EQ(column(table, "left_censored"), (Texts{"false", "true"}));
  EXPECT_EQ(column(table, "last_listed"), (Texts{"2025-06-08", "2025-06-08"}));
  EXPECT_EQ(column(table, "edition_file"), (Texts{"june.xlsx", "june.xlsx"}));
}

TEST_F(Queries, AsOfAsKnownOnAnyDayOfTheRecordedClock) {
  Difference correction;
  correction.closed_versions = {1};
  correction.versions = {old_};
  correction.versions[0].facts.agency = "Elder County Sheriff";
  store_run(store_, {}, correction, noon(day(2025, 9, 10)));
  const auto known = [&](const Date& date) {
    return column(as_of(reader_, day(2025, 5, 5), noon(date), {}), "agency");
  };
  EXPECT_EQ(known(day(2025, 8, 31)), Texts{});
  EXPECT_EQ(known(day(2025, 9, 1)), Texts{"Old County Sheriff\u2019s Office"});
  EXPECT_EQ(known(day(2025, 9, 9)), Texts{"Old County Sheriff\u2019s Office"});
  EXPECT_EQ(known(day(2025, 9, 10)), Texts{"Elder County Sheriff"});
  EXPECT_EQ(column(as_of(reader_, day(2025, 5, 5), std::nullopt, {}), "agency"),
            Texts{"Elder County Sheriff"});
}

TEST_F(Queries, AgreementsAreFilteredByStateModelNameAndCounty) {
  EXPECT_EQ(agencies({.state = "pr"}), Texts{"New Town Police Department"});
  EXPECT_EQ(agencies({.state = "TX"}), Texts{"Old County Sheriff"});
  EXPECT_EQ(agencies({.model = "tfm"}), Texts{"New Town Police Department"});
  EXPECT_EQ(agencies({.agency = "county SHER"}), Texts{"Old County Sheriff"});
  EXPECT_EQ(agencies({.county = "anyw"}), Texts{"Old County Sheriff"});
  EXPECT_EQ(agencies({.state = "TX", .model = "TFM"}), Texts{});
  EXPECT_EQ(agencies({.list = List::pending}), Texts{"Applicant Constable, Precinct 2"});
}

TEST_F(Queries, WhatAPersonTypesIsAValueAndNeverSql) {
  const std::string attack = "'; DROP SCHEMA agreementd CASCADE; --";
  EXPECT_EQ(agencies({.state = attack}), Texts{});
  for (const auto& text : Texts{attack, "%", "_", "$1", R"(\)"})
    EXPECT_EQ(agencies({.agency = text}), Texts{}) << text;
  EXPECT_EQ(seqs({.kind = attack}), Texts{});
  EXPECT_TRUE(find(reader_, attack).rows.empty());
  EXPECT_TRUE(editions(reader_, attack).rows.empty());
  EXPECT_TRUE(agreement_story(reader_, attack).versions.rows.empty());
  EXPECT_TRUE(agency_agreements(reader_, attack).empty());
  EXPECT_EQ(agencies({}).size(), 2U);
}

TEST_F(Queries, ChangesHaveEveryColumnOfTheContract) {
  const auto table = changes(reader_, {});
  EXPECT_EQ(table.columns,
            (Texts{"seq",          "list",        "kind",      "reason",     "cause",
                   "state",        "agency",      "model",     "signed",     "effective_date",
                   "edition_file", "fields",      "before",    "after",      "significance",
                   "agreement_id", "recorded_at", "agency_id", "related_id", "retracts_seq",
                   "unconfirmed",  "not_before",  "evidence"}));
  EXPECT_EQ(table.rows.at(0), (storage::Values{"1",
                                               "participating",
                                               "changed",
                                               std::nullopt,
                                               "archive",
                                               "TX",
                                               "Old County Sheriff",
                                               "WSO",
                                               "2025-06-12",
                                               "2025-06-08",
                                               "june.xlsx",
                                               "agency",
                                               R"({"agency":"Old County Sheriff's Office"})",
                                               R"({"agency":"Old County Sheriff"})",
                                               "clerical",
                                               "AAAAAAAAA",
                                               "2025-09-01T17:00:00Z",
                                               "GAAAAAAAA",
                                               std::nullopt,
                                               std::nullopt,
                                               "false",
                                               "2025-05-01",
                                               std::nullopt}));
}

TEST_F(Queries, NotBeforeIsTheAcceptedEditionBeforeAndSkipsTheOthers) {
  EXPECT_EQ(column(changes(reader_, {}), "not_before"),
            (Texts{"2025-05-01", "2025-05-01", "2025-06-08"}));
}

TEST_F(Queries, ChangesAreFilteredByEachConditionAndAllTogether) {
  EXPECT_EQ(seqs({}), (Texts{"1", "2", "3"}));
  EXPECT_EQ(seqs({.since = day(2025, 7, 4)}), Texts{"3"});
  EXPECT_EQ(seqs({.until = day(2025, 6, 8)}), (Texts{"1", "2"}));
  EXPECT_EQ(seqs({.since = day(2025, 6, 8), .until = day(2025, 6, 8)}), (Texts{"1", "2"}));
  EXPECT_EQ(seqs({.recorded_since = noon(day(2025, 9, 1))}), (Texts{"1", "2", "3"}));
  EXPECT_EQ(seqs({.recorded_since = noon(day(2025, 9, 2))}), Texts{});
  EXPECT_EQ(seqs({.after_seq = 1}), (Texts{"2", "3"}));
  EXPECT_EQ(seqs({.kind = "new"}), Texts{"2"});
  EXPECT_EQ(seqs({.state = "tx"}), (Texts{"1", "3"}));
  EXPECT_EQ(seqs({.model = "TFM"}), Texts{"2"});
  EXPECT_EQ(seqs({.significance = "clerical"}), Texts{"1"});
  EXPECT_EQ(seqs({.cause = "edition"}), (Texts{"2", "3"}));
  EXPECT_EQ(seqs({.list = List::pending}), Texts{});
  EXPECT_EQ(
      seqs({.since = day(2025, 6, 1), .kind = "terminated", .state = "TX", .cause = "edition"}),
      Texts{"3"});
}

TEST_F(Queries, ARetractedEntryAndItsRetractionAreShownOnlyWithAll) {
  retract(change(respelled_, ChangeKind::terminated, july_), 3);
  EXPECT_EQ(seqs({}), (Texts{"1", "2"}));
  EXPECT_EQ(seqs({.all = true}), (Texts{"1", "2", "3", "4"}));
  EXPECT_EQ(text_at(changes(reader_, {.all = true}), 3, "retracts_seq"), "3");
}

TEST_F(Queries, FindKnowsAnAgencyByASpellingItHadBefore) {
  for (const auto* text : {"sheriffs office", "SHERIFF'S   office", "old county sheriff"}) {
    const auto table = find(reader_, text);
    ASSERT_EQ(table.rows.size(), 1U) << text;
    EXPECT_EQ(
        table.rows[0],
        (storage::Values{"GAAAAAAAA", "TX", "Old County Sheriff",
                         "Old County Sheriff; Old County Sheriff\u2019s Office", "participating",
                         "WSO", "2025-06-12", "unlisted", "2025-05-01", "2025-06-08", "AAAAAAAAA"}))
        << text;
  }
  EXPECT_EQ(text_at(find(reader_, "precinct 2"), 0, "status"), "listed");
  EXPECT_TRUE(find(reader_, "precinct 1").rows.empty());
  EXPECT_TRUE(find(reader_, "").rows.empty());
  EXPECT_TRUE(find(reader_, " -- ").rows.empty());
}

TEST_F(Queries, EditionsAreListedWithTheirStatus) {
  const auto table = editions(reader_, "");
  EXPECT_EQ(table.columns,
            (Texts{"edition_id", "list", "date", "listed_at", "dated_by", "status", "reason",
                   "baseline", "listings", "agreements", "file_name", "document", "saved_at",
                   "verdict", "verdict_by", "verdict_at", "verdict_why"}));
  EXPECT_EQ(column(table, "file_name"),
            (Texts{"may.xlsx", "june.xlsx", "wrong.xlsx", "july.xlsx", "pending.xlsx"}));
  const auto rejected = editions(reader_, "rejected");
  ASSERT_EQ(rejected.rows.size(), 1U);
  EXPECT_EQ(text_at(rejected, 0, "reason"), "published by mistake");
  EXPECT_EQ(text_at(rejected, 0, "edition_id"), to_hex(rejected_.id));
  EXPECT_EQ(text_at(rejected, 0, "document"), to_hex(wrong_list_.sha256));
}

TEST_F(Queries, AStoryHasVersionsChangesAndDocuments) {
  const auto story = agreement_story(reader_, "AAAAAAAAA");
  EXPECT_EQ(column(story.versions, "from"), (Texts{"2025-05-01", "2025-06-08"}));
  EXPECT_EQ(column(story.versions, "to"), (Texts{"2025-06-08", "2025-07-04"}));
  EXPECT_EQ(column(story.versions, "evidence"), (Texts{"NULL", respelled_.match.evidence}));
  EXPECT_EQ(column(story.versions, "edition_file"), (Texts{"may.xlsx", "june.xlsx"}));
  EXPECT_EQ(column(story.changes, "seq"), (Texts{"1", "3"}));
  EXPECT_EQ(column(story.documents, "file_name"), (Texts{"may.xlsx", "june.xlsx", "july.xlsx"}));
  EXPECT_EQ(column(story.documents, "size"), (Texts{"3", "4", "4"}));
  EXPECT_EQ(text_at(story.documents, 0, "first_seen"), "2025-09-01T17:00:00Z");
  EXPECT_TRUE(agreement_story(reader_, "AZZZZZZZZ").versions.rows.empty());
}

TEST_F(Queries, AfterAMergeEverythingGoesByTheIdInForce) {
  merge("BBBBBBBB", "AAAAAAAA");
  EXPECT_EQ(column(current(reader_, {}), "agreement_id"), Texts{"AAAAAAAAA"});
  EXPECT_EQ(column(current(reader_, {}), "agency_id"), Texts{"GAAAAAAAA"});
  EXPECT_EQ(column(current(reader_, {}), "first_listed"), Texts{"2025-05-01"});
  EXPECT_EQ(column(current(reader_, {}), "left_censored"), Texts{"true"});
  EXPECT_EQ(column(changes(reader_, {}), "agreement_id"),
            (Texts{"AAAAAAAAA", "AAAAAAAAA", "AAAAAAAAA"}));
  const auto story = agreement_story(reader_, "ABBBBBBBB");
  EXPECT_EQ(story.id, "AAAAAAAAA");
  EXPECT_EQ(story.versions.rows.size(), 3U);
  EXPECT_EQ(agency_agreements(reader_, "GBBBBBBBB"), Texts{"AAAAAAAAA"});
  EXPECT_EQ(
      ask(reader_,
          "SELECT array_to_string(spellings, '; ') FROM agencies WHERE agency_id = 'GAAAAAAAA'"),
      "New Town Police Department; Old County Sheriff; Old County Sheriff\u2019s Office");
}

TEST_F(Queries, AnAgencysAgreementsComeFirstListedFirst) {
  Difference another;
  another.versions = {version("CCCCCCCC", july_, "Old County Sheriff")};
  another.versions[0].agency_id = "GAAAAAAAA";
  another.mintings = {minting_of(another.versions[0])};
  store_run(store_, {}, another, noon(day(2025, 9, 2)));
  EXPECT_EQ(agency_agreements(reader_, "GAAAAAAAA"), (Texts{"AAAAAAAAA", "ACCCCCCCC"}));
  EXPECT_TRUE(agency_agreements(reader_, "GZZZZZZZZ").empty());
}

TEST_F(Queries, CountsAreOfWhatIsListed) {
  EXPECT_EQ(count_by_model(reader_).rows,
            (std::vector<storage::Values>{{"participating", "TFM", "1"}, {"pending", "WSO", "1"}}));
  EXPECT_EQ(count_by_state(reader_).rows,
            (std::vector<storage::Values>{{"participating", "PR", "1"}, {"pending", "TX", "1"}}));
  EXPECT_EQ(count_by_month(reader_).columns,
            (Texts{"month", "new", "reinstated", "terminated", "net", "listed"}));
  EXPECT_EQ(count_by_month(reader_).rows,
            (std::vector<storage::Values>{{"2025-05", "0", "0", "0", "0", "1"},
                                          {"2025-06", "1", "0", "0", "1", "2"},
                                          {"2025-07", "0", "0", "1", "-1", "1"}}));
}

TEST_F(Queries, FipsCodesStandBesideStates) {
  EXPECT_EQ(ask(reader_, "SELECT state_name || ' ' || state_fips FROM current_agreements"),
            "Puerto Rico 72");
  EXPECT_EQ(ask(reader_, "SELECT string_agg(DISTINCT state_fips, ' ') FROM change_log"), "48 72");
}

TEST_F(Queries, StatusCountsTheInputsAndNamesTheLastEditionAndChange) {
  const auto table = storage::status(store_);
  const auto value = [&](const std::string& name) {
    for (const auto& row : table.rows)
      if (row[0] == name) return row[1].value_or("NULL");
    return std::string("absent");
  };
  EXPECT_EQ(value("documents"), "5");
  EXPECT_EQ(value("fetches"), "5");
  EXPECT_EQ(value("participating editions accepted"), "3");
  EXPECT_EQ(value("participating editions rejected"), "1");
  EXPECT_EQ(value("participating last edition"), "2025-07-04");
  EXPECT_EQ(value("last change"), "3");
  EXPECT_EQ(value("last change recorded at"), "2025-09-01T17:00:00Z");
  EXPECT_EQ(value("open notices"), "0");
}

TEST_F(Queries, AnAgencysAgreementsAreAlsoThoseThatOnlyTheLogRemembers) {
  retract(change(new_, ChangeKind::added, june_), 2);
  Difference nothing_believed;
  for (const auto& stored : believed(store_).versions)
    if (stored.version.agreement_id == new_.agreement_id)
      nothing_believed.closed_versions.push_back(stored.version_id);
  store_run(store_, {}, nothing_believed, noon(day(2025, 9, 5)));
  EXPECT_EQ(agency_agreements(reader_, "GBBBBBBBB"), Texts{"ABBBBBBBB"});
  const auto story = agreement_story(reader_, "ABBBBBBBB");
  EXPECT_TRUE(story.versions.rows.empty());
  EXPECT_EQ(column(story.changes, "seq"), (Texts{"2", "4"}));
  EXPECT_EQ(column(story.documents, "file_name"), Texts{"june.xlsx"});
  EXPECT_EQ(agency_agreements(reader_, "GAAAAAAAA"), Texts{"AAAAAAAAA"});
}

TEST_F(Queries, DocumentsAreFoundByTheFirstDigitsOfTheirSha) {
  const auto whole = to_hex(may_list_.sha256);
  EXPECT_EQ(documents_beginning(store_, whole.substr(0, 8)), std::vector{may_list_.sha256});
  EXPECT_EQ(documents_beginning(store_, whole), std::vector{may_list_.sha256});
  EXPECT_TRUE(documents_beginning(store_, "0123456789").empty());
  EXPECT_EQ(documents_beginning(store_, "").size(), 5U);
}

TEST_F(Queries, OpenNoticesAndDocumentsAreForTheWriter) {
  const auto consequences = store_.begin_consequences();
  consequences->open_notice({"quarantined", "participating", "61 would end"},
                            noon(day(2025, 9, 5)));
  consequences->commit();
  EXPECT_EQ(open_notices(store_).rows,
            (std::vector<storage::Values>{
                {"quarantined", "participating", "61 would end", "2025-09-05T17:00:00Z"}}));
  EXPECT_EQ(document_bytes(store_, may_list_.sha256), "may");
  EXPECT_THROW(document_bytes(store_, sha256("unknown")), Failure);
  EXPECT_THROW(open_notices(reader_), Failure);
  EXPECT_THROW(unreadable_documents(reader_, 20), Failure);
  EXPECT_THROW(documents_beginning(reader_, "01234567"), Failure);
  EXPECT_THROW(document_bytes(reader_, may_list_.sha256), Failure);
}

}  // namespace
}  // namespace agreementd::testing
