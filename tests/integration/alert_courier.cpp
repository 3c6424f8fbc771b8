// Couriers on a real database, with a sender that answers what the test wants.
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

namespace agreementd::testing {
namespace {

using namespace std::chrono_literals;
using alerts::Content;
using alerts::Sent;
using fetchers::Delivery;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

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
    storage::register_sink(store_, sink_.name, sink_.tells, sha256("there"), clock_.now());
    courier_.emplace(sink_, sender_, clock_, [] { return 0.0; });
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
  alerts::Step step() { return courier_->step(store_, {}); }
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
  std::optional<alerts::Courier> courier_;
};

TEST_F(CourierTest, SendsWhatComesAfterItsBeginningInTheOrderOfTheLogAndThenRests) {
  enter();
  EXPECT_FALSE(step().more);
  append({ended_, added_});
  append({ended_});
  const auto last = run_dry();
  EXPECT_THAT(sender_.texts, ElementsAre("2", "3", "4"));
  EXPECT_FALSE(last.again_at);
  run_dry();
  EXPECT_EQ(sender_.texts.size(), 3U);
}

TEST_F(CourierTest, WhatFailsIsSentAgainUnderTheSameIdAfterGrowingPausesAndNothingIsLeftOut) {
  enter();
  append({ended_, added_});
  for (const auto pause : {5s, 300s, 1800s, 3600s, 3600s}) {
    sender_.answer(Delivery::failed);
    const auto failed = run_dry();
    EXPECT_EQ(failed.outcome, "failed");
    EXPECT_EQ(failed.again_at, clock_.now() + pause);
    clock_.turn(pause - 1s);
    EXPECT_EQ(step().outcome, "") << "not before its time";
    clock_.turn(1s);
  }
  run_dry();
  EXPECT_THAT(sender_.texts, ElementsAre("2", "2", "2", "2", "2", "2", "3"));
  EXPECT_EQ(std::set<std::string>(sender_.ids.begin(), sender_.ids.end()).size(), 2U);
}

TEST_F(CourierTest, TheOperatorIsToldOfTroubleThatLastsAndOfItsEnd) {
  enter();
  append({ended_});
  sender_.answer(Delivery::failed);
  step();
  EXPECT_THAT(open_notices(), IsEmpty()) << "it may pass in seconds";
  clock_.turn(5s);
  sender_.answer(Delivery::failed);
  step();
  EXPECT_THAT(open_notices(), ElementsAre("sink failing"));
  clock_.turn(5min);
  run_dry();
  EXPECT_THAT(open_notices(), IsEmpty());
}

TEST_F(CourierTest, RetryAfterIsHonouredWhereItIsLonger) {
  enter();
  append({ended_});
  sender_.answer(Delivery::failed, 90s);
  EXPECT_EQ(run_dry().again_at, clock_.now() + 90s);
}

TEST_F(CourierTest, NobodyIsWaitedForLongerThanADayWhateverIsAskedAndWhateverTheClockDid) {
  enter();
  append({ended_});
  sender_.answer(Delivery::failed, 24h * 365);
  EXPECT_EQ(run_dry().again_at, clock_.now() + 24h);
  clock_.turn(-24h * 30);  // it was wrong before
  run_dry();
  EXPECT_THAT(sender_.texts, ElementsAre("2", "2"));
}

TEST_F(CourierTest, EachDeadLetterIsANoticeUntilThatMessageIsDelivered) {
  enter();
  append({ended_, added_});
  sender_.answer(Delivery::refused);
  step();
  sender_.answer(Delivery::refused);
  run_dry();
  const auto open = [&] {
    return ask(store_,
               "SELECT string_agg(subject, ', ' ORDER BY subject) FROM notices"
               " WHERE closed_at IS NULL");
  };
  EXPECT_EQ(open(), "desk 2-2, desk 3-3");
  storage::ask_for_replay(store_, "desk", 2, 2, "ann", clock_.now());
  run_dry();
  EXPECT_EQ(open(), "desk 3-3");
}

TEST_F(CourierTest, WhoWasToldOfAnApplicationWithItsSigningIsToldThatItDoesNotHold) {
  enter();
  append({added_, leaving()});
  run_dry();
  append({retraction_of(leaving(), 3)});
  run_dry();
  EXPECT_THAT(sender_.texts, ElementsAre("2", "4"));
}

TEST_F(CourierTest, ThatAnApplicationLeftAgainIsToldThoughItsAgreementWasTold) {
  enter();
  auto back = leaving();
  back.kind = ChangeKind::reinstated;
  back.reason = "gone 3 days";
  back.related_id.clear();
  append({added_, leaving()});
  append({back});
  append({leaving()});
  run_dry();
  EXPECT_THAT(sender_.texts, ElementsAre("2", "4", "5"));
}

TEST_F(CourierTest, ThatAnApplicationLeftIsToldWhereItsAgreementWasRefused) {
  enter();
  append({added_});
  sender_.answer(Delivery::refused);
  run_dry();
  append({leaving()});
  run_dry();
  EXPECT_THAT(sender_.texts, ElementsAre("2", "3"));
}

TEST_F(CourierTest, WhatAClockThatWasAheadRecordedIsToldWithADelayToo) {
  sink_.delay = 1h;
  enter();
  clock_.turn(24h * 365);
  append({ended_});
  clock_.turn(-24h * 365);
  append({added_});
  run_dry();
  EXPECT_THAT(sender_.texts, ElementsAre("2", "3"));
}

TEST_F(CourierTest, WhoWasToldWhatDoesNotHoldIsToldWhatHoldsInsteadWhateverItsCause) {
  enter();
  append({ended_});
  run_dry();
  auto corrected = ended_;
  corrected.effective_date = day(2025, 6, 3);
  decide({retraction_of(ended_, 2), corrected});
  run_dry();
  EXPECT_THAT(sender_.texts, ElementsAre("2", "3", "4"));
  // And once more: what that was put in the place of had passed.
  decide({retraction_of(corrected, 4), ended_});
  run_dry();
  EXPECT_THAT(sender_.texts, ElementsAre("2", "3", "4", "5", "6"));
  // What was decided of something nobody was told is not for this sink.
  decide({added_});
  run_dry();
  EXPECT_EQ(sender_.texts.size(), 5U);
}

TEST_F(CourierTest, WithADelayWhatHoldsInsteadOfWhatWasWithheldIsTold) {
  sink_.delay = 1h;
  enter();
  append({ended_});
  decide({retraction_of(ended_, 2), ended_});
  clock_.turn(1h);
  run_dry();
  EXPECT_THAT(sender_.texts, ElementsAre("4"));
}

TEST_F(CourierTest, WhatDoesNotStandIsNotReplayedAndItsDeadLetterIsOver) {
  enter();
  append({ended_});
  sender_.answer(Delivery::refused);
  run_dry();
  append({retraction_of(ended_, 2)});
  run_dry();
  sender_.texts.clear();
  storage::ask_for_replay(store_, "desk", 2, 2, "ann", clock_.now());
  run_dry();
  EXPECT_THAT(sender_.texts, IsEmpty());
  EXPECT_THAT(open_notices(), IsEmpty());
}

TEST_F(CourierTest, WhatIsRefusedAgainWhenItIsReplayedIsADeadLetterStill) {
  enter();
  append({ended_});
  sender_.answer(Delivery::refused);
  run_dry();
  sender_.answer(Delivery::refused);
  storage::ask_for_replay(store_, "desk", 2, 2, "ann", clock_.now());
  run_dry();
  EXPECT_THAT(open_notices(), ElementsAre("dead letter"));
}

TEST_F(CourierTest, WhatIsReplayedIsSentWheneverItWasRecorded) {
  enter();
  append({ended_});
  run_dry();
  clock_.turn(-1h);
  storage::ask_for_replay(store_, "desk", 2, 2, "ann", clock_.now());
  run_dry();
  EXPECT_THAT(sender_.texts, ElementsAre("2", "2"));
}

TEST_F(CourierTest, AMessageRefusedForGoodIsADeadLetterAtOnceAndTheNextIsSent) {
  enter();
  append({ended_, added_});
  sender_.answer(Delivery::refused);
  run_dry();
  EXPECT_THAT(sender_.texts, ElementsAre("2", "3"));
  EXPECT_THAT(open_notices(), ElementsAre("dead letter"));
  EXPECT_THAT(ask(store_, "SELECT text FROM notices"), HasSubstr("replay --sink desk --from 2"));
}

TEST_F(CourierTest, ASinkThatIsGoneIsSentNothingUntilAPersonSaysSo) {
  enter();
  append({ended_});
  sender_.answer(Delivery::gone);
  run_dry();
  append({added_});
  clock_.turn(std::chrono::hours{48});
  run_dry();
  EXPECT_THAT(sender_.texts, ElementsAre("2"));
  EXPECT_THAT(open_notices(), ElementsAre("sink gone"));
  storage::ask_for_replay(store_, "desk", 1, 1, "ann", clock_.now());
  run_dry();
  EXPECT_THAT(sender_.texts, ElementsAre("2", "2", "3"))
      << "the first is not for it: cause archive";
  EXPECT_THAT(open_notices(), IsEmpty());
}

TEST_F(CourierTest, WhatIsReplayedIsSentAgainUnderTheSameIdAndThePlaceInTheLogStays) {
  enter();
  append({ended_, added_});
  run_dry();
  storage::ask_for_replay(store_, "desk", 2, 3, "ann", clock_.now());
  append({ended_});
  run_dry();
  EXPECT_THAT(sender_.texts, ElementsAre("2", "3", "2", "3", "4"));
  EXPECT_EQ(sender_.ids[0], sender_.ids[2]);
  EXPECT_FALSE(storage::sink_state(store_, "desk").replay);
}

TEST_F(CourierTest, CutOffItSendsAgainAndWhoMayHaveGotItIsToldOfARetraction) {
  sink_.delay = 1h;
  enter();
  append({ended_});
  clock_.turn(1h);
  sender_.cut_off = true;
  EXPECT_THROW(step(), fetchers::Cancelled);
  sender_.cut_off = false;
  append({retraction_of(ended_, 2)});
  clock_.turn(1h);
  run_dry();
  EXPECT_THAT(sender_.texts, ElementsAre("2", "3"));
}

TEST_F(CourierTest, WithADelayWhatIsTakenBackInTimeIsNeverSent) {
  sink_.delay = 24h;
  enter();
  append({ended_});
  EXPECT_EQ(run_dry().again_at, clock_.now() + 60s) << "it becomes due with time";
  append({retraction_of(ended_, 2), added_});
  clock_.turn(24h);
  run_dry();
  EXPECT_THAT(sender_.texts, ElementsAre("4"));
}

TEST_F(CourierTest, AnOperatorIsToldOfEachNoticeWhenItOpensAndWhenItCloses) {
  sink_.tells = storage::Tells::notices;
  enter();
  const Notice notice{"silent", "pending", "no new pending list"};
  const auto consequences = store_.begin_consequences();
  consequences->open_notice(notice, clock_.now());
  consequences->close_notice(notice.kind, notice.subject, clock_.now());
  consequences->commit();
  append({ended_});
  run_dry();
  EXPECT_THAT(sender_.texts, ElementsAre("opened silent", "closed silent"));
}

TEST_F(CourierTest, OneThatWasAwayForLongCatchesUpThroughWhatIsNotForIt) {
  auto clerical = ended_;
  clerical.clerical = true;
  enter();
  append(std::vector<Change>(2500, clerical));
  append({added_});
  run_dry();
  EXPECT_THAT(sender_.texts, ElementsAre("2502"));
}

/// Keeps messages whole, and answers as it is set to.
class WholeSender final : public alerts::Sender {
 public:
  Sent send(const Content& content, std::stop_token /*stop*/) override {
    if (answer == Delivery::gone) throw fetchers::Cancelled();
    bodies.push_back(webhook_body(std::get<alerts::Message>(content), {}));
    return {answer, "as it was", {}, ""};
  }
  Delivery answer = Delivery::delivered;
  std::vector<std::string> bodies;
};

/// Two couriers on one log: one keeps what it has read, the other reads anew for each message.
class Twins : public CourierTest {
 protected:
  struct Twin {
    Twin(alerts::Sink sink, const Clock& clock)
        : courier(std::move(sink), sender, clock, [] { return 0.0; }) {}
    WholeSender sender;
    alerts::Courier courier;
  };

