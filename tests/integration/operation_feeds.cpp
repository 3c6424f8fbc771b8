#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "storage/published.h"
#include "tests/integration/serving.h"
#include "tests/unit/web/client.h"

/// What the service serves of the change log.
namespace agreementd::daemon {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

/// Two editions are recorded; a third is there when the service begins, in which an application
/// became an agreement.
class ServingFeeds : public Serving {
 protected:
  ServingFeeds() {
    poll();
    publish(participating_, "pendingAgencies03142025am.xlsx");
    poll();
    publish("participatingAgencies03182025pm.xlsx", "pendingAgencies03192025am.xlsx");
  }
  /// For the next poll, an hour later.
  void publish(const std::string& participating, const std::string& pending) {
    serve_list(participating);
    serve_list(pending);
    site_.serve("/287g", good(page_linking({participating, pending})));
    clock_.turn(60min);
  }
  void publish_next_edition() {
    publish("participatingAgencies04032025pm.xlsx", "pendingAgencies03192025am.xlsx");
  }
  [[nodiscard]] web::Reply get(const std::string& target, const std::string& headers = "") const {
    return web::answer_to(
        port_.value_or(0),
        "GET " + target + " HTTP/1.1\r\nHost: tracker.example.org\r\n" + headers + "\r\n");
  }
  [[nodiscard]] std::vector<json> items(const std::string& target = "/changes.json") const {
    return json::parse(get(target).body)["items"];
  }
  std::string kept_;
  std::string count(const std::string& condition) {
    return ask(store_, "SELECT count(*) FROM change_log WHERE " + condition);
  }
};

TEST_F(ServingFeeds, HoldWhatEditionsChangedInSubstanceTheNewestFirst) {
  serve({[this] { publish_next_edition(); }, [] {},
         [this] {
           const auto feed = items();
           ASSERT_GT(feed.size(), 3U);
           for (std::size_t i = 1; i < feed.size(); ++i)
             EXPECT_LT(feed[i]["_agreementd"]["entry"]["seq"],
                       feed[i - 1]["_agreementd"]["entry"]["seq"]);
           EXPECT_EQ(std::to_string(feed.size()),
                     count("cause = 'edition' AND significance = 'substantive'"
                           " AND reason IS DISTINCT FROM 'signed'"));
           EXPECT_THAT(std::string(feed[0]["id"]), StartsWith("ni:///sha-256;"));
         }});
}

TEST_F(ServingFeeds, AreTheSameForEachStateAlone) {
  serve({[this] {
    const auto of = [](const std::vector<json>& feed, const std::string& state) {
      std::vector<json> own;
      for (const auto& item : feed)
        if (item["_agreementd"]["entry"]["state"] == state) own.push_back(item);
      return own;
    };
    EXPECT_THAT(of(items(), "NV"), Not(IsEmpty()));
    EXPECT_EQ(items("/states/NV/changes.json"), of(items(), "NV"));
    EXPECT_THAT(items("/states/WY/changes.json"), IsEmpty());
    EXPECT_THAT(get("/states/NV/changes.atom").body, HasSubstr("<feed "));
    EXPECT_EQ(get("/states/XX/changes.atom").status, 404);
  }});
}

TEST_F(ServingFeeds, WhatWasShownIsShownTheSameEverAfter) {
  std::vector<json> before;
  serve({[&] {
           before = items();
           publish_next_edition();
         },
         [] {},
         [&] {
           const auto after = items();
           ASSERT_GT(after.size(), before.size());
           EXPECT_TRUE(std::equal(before.rbegin(), before.rend(), after.rbegin()));
         }});
}

TEST_F(ServingFeeds, WhoHasAllOfItIsToldSoUntilThereIsMore) {
  serve({[this] {
           for (const auto* page : {"/changes.atom", "/changes.json", "/states/NV/changes.json",
                                    "/api/v1/changes?after=3"}) {
             const auto first = get(page);
             EXPECT_EQ(first.status, 200);
             EXPECT_EQ(first.header("cache-control"), "no-cache");
             const auto again = get(page, "If-None-Match: \"x\", " + first.header("etag") + "\r\n");
             EXPECT_EQ(again.status, 304) << page;
             EXPECT_EQ(again.body, "");
             EXPECT_EQ(again.header("etag"), first.header("etag"));
             EXPECT_EQ(get(page, "If-None-Match: \"x\"\r\n").status, 200);
             EXPECT_EQ(first.header("last-modified"), "Thu, 01 Jan 2026 14:00:00 GMT");
             const auto by_time = "If-Modified-Since: " + first.header("last-modified") + "\r\n";
             EXPECT_EQ(get(page, by_time).status, 304);
             // The tag counts where there are both.
             EXPECT_EQ(get(page, "If-None-Match: \"x\"\r\n" + by_time).status, 200);
           }
           kept_ = get("/changes.atom").header("etag");
           publish_next_edition();
         },
         [] {},
         [this] {
           EXPECT_EQ(get("/changes.atom", "If-None-Match: " + kept_ + "\r\n").status, 200);
           EXPECT_EQ(
               get("/changes.atom", "If-Modified-Since: Thu, 01 Jan 2026 14:00:00 GMT\r\n").status,
               200);
         }});
}

TEST_F(ServingFeeds, ASecondWithTwoRunsIsNoTimeToGoBy) {
  serve({[this] {
    EXPECT_NE(get("/changes.atom").header("last-modified"), "");
    // As another process would, in the same second.
    const auto texts = storage::entry_texts(store_, 0, 1);
    auto change = parse_entry(texts.at(0))->change;
    change.kind = ChangeKind::terminated;
    change.reason = "unlisted";
    Difference difference;
    difference.entries = {{Cause::edition, change}};
    const auto consequences = store_.begin_consequences();
    consequences->write(difference, clock_.now(), {1, {}});
    consequences->commit();
    const auto reply = get("/changes.atom", "If-Modified-Since: Thu, 01 Jan 2026 14:00:00 GMT\r\n");
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.header("last-modified"), "");
    EXPECT_NE(reply.header("etag"), "");
  }});
}

