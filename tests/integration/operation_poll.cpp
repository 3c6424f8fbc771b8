// One poll (daemon/run_once.h) of a site on loopback, on a real database.
#include <algorithm>
#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/collect.h"
#include "daemon/history.h"
#include "daemon/run_once.h"
#include "model/result.h"
#include "storage/connection.h"
#include "storage/queries.h"
#include "tests/fakes/sample_site.h"
#include "tests/fakes/site.h"
#include "tests/integration/postgres.h"
#include "tests/integration/told.h"

namespace agreementd::daemon {
namespace {

using fakes::Reply;
using fakes::SampleList;
using fakes::SampleSite;
using fakes::Site;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::told;
using ::testing::UnorderedElementsAre;

constexpr const char* samples_folder = AGREEMENTD_BINARY_DIR "/samples/lists";

class FixedClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override { return *parse_instant("2026-01-01T12:00:00Z"); }
};

/// A page that links these files of /doclib/.
std::string page_linking(const std::vector<std::string>& names) {
  std::string html = "<html><body>";
  for (const auto& name : names) html += "<a href=\"/doclib/" + name + "\">Agencies</a> ";
  return html + "</body></html>";
}

Reply good(const std::string& body) {
  Reply reply;
  reply.body = body;
  return reply;
}

Reply status(int code) {
  Reply reply;
  reply.status = code;
  reply.body = "<html>as the server puts it</html>";
  return reply;
}

class Poll : public testing::DatabaseTest {
 protected:
  Poll() { options_.page = site_.url("/287g"); }

  PollReport poll() {
    fetchers::Settings settings;
    settings.user_agent = "agreementd/test";
    settings.attempts = 1;
    settings.timeout = std::chrono::milliseconds{500};
    settings.largest_body = 1U << 20U;
    fetchers::Fetcher fetcher(settings,
                              {clock_, [](auto, const auto&) { return true; }, [] { return 0.5; }});
    auto store = connect();
    return run_once(store, fetcher, options_, clock_);
  }

  /// The sample list of that name.
  static const SampleList& sample(const std::string& name) {
    static const auto lists = fakes::sample_timeline(samples_folder);
    const auto found = std::find_if(lists.begin(), lists.end(),
                                    [&](const SampleList& list) { return list.file_name == name; });
    if (found == lists.end()) throw Failure("no sample list " + name);
    return *found;
  }
  void serve_list(const std::string& name) {
    site_.serve("/doclib/" + name, good(sample(name).bytes));
  }
  /// A source as it should be: a page that links both lists.
  void serve_both_lists() {
    serve_list(participating_);
    serve_list(pending_);
    site_.serve("/287g", good(page_linking({participating_, pending_})));
  }

  void poll_until(SampleSite& samples, const std::string& file_name) {
    while (!samples.shows(file_name) && !samples.advance().empty()) poll();
  }

  std::map<std::string, int> row_counts() {
    auto store = connect("postgres");
    std::map<std::string, int> counts;
    const auto tables =
        store.connection().query("SELECT tablename FROM pg_tables WHERE schemaname = 'agreementd'");
    for (const auto& row : tables.rows)
      counts[*row[0]] = std::stoi(ask(store, "SELECT count(*) FROM agreementd." + *row[0]));
    return counts;
  }
  std::map<std::string, int> rows_written_by(const std::function<void()>& act) {
    const auto before = row_counts();
    act();
    std::map<std::string, int> grown;
    for (const auto& [table, count] : row_counts())
      if (count != before.at(table)) grown[table] = count - before.at(table);
    return grown;
  }

  /// `kind subject` of the open notices.
  std::vector<std::string> notices() {
    std::vector<std::string> open;
    for (const auto& row : storage::open_notices(store_).rows)
      open.push_back(*row[0] + " " + *row[1]);
    return open;
  }
  std::vector<std::string> column(const std::string& sql) {
    std::vector<std::string> values;
    for (const auto& row : store_.connection().query(sql).rows)
      values.push_back(row[0].value_or("NULL"));
    return values;
  }
  std::vector<std::string> outcomes() {
    return column("SELECT outcome FROM fetches ORDER BY fetch_id");
  }
  std::string list_url() { return site_.url("/doclib/" + participating_); }