  int any(int count) { return std::uniform_int_distribution(0, count - 1)(chance_); }

  void run(const alerts::Sink& sink) {
    Twin keeps(named(sink, "keeps"), clock_);
    Twin reads(named(sink, "reads"), clock_);
    for (int i = 0; i < 250; ++i) {
      something_happens();
      // Answers come in rows, so that there are times in which nothing goes wrong.
      if (any(8) == 0) answer_ = any_answer();
      reads.courier.forget();
      for (auto* twin : {&keeps, &reads}) {
        twin->sender.answer = answer_;
        step(*twin);
      }
      ASSERT_EQ(keeps.sender.bodies, reads.sender.bodies);
    }
    EXPECT_GT(keeps.sender.bodies.size(), 5U);
  }

  /// So many entries of one run, each 150th a signing whose application leaves 149 later.
  void run_long(const alerts::Sink& sink, int count) {
    Twin keeps(named(sink, "keeps"), clock_);
    Twin reads(named(sink, "reads"), clock_);
    std::vector<Change> changes;
    for (int i = 0; i < count; ++i) {
      auto change = i % 150 == 0 ? added_ : ended_;
      change.agreement_id = fmt::format("A{:08}", i);
      if (i % 150 == 149) {
        change.reason = "signed";
        change.related_id = fmt::format("A{:08}", i - 149);
      }
      changes.push_back(std::move(change));
    }
    append(changes);
    while (keeps.courier.step(store_, {}).more) {
    }
    for (bool more = true; more; more = reads.courier.step(store_, {}).more) reads.courier.forget();
    EXPECT_FALSE(keeps.sender.bodies.empty());
    EXPECT_TRUE(keeps.sender.bodies == reads.sender.bodies);
  }

