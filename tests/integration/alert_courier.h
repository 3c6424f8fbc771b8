#pragma once

#include <deque>
#include <map>
#include <random>
#include <set>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "alerts/courier.h"
#include "alerts/webhook.h"
#include "fetchers/fetcher.h"
#include "tests/integration/postgres.h"
#include "tests/integration/storage_examples.h"

/// A courier on a real database, and a sender that keeps what it was given.
namespace agreementd::testing {

using namespace std::chrono_literals;
using alerts::Content;
using alerts::Sent;
using fetchers::Delivery;

class TurnedClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override { return now_; }
  void turn(std::chrono::seconds by) { now_ += by; }

 private:
  Instant now_ = noon(day(2025, 9, 5));
};

/// Keeps what it was given, by what it is made of: seqs, or the notice's kind.
class KeptSender final : public alerts::Sender {
 public:
  Sent send(const Content& content, std::stop_token /*stop*/) override {
    if (cut_off) throw fetchers::Cancelled();
    ids.push_back(message_id(content));
    texts.push_back(text_of(content));
    if (answers.empty()) return {Delivery::delivered, "", {}, ""};
    auto answer = answers.front();
    answers.pop_front();
    return answer;
  }
  void answer(Delivery delivery, std::optional<std::chrono::seconds> retry_after = {}) {
    answers.push_back({delivery, "as it was", retry_after, ""});
  }

  std::deque<Sent> answers;
  bool cut_off = false;
  std::vector<std::string> ids, texts;

 private:
  static std::string text_of(const Content& content) {
    if (const auto* notice = std::get_if<alerts::NoticeMessage>(&content))
      return (notice->closed_at ? "closed " : "opened ") + notice->notice.kind;
    std::string text;
    for (const auto& item : std::get<alerts::Message>(content).items)
      text += (text.empty() ? "" : " ") + std::to_string(item.logged.entry.seq);
    return text;
  }
};

class CourierTest : public DatabaseTest {
 protected:
  CourierTest() {
    small_.store_in(store_, clock_.now());
    sink_.name = "desk";
    sink_.digest = alerts::Digest::none;
  }

  void enter() {
    courier_.emplace(sink_, sender_, clock_, [] { return 0.0; });
    take_up(*courier_);
  }
  void take_up(alerts::Courier& courier) {
    const auto& sink = courier.sink();
    courier.serve(storage::register_sink(store_, sink.name, sink.tells, sha256("there")).term);
  }
  void append(std::vector<Change> changes) { record(std::move(changes), Cause::edition); }
  /// As after a person decided something.
  void decide(std::vector<Change> changes) { record(std::move(changes), Cause::decision); }
  void record(std::vector<Change> changes, Cause cause) {
    Difference difference;
    for (auto& each : changes) difference.entries.push_back({cause, std::move(each)});
    clock_.turn(1s);
    const auto consequences = store_.begin_consequences();
    consequences->write(difference, clock_.now(), {1, {}});
    consequences->commit();
  }
  /// That application left as signed: it became the agreement of `added_`.
  [[nodiscard]] Change leaving() const {
    auto application = ended_;
    application.list = List::pending;
    application.agreement_id = "ACCCCCCCC";
    application.reason = "signed";
    application.related_id = added_.agreement_id;
    return application;
  }
  alerts::Step step() { return courier_->step(pool_, pool_, {}); }
  /// Until there is nothing more to do at once; answers the last step.
  alerts::Step run_dry() {
    auto last = step();
    while (last.more) last = step();
    return last;
  }
  std::vector<std::string> open_notices() {
    std::vector<std::string> kinds;
    for (const auto& row :
         store_.connection()
             .query("SELECT kind FROM notices WHERE closed_at IS NULL ORDER BY notice_id")
             .rows)
      kinds.push_back(*row[0]);
    return kinds;
  }

  const SmallHistory small_;
  const Change added_ = change(small_.new_one, ChangeKind::added, small_.later);
  const Change ended_ = change(small_.new_one, ChangeKind::terminated, small_.later);
  TurnedClock clock_;
  alerts::Sink sink_;
  KeptSender sender_;
  storage::Pool pool_{uri("agreementd_writer"), {}, 1};
  std::optional<alerts::Courier> courier_;
};

}  // namespace agreementd::testing
