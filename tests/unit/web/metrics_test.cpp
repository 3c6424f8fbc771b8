#include "web/metrics.h"

#include <chrono>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/web/exposition.h"

namespace agreementd::web {
namespace {

using namespace std::chrono_literals;
using Labels = std::map<std::string, std::string>;

Instant at(std::string_view text) { return parse_instant(text).value(); }

Exposition exposed(const Metrics& metrics) { return read_exposition(metrics.text()); }

TEST(Exposition, TheTestsReaderIsStrict) {
  const std::string head = "# HELP a_total b\n# TYPE a_total counter\n";
  EXPECT_NO_THROW(read_exposition(head + "a_total{x=\"1\"} 1\na_total 2\n"));
  for (const auto& wrong :
       {std::string("a_total 1\n"), head, head + "a_total 1\na_total 2\n", head + "b_total 1\n",
        head + "a_total x\n", head + "a_total{x=1} 1\n", head + "a_total{x=\"\\q\"} 1\n",
        head + "a_total{x=\"1\",x=\"2\"} 1\n", head + "a_total 1", head + "a_total -1\n",
        head + "\na_total 1\n", std::string("# TYPE a_total counter\na_total 1\n"),
        std::string("# HELP a_total b\na_total 1\n"),
        std::string("# HELP a b\n# TYPE a counter\na 1\n"),
        std::string("# HELP a_total b\n# TYPE a_total gauge\na_total 1\n")})
    EXPECT_THROW(read_exposition(wrong), std::runtime_error) << wrong;
}

bool is_one_at_first(const std::string& family, const Series& series) {
  if (family == "agreementd_build_info") return true;
  return family.ends_with("_state") && series.labels.at("state") == "waiting";
}

TEST(Metrics, EverySeriesExistsFromTheStart) {
  const auto text = exposed(Metrics("1.2.3", 13));
  std::set<std::string> names;
  for (const auto& [name, family] : text.families) names.insert(name);
  EXPECT_EQ(names, (std::set<std::string>{
                       "agreementd_build_info",
                       "agreementd_changes_total",
                       "agreementd_database_errors_total",
                       "agreementd_database_up",
                       "agreementd_fetch_duration_seconds",
                       "agreementd_fetches_total",
                       "agreementd_last_edition_timestamp_seconds",
                       "agreementd_last_poll_timestamp_seconds",
                       "agreementd_last_success_timestamp_seconds",
                       "agreementd_leader",
                       "agreementd_list_state",
                       "agreementd_listings",
                       "agreementd_next_poll_timestamp_seconds",
                       "agreementd_open_notices",
                       "agreementd_poll_duration_seconds",
                       "agreementd_quarantined_editions",
                       "agreementd_source_state",
                       "agreementd_spool_bytes",
                       "agreementd_spool_limit_bytes",
                       "agreementd_spool_unreadable_files",
                       "agreementd_dropped_fetches_total",
                       "agreementd_spooled_fetches",
                   }));
  EXPECT_EQ(text.count("agreementd_fetches_total"), outcome_count);
  EXPECT_EQ(text.count("agreementd_changes_total"), 10U);
  EXPECT_EQ(text.count("agreementd_list_state"), 2 * source_state_count);
  EXPECT_EQ(text.count("agreementd_source_state"), source_state_count);
  for (const auto& [name, family] : text.families)
    for (const auto& series : family.series)
      EXPECT_EQ(series.value, is_one_at_first(name, series) ? 1 : 0) << series.metric;
}

TEST(Metrics, EveryOutcomeHasItsSeriesByName) {
  Metrics metrics("1", 1);
  metrics.count_fetch(Outcome::ok, 1s);
  metrics.count_fetch(Outcome::client_error, 1s);
  const auto text = exposed(metrics);
  for (const auto& series : text.families.at("agreementd_fetches_total").series) {
    const auto outcome = parse_outcome(series.labels.at("outcome"));
    ASSERT_TRUE(outcome);
    EXPECT_EQ(series.value, *outcome == Outcome::ok || *outcome == Outcome::client_error ? 1 : 0);
  }
}

TEST(Metrics, BuildInfoTellsVersionAndSchema) {
  EXPECT_EQ(exposed(Metrics("1.2.3", 13))
                .value("agreementd_build_info", {{"version", "1.2.3"}, {"schema", "13"}}),
            1);
}

TEST(Metrics, LabelsAreEscaped) {
  const std::string odd = "1 \"2\"\\3\n4";
  const Metrics metrics(odd, 1);
  EXPECT_NE(metrics.text().find(R"(version="1 \"2\"\\3\n4")"), std::string::npos);
  EXPECT_EQ(exposed(metrics).value("agreementd_build_info", {{"version", odd}, {"schema", "1"}}),
            1);
}

TEST(Metrics, DurationsGoIntoTheBucketsOfTheirKind) {
  Metrics metrics("1", 1);
  metrics.count_fetch(Outcome::ok, 50ms);
  metrics.count_fetch(Outcome::timeout, 119s);
  metrics.count_fetch(Outcome::timeout, 121s);
  metrics.count_poll(at("2026-01-02T03:04:05Z"), 601s, false);
  const auto text = exposed(metrics);
  EXPECT_EQ(text.value("agreementd_fetch_duration_seconds_bucket", {{"le", "0.05"}}), 1);
  EXPECT_EQ(text.value("agreementd_fetch_duration_seconds_bucket", {{"le", "60"}}), 1);
  EXPECT_EQ(text.value("agreementd_fetch_duration_seconds_bucket", {{"le", "120"}}), 2);
  EXPECT_EQ(text.value("agreementd_fetch_duration_seconds_bucket", {{"le", "+Inf"}}), 3);
  EXPECT_DOUBLE_EQ(text.value("agreementd_fetch_duration_seconds_sum"), 240.05);
  EXPECT_EQ(text.value("agreementd_poll_duration_seconds_bucket", {{"le", "0.1"}}), 0);
  EXPECT_EQ(text.value("agreementd_poll_duration_seconds_bucket", {{"le", "600"}}), 0);
  EXPECT_EQ(text.value("agreementd_poll_duration_seconds_count"), 1);
}

TEST(Metrics, OnlyAPollThatHadEverythingIsASuccess) {
  Metrics metrics("1", 1);
  metrics.count_poll(at("2026-01-02T03:04:05.123456Z"), 1s, true);
  metrics.count_poll(at("2026-01-02T04:04:05Z"), 1s, false);
  const auto text = exposed(metrics);
  EXPECT_DOUBLE_EQ(text.value("agreementd_last_success_timestamp_seconds"), 1767323045.123456);
  EXPECT_EQ(text.value("agreementd_last_poll_timestamp_seconds"), 1767326645);
}

TEST(Metrics, TimesOfEarlierRunsCanBeSet) {
  Metrics metrics("1", 1);
  metrics.set_last_poll(at("1970-01-01T00:00:02Z"));
  metrics.set_last_success(at("1970-01-01T00:00:01Z"));
  metrics.set_next_poll(at("1970-01-01T00:00:03Z"));
  EXPECT_EQ(exposed(metrics).value("agreementd_last_poll_timestamp_seconds"), 2);
  EXPECT_EQ(exposed(metrics).value("agreementd_last_success_timestamp_seconds"), 1);
  EXPECT_EQ(exposed(metrics).value("agreementd_next_poll_timestamp_seconds"), 3);
  metrics.set_next_poll(std::nullopt);
  EXPECT_EQ(exposed(metrics).value("agreementd_next_poll_timestamp_seconds"), 0);
}

TEST(Metrics, AListIsInOneStateAndTheOtherListInItsOwn) {
  Metrics metrics("1", 1);
  metrics.set_list_state(List::participating, SourceState::ok);
  metrics.set_list_state(List::participating, SourceState::silent);
  metrics.set_list_state(List::pending, SourceState::unlinked);
  metrics.set_source_state(SourceState::blocked);
  const auto text = exposed(metrics);
  for (const auto& series : text.families.at("agreementd_list_state").series) {
    const auto* const state = series.labels.at("list") == "participating" ? "silent" : "unlinked";
    EXPECT_EQ(series.value, series.labels.at("state") == state ? 1 : 0);
  }
  for (const auto& series : text.families.at("agreementd_source_state").series)
    EXPECT_EQ(series.value, series.labels.at("state") == "blocked" ? 1 : 0);
}

TEST(Metrics, WhatIsToldOfAListIsOfThatList) {
  Metrics metrics("1", 1);
  metrics.set_last_edition(List::pending, at("1970-01-01T00:01:40Z"), 77);
  metrics.set_quarantined_editions(List::participating, 2);
  metrics.count_changes(List::participating, ChangeKind::added, 3);
  metrics.count_changes(List::participating, ChangeKind::added);
  metrics.count_changes(List::pending, ChangeKind::retracted, 0);
  const auto text = exposed(metrics);
  const Labels participating{{"list", "participating"}};
  const Labels pending{{"list", "pending"}};
  EXPECT_EQ(text.value("agreementd_last_edition_timestamp_seconds", pending), 100);
  EXPECT_EQ(text.value("agreementd_last_edition_timestamp_seconds", participating), 0);
  EXPECT_EQ(text.value("agreementd_listings", pending), 77);
  EXPECT_EQ(text.value("agreementd_quarantined_editions", participating), 2);
  EXPECT_EQ(text.value("agreementd_quarantined_editions", pending), 0);
  EXPECT_EQ(text.value("agreementd_changes_total", {{"list", "participating"}, {"kind", "new"}}),
            4);
  EXPECT_EQ(text.value("agreementd_changes_total", {{"list", "pending"}, {"kind", "retracted"}}),
            0);
}

TEST(Metrics, DatabaseSpoolLeaderAndNotices) {
  Metrics metrics("1", 1);
  metrics.count_database_error();
  metrics.set_database_up(true);
  metrics.set_spool({3, 5'000'000'000, 6'000'000'000, 2});
  metrics.count_dropped_fetches(4);
  metrics.set_leader(true);
  metrics.set_open_notices(4);
  const auto text = exposed(metrics);
  EXPECT_EQ(text.value("agreementd_database_errors_total"), 1);
  EXPECT_EQ(text.value("agreementd_database_up"), 1);
  EXPECT_EQ(text.value("agreementd_spooled_fetches"), 3);
  EXPECT_EQ(text.value("agreementd_spool_bytes"), 5e9);
  EXPECT_EQ(text.value("agreementd_spool_limit_bytes"), 6e9);
  EXPECT_EQ(text.value("agreementd_spool_unreadable_files"), 2);
  EXPECT_EQ(text.value("agreementd_dropped_fetches_total"), 4);
  EXPECT_EQ(text.value("agreementd_leader"), 1);
  EXPECT_EQ(text.value("agreementd_open_notices"), 4);
  metrics.set_leader(false);
  metrics.set_database_up(false);
  EXPECT_EQ(exposed(metrics).value("agreementd_leader"), 0);
  EXPECT_EQ(exposed(metrics).value("agreementd_database_up"), 0);
}

TEST(Metrics, ASinkThatIsNoMoreHasNoSeries) {
  Metrics metrics("1", 1);
  metrics.set_sink("desk", {3, 60s, 1});
  metrics.set_sink("duty", {2, 30s, 0});
  metrics.count_delivery("desk", "delivered");
  metrics.count_delivery("duty", "failed");
  metrics.keep_sinks({"desk", "another"});
  const auto text = exposed(metrics);
  EXPECT_EQ(text.value("agreementd_sink_lag_entries", {{"sink", "desk"}}), 3);
  EXPECT_EQ(text.value("agreementd_deliveries_total", {{"outcome", "delivered"}, {"sink", "desk"}}),
            1);
  EXPECT_EQ(metrics.text().find("duty"), std::string::npos);
}

TEST(Metrics, AnyThreadMaySetAndReadAndAStateIsNeverSeenHalfSet) {
  Metrics metrics("1", 1);
  metrics.set_source_state(SourceState::ok);
  constexpr int rounds = 200;
  {
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < 4; ++thread)
      threads.emplace_back([&, thread] {
        for (int i = 0; i < rounds; ++i) {
          metrics.set_source_state(static_cast<SourceState>((i + thread) % 8));
          metrics.count_fetch(Outcome::ok, 1s);
        }
      });
    for (int i = 0; i < rounds / 10; ++i) {
      double states = 0;
      const auto text = exposed(metrics);
      for (const auto& series : text.families.at("agreementd_source_state").series)
        states += series.value;
      EXPECT_EQ(states, 1);
    }
  }
  EXPECT_EQ(exposed(metrics).value("agreementd_fetches_total", {{"outcome", "ok"}}), 4 * rounds);
}

}  // namespace
}  // namespace agreementd::web