  const std::string participating_ = "participatingAgencies03062025pm.xlsx";
  const std::string pending_ = "pendingAgencies03072025pm.xlsx";
  FixedClock clock_;
  Site site_;
  PollOptions options_;
};

using Grown = std::map<std::string, int>;

// ---- What is kept

TEST_F(Poll, TheListsOfThePageBecomeEditions) {
  serve_both_lists();
  const auto report = poll();
  EXPECT_EQ(report.new_editions, 2);
  EXPECT_THAT(report.failures, IsEmpty());
  EXPECT_THAT(report.notices, IsEmpty());
  EXPECT_THAT(outcomes(), ElementsAre("ok", "ok", "ok"));
  EXPECT_EQ(ask(store_, "SELECT count(*) FROM unfolded"), "0");
}

TEST_F(Poll, AnUnchangedPollWritesOneFetchPerUrlAndNothingElse) {
  serve_both_lists();
  poll();
  EXPECT_EQ(rows_written_by([&] { poll(); }), (Grown{{"fetches", 3}}));
}

TEST_F(Poll, WhatDidNotChangeIsNotFetchedAgain) {
  SampleSite samples(site_, fakes::sample_timeline(samples_folder));
  while (!samples.shows(pending_)) ASSERT_FALSE(samples.advance().empty());
  poll();
  EXPECT_EQ(rows_written_by([&] { poll(); }), (Grown{{"fetches", 3}}));
  EXPECT_THAT(column("SELECT outcome FROM fetches ORDER BY fetch_id DESC LIMIT 3"),
              ElementsAre("not_modified", "not_modified", "not_modified"));
}

TEST_F(Poll, APageWhoseLinksAreTheSameIsNotKeptAgain) {
  serve_both_lists();
  poll();
  site_.serve("/287g", good(page_linking({participating_, pending_}) + "<!-- served at noon -->"));
  EXPECT_EQ(rows_written_by([&] { poll(); }), (Grown{{"fetches", 3}}));
}

TEST_F(Poll, APageWhoseLinksDifferIsKept) {
  serve_both_lists();
  poll();
  site_.serve("/287g", good(page_linking({pending_, participating_})));
  EXPECT_EQ(rows_written_by([&] { poll(); }), (Grown{{"documents", 1}, {"fetches", 3}}));
}

TEST_F(Poll, APageThatCarriesTheRosterIsAList) {
  const std::string roster = "287g-20210112151500.html";
  site_.serve("/287g", good(sample(roster).bytes));
  const auto report = poll();
  EXPECT_EQ(report.asked.at(0).list, List::participating);
  EXPECT_EQ(report.new_editions, 1);
}

TEST_F(Poll, AListItselfMayBePolled) {
  serve_list(participating_);
  options_.page = list_url();
  const auto report = poll();
  EXPECT_EQ(report.new_editions, 1);
  EXPECT_THAT(report.failures, IsEmpty());
}

TEST_F(Poll, AListIsWhatItsContentSaysWhateverThePageCallsIt) {
  serve_list("participatingAgencies07152025pm.xlsx");  // it is the pending list
  site_.serve("/287g", good(page_linking({"participatingAgencies07152025pm.xlsx"})));
  EXPECT_EQ(poll().asked.at(1).list, List::pending);
  EXPECT_THAT(notices(), UnorderedElementsAre("link_missing participating",
                                              "mislabelled participatingAgencies07152025pm.xlsx"));
}

// ---- What goes wrong: told once, kept as evidence, and never the fold's

struct Trouble {
  const char* outcome;
  std::function<void(Site&, const std::string& path)> cause;
};

std::ostream& operator<<(std::ostream& out, const Trouble& trouble) {
  return out << trouble.outcome;
}

class ListTrouble : public Poll, public ::testing::WithParamInterface<Trouble> {};

TEST_P(ListTrouble, IsToldOnceAndEndsNothing) {
  serve_both_lists();
  poll();
  const auto editions = row_counts().at("editions");
  GetParam().cause(site_, "/doclib/" + participating_);
  EXPECT_FALSE(poll().failures.empty());
  const std::string notice = std::string(GetParam().outcome) + " " + list_url();
  EXPECT_THAT(notices(), ElementsAre(notice));
  EXPECT_THAT(column("SELECT outcome FROM fetches WHERE url = '" + list_url() + "' ORDER BY 1"),
              Contains(GetParam().outcome));
  EXPECT_EQ(rows_written_by([&] { poll(); }).count("notices"), 0U) << "told once, not per poll";
  EXPECT_EQ(row_counts().at("editions"), editions);
  EXPECT_EQ(row_counts().at("entries"), 0);
  serve_both_lists();
  EXPECT_THAT(poll().failures, IsEmpty());
  EXPECT_THAT(notices(), IsEmpty()) << "it is over";
}

Trouble answering(const char* outcome, const Reply& reply) {
  return {outcome, [reply](Site& site, const std::string& path) { site.serve(path, reply); }};
}

Reply cut_off() {
  Reply reply = good(std::string(1000, 'x'));
  reply.cut_after = 10;
  return reply;
}

Reply huge() {
  Reply reply = good(std::string(1U << 16U, 'x'));
  reply.repeat = 64;
  return reply;
}

Reply silent() {
  Reply reply;
  reply.silent = true;
  return reply;
}

Reply hung_up() {
  Reply reply;
  reply.close_at_once = true;
  return reply;
}

Reply leading_to(const std::string& url) {
  Reply reply = status(302);
  reply.headers = {{"Location", url}};
  return reply;
}

INSTANTIATE_TEST_SUITE_P(
    Outcomes, ListTrouble,
    ::testing::Values(
        answering("blocked", status(403)),
        answering("blocked", good("<html><title>Access Denied</title></html>")),
        answering("blocked", good("<html><a href='/list.xlsx'>no barrier, but no list</a></html>")),
        answering("not_yet_there", status(404)), answering("empty", good("")),
        answering("truncated", cut_off()), answering("truncated", good("PK\x03\x04 and no more")),
        answering("too_large", huge()), answering("wrong_type", good("%PDF-1.7")),
        answering("timeout", silent()), answering("connection_failure", hung_up()),
        answering("server_error", status(503)), answering("client_error", status(418)),
        answering("host_refused", leading_to("https://elsewhere.example/list.xlsx"))));

TEST_F(Poll, APageThatIsNotToBeHadIsToldOnceAndEndsNothing) {
  serve_both_lists();
  poll();
  const std::vector<std::pair<std::string, Reply>> troubles = {
      {"blocked", status(403)},      {"blocked", good("<title>Just a moment...</title>")},
      {"not_found", status(404)},    {"link_missing", good("<html><a href='/'>Home</a></html>")},
      {"empty", good("")},           {"wrong_type", good("%PDF-1.7")},
      {"server_error", status(500)}, {"timeout", silent()}};
  for (const auto& [outcome, reply] : troubles) {
    site_.serve("/287g", reply);
    EXPECT_FALSE(poll().failures.empty()) << outcome;
    poll();
    EXPECT_THAT(notices(), ElementsAre(outcome + " " + options_.page));
  }
  EXPECT_EQ(row_counts().at("entries"), 0);
  EXPECT_EQ(ask(store_, "SELECT count(*) FROM editions"), "2");
  serve_both_lists();
  poll();
  EXPECT_THAT(notices(), IsEmpty());
}

TEST_F(Poll, RobotsAreObeyedAndToldSo) {
  serve_both_lists();
  site_.serve("/robots.txt", good("User-agent: *\nDisallow: /doclib/\n"));
  EXPECT_FALSE(poll().failures.empty());
  EXPECT_THAT(outcomes(), ElementsAre("ok", "robots", "robots"));
  EXPECT_EQ(site_.hits("/doclib/" + participating_), 0);
}

TEST_F(Poll, AHostWithoutAnAddressIsADnsFailure) {
  options_.page = "https://no-such-host.invalid/287g";
  EXPECT_FALSE(poll().failures.empty());
  EXPECT_THAT(notices(), ElementsAre("dns_failure " + options_.page));
}

TEST_F(Poll, AServerThatSpeaksNoTlsIsATlsFailure) {
  options_.page = "https" + site_.url("/287g").substr(4);
  EXPECT_FALSE(poll().failures.empty());
  EXPECT_THAT(notices(), ElementsAre("tls_failure " + options_.page));
}

TEST_F(Poll, ALinkToAHostThatIsNotAllowedIsNotFollowed) {
  serve_both_lists();
  site_.serve("/287g", good(page_linking({participating_, pending_}) +
                            "<a href='https://elsewhere.example/participating.xlsx'>Agencies</a>"));
  EXPECT_FALSE(poll().failures.empty());
  EXPECT_THAT(notices(), ElementsAre("host_refused https://elsewhere.example/participating.xlsx"));
}

TEST_F(Poll, AFileThatIsNotYetThereIsToBeTriedAgainSoon) {
  serve_both_lists();
  site_.remove("/doclib/" + pending_);
  const auto report = poll();
  EXPECT_EQ(report.again_after, std::chrono::seconds{120});
  EXPECT_EQ(report.new_editions, 1) << "the other list is had all the same";
}

TEST_F(Poll, HowLongTheSourceWantsToBeLeftAloneIsHandedOn) {
  Reply busy = status(503);
  busy.headers = {{"Retry-After", "3600"}};
  site_.serve("/287g", busy);
  EXPECT_EQ(poll().again_after, std::chrono::seconds{3600});
}

TEST_F(Poll, AListWhoseLinkVanishesIsToldAndStaysListed) {
  serve_both_lists();
  poll();
  site_.serve("/287g", good(page_linking({participating_})));
  const auto report = poll();
  EXPECT_THAT(report.failures, IsEmpty());
  EXPECT_THAT(notices(), ElementsAre("link_missing pending"));
  EXPECT_EQ(row_counts().at("entries"), 0);
  poll();
  serve_both_lists();
  poll();
  EXPECT_THAT(notices(), IsEmpty());
}

TEST_F(Poll, AnUnreadableListIsKeptAndToldUntilItIsReplacedAlsoWhereItIsNotModified) {
  serve_both_lists();
  Reply old_workbook = good("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 an old workbook");
  site_.serve("/doclib/" + participating_,
              fakes::document(old_workbook.body, "application/vnd.ms-excel",
                              "Thu, 06 Mar 2025 21:00:00 GMT", "\"old\""));
  poll();
  EXPECT_EQ(ask(store_, "SELECT count(*) FROM documents WHERE reading_error IS NOT NULL"), "2")
      << "the page and the workbook";
  EXPECT_FALSE(poll().failures.empty()) << "304, and still unreadable";
  EXPECT_THAT(outcomes(), Contains("not_modified"));
  EXPECT_THAT(notices(), ElementsAre("unreadable " + list_url()));
}

TEST_F(Poll, AnotherWorkbookThatIsNoListIsNoFailure) {
  serve_both_lists();
  site_.serve("/doclib/arrests.xlsx", good("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 arrests"));
  site_.serve("/287g", good(page_linking({participating_, pending_}) +
                            "<a href='/doclib/arrests.xlsx'>Arrests by month</a>"));
  EXPECT_THAT(poll().failures, IsEmpty());
  EXPECT_THAT(notices(), IsEmpty());
}

TEST_F(Poll, OnlyTheFirstBarrierOfARowIsKept) {
  serve_both_lists();
  poll();
  const auto before = row_counts().at("documents");
  for (const auto* mark : {"1", "2", "3"}) {
    site_.serve("/287g", good("<title>Access Denied</title> Reference #" + std::string(mark)));
    poll();
  }
  EXPECT_EQ(row_counts().at("documents"), before + 1);
}

TEST_F(Poll, NoticesOfWhatThePageLinksStayWhileThePageIsAway) {
  serve_both_lists();
  site_.serve("/doclib/" + participating_, status(403));
  poll();
  site_.serve("/287g", status(500));
  poll();
  EXPECT_THAT(notices(),
              UnorderedElementsAre("blocked " + list_url(), "server_error " + options_.page));
}

// ---- What it means to the history

TEST_F(Poll, AnOlderListLinkedAgainUnderItsNameIsAStaleLinkAndChangesNothing) {
  SampleSite samples(site_, fakes::sample_timeline(samples_folder));
  poll_until(samples, "participatingAgencies03072025pm.xlsx");
  site_.serve("/287g", good(page_linking({participating_})));
  const auto entries = row_counts().at("entries");
  const auto report = poll();
  EXPECT_THAT(report.failures, IsEmpty());
  EXPECT_THAT(notices(), Contains("stale_link " + list_url()));
  EXPECT_EQ(row_counts().at("entries"), entries);
  poll();
  EXPECT_THAT(notices(), Contains("stale_link " + list_url())) << "304, and still stale";
}

TEST_F(Poll, ThroughAllEditionsTellsWhatAnImportOfThemTells) {
  SampleSite samples(site_, fakes::sample_timeline(samples_folder));
  std::size_t quarantined = 0;
  while (!samples.advance().empty()) quarantined += poll().quarantined.size();
  EXPECT_EQ(quarantined, 1U);
  EXPECT_EQ(ask(store_, "SELECT count(*) FROM change_log WHERE cause <> 'edition'"), "0");

  const auto other = testing::Cluster::get().create_database();
  {
    storage::Store imported(testing::Cluster::get().uri(other, "agreementd_writer"));
    import_lists(imported, collect_lists({samples_folder}).candidates, {}, clock_, [](int, int) {});
    const auto by_import = told(imported);
    EXPECT_GT(by_import.size(), 50U);
    EXPECT_THAT(told(store_), ::testing::ContainerEq(by_import));
  }
  testing::Cluster::get().drop_database(other);
}

TEST_F(Poll, WhatComesLateIsArchive) {
  serve_list("participatingAgencies03062025pm.xlsx");
  serve_list("participatingAgencies03072025pm.xlsx");
  serve_list("participatingAgencies03182025pm.xlsx");
  const auto poll_with = [&](const std::vector<std::string>& names) {
    site_.serve("/287g", good(page_linking(names)));
    return poll();
  };
  poll_with({"participatingAgencies03062025pm.xlsx"});
  poll_with({"participatingAgencies03182025pm.xlsx"});
  EXPECT_EQ(ask(store_, "SELECT count(*) FROM change_log WHERE cause <> 'edition'"), "0");
  const auto report = poll_with({"participatingAgencies03072025pm.xlsx"});
  ASSERT_FALSE(report.entries.empty());
  for (const auto& entry : report.entries) EXPECT_EQ(entry.cause, Cause::archive);
}

TEST_F(Poll, APollThatWouldTakeBackMuchIsHeldUntilAPersonHasLooked) {
  const auto poll_with = [&](const std::string& name) {
    serve_list(name);
    site_.serve("/287g", good(page_linking({name})));
    return poll();
  };
  poll_with("participatingAgencies03062025pm.xlsx");
  poll_with("participatingAgencies07292025amB.xlsx");
  const auto before = told(store_);
  options_.retraction_limit = 3;
  const auto report = poll_with("participatingAgencies06122025pm2.xlsx");
  ASSERT_EQ(report.quarantined.size(), 1U);
  EXPECT_THAT(report.quarantined[0].reason, HasSubstr("would take back"));
  EXPECT_EQ(told(store_), before);
  EXPECT_EQ(ask(store_, "SELECT decided_by FROM verdicts"), "agreementd");
  EXPECT_THAT(notices(), Contains(HasSubstr("quarantined ")));

  give_verdict(store_, "participatingAgencies06122025pm2.xlsx", VerdictKind::approve, "ann", "so",
               clock_);
  EXPECT_NE(told(store_), before);
}

TEST_F(Poll, WhatWasHeldBackWhileNewestIsNewsWhenAPersonBelievesIt) {
  SampleSite samples(site_, fakes::sample_timeline(samples_folder));
  poll_until(samples, "participatingAgencies07252025am.xlsx");
  const auto approved = give_verdict(store_, "participatingAgencies07252025am.xlsx",
                                     VerdictKind::approve, "ann", "so", clock_);
  ASSERT_FALSE(approved.entries.empty());
  for (const auto& entry : approved.entries) EXPECT_EQ(entry.cause, Cause::edition);
}

TEST_F(Poll, WhatAPollStoredAndDidNotFoldIsFoldedByTheNext) {
  serve_both_lists();
  const auto& list = sample(participating_);
  Fetch fetch;
  fetch.origin = Origin::poll;
  fetch.at = clock_.now();
  fetch.url = list_url();
  fetch.document = sha256(list.bytes);
  fetch.file_name = list.file_name;
  store_.add_poll(fetch, list.bytes);  // and then the program died
  site_.serve("/287g", status(503));
  const auto report = poll();
  EXPECT_EQ(report.new_editions, 1);
  EXPECT_FALSE(report.failures.empty());
}

TEST_F(Poll, ToldToStopItLeavesWhatItStoredToTheNext) {
  serve_both_lists();
  std::stop_source stop;
  site_.serve("/doclib/" + pending_, [&](const fakes::Received&) {
    stop.request_stop();
    return silent();
  });
  fetchers::Fetcher fetcher(fetchers::Settings{}, fetchers::real_effects(clock_));
  EXPECT_THROW(run_once(store_, fetcher, options_, clock_, stop.get_token()), fetchers::Cancelled);
  EXPECT_EQ(ask(store_, "SELECT count(*) FROM editions"), "0");
  serve_list(pending_);
  EXPECT_EQ(poll().new_editions, 2);
}

}  // namespace
}  // namespace agreementd::daemon
