// What goes wrong with the source: told once, kept as evidence, and never the fold's.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/integration/poll_test.h"

namespace agreementd::daemon {
namespace {

using fakes::Reply;
using fakes::Site;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

struct Trouble {
  const char* outcome;
  std::function<void(Site&, const std::string& path)> cause;
};

std::ostream& operator<<(std::ostream& out, const Trouble& trouble) {
  return out << trouble.outcome;
}

class ListTrouble : public Poll, public ::testing::WithParamInterface<Trouble> {};

TEST_P(ListTrouble, IsToldOnceAndEndsNothing) {
  poll_both_lists_after_another();
  const auto editions = row_counts().at("editions");
  const auto entries = row_counts().at("entries");
  ASSERT_GT(entries, 0);
  GetParam().cause(site_, "/doclib/" + participating_);
  EXPECT_FALSE(poll().failures.empty());
  const std::string notice = std::string(GetParam().outcome) + " " + list_url();
  EXPECT_THAT(notices(), ElementsAre(notice));
  EXPECT_THAT(column("SELECT outcome FROM fetches WHERE url = '" + list_url() + "' ORDER BY 1"),
              Contains(GetParam().outcome));
  EXPECT_EQ(rows_written_by([&] { poll(); }).count("notices"), 0U) << "told once, not per poll";
  EXPECT_EQ(row_counts().at("editions"), editions);
  EXPECT_EQ(row_counts().at("entries"), entries);
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
  poll_both_lists_after_another();
  const auto entries = row_counts().at("entries");
  ASSERT_GT(entries, 0);
  const std::vector<std::pair<std::string, Reply>> troubles = {
      {"blocked", status(403)},      {"blocked", good("<title>Just a moment...</title>")},
      {"not_found", status(404)},    {"link_missing", good("<html><a href='/'>Home</a></html>")},
      {"empty", good("")},           {"wrong_type", good("%PDF-1.7")},
      {"server_error", status(500)}, {"timeout", silent()}};
  for (const auto& [outcome, reply] : troubles) {
    site_.serve("/287g", reply);
    EXPECT_FALSE(poll().failures.empty()) << outcome;
    EXPECT_THAT(notices(), ElementsAre(outcome + " " + options_.page));
    EXPECT_EQ(rows_written_by([&] { poll(); }), (Grown{{"fetches", 1}})) << outcome;
  }
  EXPECT_EQ(row_counts().at("entries"), entries);
  EXPECT_EQ(ask(store_, "SELECT count(*) FROM editions"), "3");
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
  EXPECT_THAT(notices(), UnorderedElementsAre("robots " + list_url(),
                                              "robots " + site_.url("/doclib/" + pending_)));
  EXPECT_EQ(rows_written_by([&] { poll(); }), (Grown{{"fetches", 3}})) << "told once";
  site_.serve("/robots.txt", status(404));
  EXPECT_THAT(poll().failures, IsEmpty());
  EXPECT_THAT(notices(), IsEmpty());
}

class PageTrouble : public Poll {
 protected:
  /// The page at this address fails so; once it is polled where it is, that is over.
  void expect_told_once(const std::string& outcome, const std::string& address) {
    serve_both_lists();
    const auto where_it_is = options_.page;
    options_.page = address;
    EXPECT_FALSE(poll().failures.empty());
    EXPECT_THAT(notices(), ElementsAre(outcome + " " + address));
    EXPECT_EQ(rows_written_by([&] { poll(); }), (Grown{{"fetches", 1}})) << "told once";
    options_.page = where_it_is;
    EXPECT_THAT(poll().failures, IsEmpty());
    EXPECT_THAT(notices(), IsEmpty()) << "it is over";
  }
};

TEST_F(PageTrouble, AHostWithoutAnAddressIsADnsFailure) {
  expect_told_once("dns_failure", "https://no-such-host.invalid/287g");
}

TEST_F(PageTrouble, AServerThatSpeaksNoTlsIsATlsFailure) {
  expect_told_once("tls_failure", "https" + site_.url("/287g").substr(4));
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

TEST_F(Poll, AFileThatStaysAwayIsNotTriedEveryTwoMinutesForEver) {
  serve_both_lists();
  site_.remove("/doclib/" + pending_);
  poll();
  clock_.turn(std::chrono::minutes{59});
  EXPECT_TRUE(poll().again_after);
  clock_.turn(std::chrono::minutes{2});
  EXPECT_FALSE(poll().again_after);
  EXPECT_THAT(notices(), ElementsAre("not_yet_there " + site_.url("/doclib/" + pending_)));
}

TEST_F(Poll, HowLongTheSourceWantsToBeLeftAloneIsHandedOn) {
  Reply busy = status(503);
  busy.headers = {{"Retry-After", "3600"}};
  site_.serve("/287g", busy);
  EXPECT_EQ(poll().again_after, std::chrono::seconds{3600});
}

TEST_F(Poll, AListWhoseLinkVanishesIsToldAndStaysListed) {
  poll_both_lists_after_another();
  site_.serve("/287g", good(page_linking({participating_})));
  const auto report = poll();
  EXPECT_THAT(report.failures, IsEmpty());
  EXPECT_THAT(report.opened, ElementsAre(Field(&Notice::subject, "pending")));
  EXPECT_THAT(notices(), ElementsAre("link_missing pending"));
  EXPECT_EQ(ask(store_, "SELECT count(*) FROM change_log WHERE kind = 'terminated'"), "1")
      << "Douglas County, which left before";
  const auto again = poll();
  EXPECT_THAT(again.opened, IsEmpty()) << "told before";
  EXPECT_THAT(again.notices, ElementsAre(Field(&Notice::subject, "pending")));
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

TEST_F(Poll, ALinkThatDoesNotSpeakOfTheListsIsNobodysTrouble) {
  serve_both_lists();
  site_.serve("/287g", good(page_linking({participating_, pending_}) +
                            "<a href='/old/budget.xlsx'>Budget 2011</a>"
                            "<a href='https://elsewhere.example/budget.xlsx'>Budget</a>"));
  const auto report = poll();
  EXPECT_EQ(site_.hits("/old/budget.xlsx"), 1);
  EXPECT_THAT(report.failures, IsEmpty());
  EXPECT_THAT(notices(), IsEmpty());
  EXPECT_FALSE(report.again_after);
}

TEST_F(Poll, ABarrierBehindALinkWithoutExtensionIsOne) {
  serve_list(participating_);
  site_.serve("/pending", good("<title>Access Denied</title> errors.edgesuite.net"));
  site_.serve("/287g",
              good(page_linking({participating_}) + "<a href='/pending'>Pending Agencies</a>"));
  EXPECT_FALSE(poll().failures.empty());
  EXPECT_THAT(notices(), ElementsAre("blocked " + site_.url("/pending")));
}

TEST_F(Poll, WhatIsStillToBeAskedAfterTenMinutesWaitsForTheNext) {
  serve_both_lists();
  site_.serve("/doclib/" + participating_, [&](const fakes::Received&) {
    clock_.turn(std::chrono::minutes{11});
    return good(sample(participating_).bytes);
  });
  EXPECT_EQ(poll().failures.size(), 1U);
  EXPECT_THAT(outcomes(), ElementsAre("ok", "ok", "timeout"));
  EXPECT_EQ(site_.hits("/doclib/" + pending_), 0);
  serve_both_lists();
  EXPECT_EQ(poll().new_editions, 1);
}

TEST_F(Poll, WhatIsNoListIsKeptOnceADay) {
  serve_both_lists();
  const auto documents_after = [&](const std::string& junk) {
    site_.serve("/doclib/" + participating_, good("%PDF-1.7 " + junk));
    poll();
    return row_counts().at("documents");
  };
  const auto first = documents_after("at noon");
  EXPECT_EQ(documents_after("at one"), first);
  clock_.turn(std::chrono::hours{23});
  EXPECT_EQ(documents_after("at eleven"), first);
  clock_.turn(std::chrono::hours{1});
  EXPECT_EQ(documents_after("at noon again"), first + 1);
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

}  // namespace
}  // namespace agreementd::daemon