TEST_F(ServingFeeds, TheEntriesThemselvesAreTheLogByteForByte) {
  serve({[this] {
    const auto all =
        ask(store_, "SELECT string_agg(entry || E'\\n', '' ORDER BY seq) FROM entries");
    EXPECT_EQ(get("/api/v1/changes").body, all);
    EXPECT_EQ(get("/api/v1/changes").header("content-type"), "application/x-ndjson");
    std::string pages;
    std::int64_t after = 0;
    while (true) {
      const auto page = get("/api/v1/changes?limit=2&after=" + std::to_string(after)).body;
      if (page.empty()) break;
      EXPECT_LE(std::ranges::count(page, '\n'), 2);
      pages += page;
      after = json::parse(page.substr(page.rfind('\n', page.size() - 2) + 1))["seq"];
    }
    EXPECT_EQ(pages, all);
  }});
}

TEST_F(ServingFeeds, WhatIsNoNumberIsA400ThatSaysWhatIs) {
  serve({[this] {
    for (const auto* target :
         {"/api/v1/changes?after=x", "/api/v1/changes?after=-1",
          "/api/v1/changes?after=", "/api/v1/changes?after=1%20", "/api/v1/changes?limit=0",
          "/api/v1/changes?limit=1001", "/api/v1/changes?after=99999999999999999999",
          "/changes.json?before=0", "/changes.atom?before=1;DROP"}) {
      const auto reply = get(target);
      EXPECT_EQ(reply.status, 400) << target;
      EXPECT_EQ(std::ranges::count(reply.body, '\n'), 1) << target;
    }
  }});
}

TEST_F(ServingFeeds, LinksLeadWhereTheRequestWentOrWhereTheConfigurationSays) {
  const auto own = [this] { return json::parse(get("/changes.json").body)["feed_url"]; };
  serve({[&] {
    EXPECT_EQ(own(), "http://tracker.example.org/changes.json");
    const auto hostile =
        web::answer_to(*port_, "GET /changes.json HTTP/1.1\r\nHost: \"><x\r\n\r\n");
    EXPECT_EQ(json::parse(hostile.body)["feed_url"], "http://localhost/changes.json");
  }});
  configuration_.http.public_url = "https://example.org/287g";
  serve({[&] { EXPECT_EQ(own(), "https://example.org/287g/changes.json"); }});
}

TEST_F(ServingFeeds, An503WhileTheDatabaseIsAwayAndThereAgainAfterwards) {
  serve({[this] {
    EXPECT_EQ(get("/changes.json").status, 200);
    take_database_away(true);
    for (const auto* page : {"/changes.json", "/states/NV/changes.atom", "/api/v1/changes"}) {
      EXPECT_EQ(get(page).status, 503) << page;
      EXPECT_EQ(get(page).body, "the database cannot be asked now: ask again in some seconds\n");
    }
    EXPECT_EQ(get("/healthz").status, 200);
    take_database_away(false);
  }});
  serve({[this] { EXPECT_EQ(get("/changes.json").status, 200); }});
}

TEST_F(ServingFeeds, OneOfAServerThatWasStartedAnewIsAnsweredAtOnce) {
  serve({[this] {
    EXPECT_EQ(get("/changes.json").status, 200);
    take_database_away(true);
    take_database_away(false);
    EXPECT_EQ(get("/changes.json").status, 200);
  }});
}

}  // namespace
}  // namespace agreementd::daemon