  int pace_ = 1;  // of the clock

 private:
  alerts::Sink named(alerts::Sink sink, const std::string& name) {
    sink.name = name;
    storage::register_sink(store_, name, sink.tells, sha256("there"), clock_.now());
    return sink;
  }
  void step(Twin& twin) {
    try {
      twin.courier.step(store_, {});
    } catch (const fetchers::Cancelled&) {
    }
  }
  Delivery any_answer() {
    static const std::vector<Delivery> answers{Delivery::delivered, Delivery::delivered,
                                               Delivery::delivered, Delivery::refused,
                                               Delivery::failed,    Delivery::gone};
    return answers.at(static_cast<std::size_t>(any(static_cast<int>(answers.size()))));
  }

  void something_happens() {
    const int what = any(12);
    if (what < 3)
      record(any(6) + 1);
    else if (what == 3)
      take_back();
    else if (what < 6)
      clock_.turn(std::chrono::minutes{any(90)} * pace_);
    else if (what == 6 && any(4) == 0)
      for (const auto* sink : {"keeps", "reads"})
        storage::ask_for_replay(store_, sink, last_ / 2 + 1, last_, "ann", clock_.now());
  }

  void record(int count) {
    std::vector<Change> changes;
    for (int i = 0; i < count; ++i) changes.push_back(any_change());
    write(changes);
  }
  void take_back() {
    if (standing_.empty()) return;
    auto which = standing_.begin();
    std::advance(which, any(static_cast<int>(standing_.size())));
    const auto taken = retraction_of(which->second, which->first);
    standing_.erase(which);
    write({taken});
  }
  void write(const std::vector<Change>& changes) {
    append(changes);
    for (const auto& each : changes)
      if (++last_; each.kind != ChangeKind::retracted) standing_.emplace(last_, each);
  }
  Change any_change() {
    auto change = any(2) == 0 ? added_ : ended_;
    change.agreement_id = std::string("AAAAAAAA") + static_cast<char>('A' + any(4));
    change.edition_id = sha256(std::to_string(any(3)));
    change.clerical = any(4) == 0;
    if (change.kind == ChangeKind::terminated && any(2) == 0) {
      change.list = List::pending;
      change.reason = "signed";
      change.related_id = std::string("AAAAAAAA") + static_cast<char>('A' + any(4));
    }
    return change;
  }

  std::mt19937 chance_{20260213};
  Delivery answer_ = Delivery::delivered;
  std::int64_t last_ = 1;
  std::map<std::int64_t, Change> standing_;
};

TEST_F(Twins, TellTheSameOneByOne) { run(sink_); }
TEST_F(Twins, TellTheSameByEdition) {
  sink_.digest = alerts::Digest::edition;
  run(sink_);
}
TEST_F(Twins, TellTheSameWhereOnlyWhatStandsIsTold) {
  sink_.delay = 1h;
  run(sink_);
}
TEST_F(Twins, TellTheSameOfMoreThanIsReadAtOnce) { run_long(sink_, 450); }
TEST_F(Twins, TellTheSameOfMoreThanIsReadAtOnceByEdition) {
  sink_.digest = alerts::Digest::edition;
  run_long(sink_, 2500);
}
TEST_F(Twins, TellTheSameByDay) {
  sink_.digest = alerts::Digest::daily;
  pace_ = 10;
  run(sink_);
}

TEST_F(CourierTest, WhatIsTakenBackWhileMessagesGoOutIsNotTold) {
  sink_.delay = 1h;
  enter();
  append({ended_, added_, ended_});
  clock_.turn(2h);
  EXPECT_TRUE(step().more);
  append({retraction_of(ended_, 4)});
  run_dry();
  EXPECT_THAT(sender_.texts, ElementsAre("2", "3"));
}

TEST_F(CourierTest, ARetractionThatWaitsBesideWhatItTakesBackIsToldAfterIt) {
  enter();
  append({ended_, added_});
  append({retraction_of(ended_, 2)});
  run_dry();
  EXPECT_THAT(sender_.texts, ElementsAre("2", "3", "4"));
}

}  // namespace
}  // namespace agreementd::testing
