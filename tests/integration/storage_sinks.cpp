#include <gmock/gmock.h>

#include "model/result.h"
#include "storage/outgoing.h"
#include "storage/sinks.h"
#include "tests/integration/postgres.h"
#include "tests/integration/storage_examples.h"

/// What was told to whom, and what is to be told next.
namespace agreementd::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const Instant now = noon(day(2025, 9, 5));
const Instant for_ever = noon(day(2099, 1, 1));
constexpr int many = 100;

class Sinks : public DatabaseTest {
 protected:
  Sinks() {
    small_.store_in(store_);
    here_ = sha256("https://example.org/hook");
  }

  void append(const std::vector<Change>& changes, Instant at = now) {
    Difference difference;
    for (const auto& each : changes) difference.entries.push_back({Cause::edition, each});
    const auto consequences = store_.begin_consequences();
    consequences->write(difference, at, {1, {}});
    consequences->commit();
  }
  storage::SinkState enter(const std::string& sink = "desk") {
    return storage::register_sink(store_, sink, storage::Tells::changes, here_);
  }
  std::vector<storage::Outgoing> outgoing(std::int64_t position = 0, Instant until = for_ever,
                                          int limit = many) {
    return storage::outgoing_entries(store_, "desk", position, until, limit);
  }
  std::vector<std::int64_t> seqs(std::int64_t position = 0, Instant until = for_ever,
                                 int limit = many) {
    std::vector<std::int64_t> numbers;
    for (const auto& each : outgoing(position, until, limit))
      numbers.push_back(each.logged.entry.seq);
    return numbers;
  }
  /// By whoever has it.
  std::int64_t begin(const std::string& message = "msg_1",
                     const std::vector<std::int64_t>& seqs = {1},
                     const std::string& sink = "desk") {
    const auto term = storage::sink_state(store_, sink).term;
    return storage::begin_delivery(store_, sink, term, message, seqs, now).value();
  }
  void end(std::int64_t delivery, const std::string& outcome, storage::SinkState after,
           const std::vector<Notice>& open = {}, const std::vector<Notice>& close = {}) {
    storage::end_delivery(store_, {delivery, outcome, "as said", std::move(after), open, close},
                          now);
  }

  const SmallHistory small_;
  const Change added_ = change(small_.new_one, ChangeKind::added, small_.later);
  const Change ended_ = change(small_.new_one, ChangeKind::terminated, small_.later);
  Sha256 here_;
};

TEST_F(Sinks, ANewOneBeginsAtTheEndAndAKnownOneStaysWhereItIs) {
  EXPECT_EQ(enter().position, 1);
  append({ended_});
  EXPECT_EQ(enter().position, 1);
  EXPECT_EQ(enter("another").position, 2);
}

TEST_F(Sinks, WhatFailedElsewhereIsForgottenWhereItLeadsToAnotherPlace) {
  auto state = enter();
  state.failures = 3;
  state.retry_at = for_ever;
  state.disabled_at = now;
  end(begin(), "gone", state);
  EXPECT_EQ(enter().failures, 3);
  EXPECT_TRUE(enter().disabled_at);
  here_ = Sha256{};
  EXPECT_TRUE(enter().disabled_at) << "nobody knows where it leads";
  here_ = sha256("https://example.org/other");
  EXPECT_EQ(enter().failures, 0);
  EXPECT_FALSE(enter().retry_at);
  EXPECT_FALSE(enter().disabled_at);
}

TEST_F(Sinks, EntriesComeInTheOrderOfTheLogAsRecordedByThenAndNoMoreThanWanted) {
  append({ended_}, now);
  append({added_, ended_}, noon(day(2025, 9, 6)));
  EXPECT_THAT(seqs(), ElementsAre(1, 2, 3, 4));
  EXPECT_THAT(seqs(1), ElementsAre(2, 3, 4));
  EXPECT_THAT(seqs(1, now), ElementsAre(2));
  EXPECT_THAT(seqs(0, for_ever, 2), ElementsAre(1, 2));
  const auto first = outgoing().front();
  EXPECT_EQ(first.logged.text, canonical_json(first.logged.entry));
  EXPECT_EQ(first.logged.hash, chain_hash({}, first.logged.text));
  EXPECT_EQ(first.moa_url, "https://example.org/moa.pdf");
}

TEST_F(Sinks, ARetractionComesWithWhatItTakesBackAndWhetherThatWasSent) {
  enter();
  append({retraction_of(added_, 1)});
  auto entries = outgoing();
  EXPECT_FALSE(entries.at(0).stands);
  EXPECT_TRUE(entries.at(1).stands);
  ASSERT_TRUE(entries.at(1).retracted);
  EXPECT_EQ(entries.at(1).retracted->text, entries.at(0).logged.text);
  EXPECT_FALSE(entries.at(1).retracted_attempted);
  // Begun, and cut off: it may have arrived.
  begin();
  EXPECT_TRUE(outgoing().at(0).attempted);
  EXPECT_TRUE(outgoing().at(1).retracted_attempted);
  enter("another");
  EXPECT_FALSE(
      storage::outgoing_entries(store_, "another", 0, for_ever, many).at(1).retracted_attempted);
}

TEST_F(Sinks, AnApplicationThatLeavesAsSignedComesWithTheSigning) {
  auto application = ended_;
  application.list = List::pending;
  application.agreement_id = "ACCCCCCCC";
  application.reason = "signed";
  application.related_id = added_.agreement_id;
  append({application});
  const auto entries = outgoing(1);
  ASSERT_TRUE(entries.at(0).signing);
  EXPECT_EQ(entries.at(0).signing->logged.entry.seq, 1);
  EXPECT_FALSE(outgoing().at(0).signing);
  // What comes after that is news: the application was listed again, and left again.
  auto back = application;
  back.kind = ChangeKind::reinstated;
  back.reason = "gone 2 days";
  back.related_id.clear();
  append({back, application});
  EXPECT_FALSE(outgoing(3).at(0).signing);
  append({added_, application});
  EXPECT_EQ(outgoing(5).at(0).signing->logged.entry.seq, 5) << "a later one of the agreement";
  append({application});
  EXPECT_FALSE(outgoing(6).at(0).signing) << "of that the second leaving";
}

TEST_F(Sinks, WhatIsUnconfirmedComesWithWhatItMayBeTheSameAs) {
  auto doubtful = ended_;
  doubtful.unconfirmed = true;
  Difference difference;
  difference.entries = {{Cause::edition, doubtful}};
  difference.reviews = {{small_.later.id,
                         List::participating,
                         {small_.old_one.agreement_id, small_.new_one.agreement_id},
                         "which?"}};
  const auto consequences = store_.begin_consequences();
  consequences->write(difference, now, {1, {}});
  consequences->commit();
  EXPECT_THAT(outgoing().at(0).possibly_same, IsEmpty());
  const auto same = outgoing().at(1).possibly_same;
  ASSERT_EQ(same.size(), 1U);
  EXPECT_EQ(same[0].agency, small_.old_one.facts.agency);
}

TEST_F(Sinks, AnAttemptIsKeptBeforeItIsMadeAndWhatBecameOfItAfter) {
  auto state = enter();
  const auto delivery = begin();
  EXPECT_EQ(storage::deliveries(store_, "", many).rows.at(0).at(2), "cut off");
  state.position = 7;
  state.failures = 1;
  state.retry_at = for_ever;
  state.trouble = "500";
  const Notice notice{"sink failing", "desk", "desk: 500"};
  end(delivery, "failed", state, {notice});
  const auto kept = storage::sink_state(store_, "desk");
  EXPECT_EQ(kept.position, 7);
  EXPECT_EQ(kept.failures, 1);
  EXPECT_EQ(kept.retry_at, for_ever);
  EXPECT_EQ(kept.trouble, "500");
  EXPECT_EQ(storage::deliveries(store_, "desk", many).rows.at(0).at(2), "failed");
  EXPECT_THROW(storage::deliveries(store_, "another", many), Failure) << "there is none";
  enter("another");
  EXPECT_THAT(storage::deliveries(store_, "another", many).rows, IsEmpty());
  EXPECT_EQ(ask(store_, "SELECT text FROM notices WHERE closed_at IS NULL"), "desk: 500");
}

TEST_F(Sinks, WhoeverWritesForLongHoldsUpNoDeliveryAndNoReload) {
  const auto state = enter();
  auto other = connect();
  const auto writing = other.connection().begin();
  writing->take_writer_lock();
  storage::Store impatient(uri("agreementd_writer"), storage::Patience{.longest = 5s});
  const auto entered = storage::register_sink(impatient, "desk", storage::Tells::changes, here_);
  const auto delivery = storage::begin_delivery(impatient, "desk", entered.term, "msg_1", {1}, now);
  storage::end_delivery(impatient, {delivery.value(), "delivered", "", state, {}, {}}, now);
  EXPECT_EQ(ask(store_, "SELECT outcome FROM delivery_outcomes"), "delivered");
}

TEST_F(Sinks, WhatIsPublishedFollowsACorrectionOfACorrection) {
  append({ended_});
  auto once = ended_;
  once.effective_date = day(2025, 6, 3);
  const auto decide = [&](const std::vector<Change>& changes) {
    Difference difference;
    for (const auto& each : changes) difference.entries.push_back({Cause::decision, each});
    const auto consequences = store_.begin_consequences();
    consequences->write(difference, now, {1, {}});
    consequences->commit();
  };
  decide({retraction_of(ended_, 2), once});
  decide({retraction_of(once, 4), ended_});
  decide({added_});  // by itself: nobody was shown anything else
  std::vector<std::int64_t> shown;
  for (const auto& each : storage::published_entries(store_, "", 1000, many))
    shown.push_back(each.logged.entry.seq);
  EXPECT_THAT(shown, ElementsAre(6, 5, 4, 3, 2));
}

TEST_F(Sinks, NoticesAreToldWhenTheyOpenAndWhenTheyClose) {
  const auto position =
      storage::register_sink(store_, "ops", storage::Tells::notices, here_).position;
  const Notice notice{"silent", "pending", "no new pending list"};
  for (const auto opens : {true, true, false, false}) {
    const auto consequences = store_.begin_consequences();
    if (opens)
      consequences->open_notice(notice, now);
    else
      consequences->close_notice(notice.kind, notice.subject, for_ever);
    consequences->commit();
  }
  const auto events = storage::outgoing_notices(store_, position, many);
  ASSERT_EQ(events.size(), 2U);
  EXPECT_TRUE(events[0].opened);
  EXPECT_EQ(events[0].at, now);
  EXPECT_FALSE(events[1].opened);
  EXPECT_EQ(events[1].at, for_ever);
  EXPECT_EQ(events[1].opened_at, now);
  EXPECT_EQ(events[1].notice, notice);
}

TEST_F(Sinks, AReplayIsAskedForOnceAndEndsThatTheSinkIsDisabled) {
  auto state = enter();
  state.disabled_at = now;
  end(begin(), "gone", state);
  storage::ask_for_replay(store_, "desk", 1, 1, "ann", now);
  EXPECT_FALSE(storage::sink_state(store_, "desk").disabled_at);
  const auto replay = storage::sink_state(store_, "desk").replay;
  ASSERT_TRUE(replay);
  EXPECT_EQ(replay->from, 1);
  EXPECT_EQ(replay->to, 1);
  storage::close_replay(store_, "desk", *replay, now);
  EXPECT_FALSE(storage::sink_state(store_, "desk").replay);
}

TEST_F(Sinks, AReplayOfWhatIsNotThereOrToNobodySaysSo) {
  enter();
  const auto refusal_of = [&](const std::string& sink, std::int64_t from, std::int64_t to) {
    try {
      storage::ask_for_replay(store_, sink, from, to, "ann", now);
      return std::string();
    } catch (const Failure& failure) {
      return std::string(failure.what());
    }
  };
  EXPECT_THAT(refusal_of("desk", 1, 2), HasSubstr("the last one is 1"));
  EXPECT_THAT(refusal_of("desk", 0, 1), HasSubstr("no entries 0 to 1"));
  EXPECT_THAT(refusal_of("nobody", 1, 1), HasSubstr("no sink nobody"));
  storage::retire_other_sinks(store_, {}, now);
  EXPECT_THAT(refusal_of("desk", 1, 1), HasSubstr("desk was taken out"));
  EXPECT_THROW(storage::revive(store_, "desk"), Failure);
}

TEST_F(Sinks, OneThatWasGivenUpCanBeGoneOnWithWhateverItIsTold) {
  auto state = storage::register_sink(store_, "ops", storage::Tells::notices, here_);
  state.disabled_at = state.retry_at = now;
  state.failures = 3;
  end(begin("msg_1", {}, "ops"), "gone", state);
  storage::revive(store_, "ops");
  const auto revived = storage::sink_state(store_, "ops");
  EXPECT_FALSE(revived.disabled_at);
  EXPECT_FALSE(revived.retry_at);
  EXPECT_EQ(revived.failures, 0);
  EXPECT_EQ(revived.position, state.position);
  EXPECT_THROW(storage::revive(store_, "nobody"), Failure);
}

TEST_F(Sinks, ADeadLetterCountsUntilItIsDeliveredAfterAll) {
  const auto state = enter();
  const auto send = [&](const std::string& message, const std::string& outcome) {
    end(begin(message), outcome, state);
  };
  send("msg_1", "refused");
  send("msg_2", "refused");
  send("msg_2", "refused");
  EXPECT_EQ(storage::sink_lag(store_, "desk", for_ever).refused, 2);
  send("msg_2", "delivered");
  EXPECT_EQ(storage::sink_lag(store_, "desk", for_ever).refused, 1);
}

TEST_F(Sinks, BehindIsWhoIsNotDoneWithWhatIsDue) {
  enter();
  append({ended_}, now);
  append({added_, ended_}, now + 1h);
  const auto later = storage::sink_lag(store_, "desk", now);
  EXPECT_EQ(later.entries, 1);
  EXPECT_EQ(later.oldest, now);
  EXPECT_EQ(storage::sink_lag(store_, "desk", for_ever).entries, 3);
  EXPECT_FALSE(storage::sink_lag(store_, "desk", now - 1s).oldest);
  storage::pass_over(store_, "desk", 2);
  EXPECT_EQ(storage::sink_lag(store_, "desk", now).entries, 0);
  EXPECT_EQ(storage::sink_lag(store_, "desk", for_ever).oldest, now + 1h);
}

TEST_F(Sinks, WhatIsOpenAboutSinksThatAreNoMoreIsClosed) {
  const auto state = enter();
  end(begin(), "failed", state,
      {{"sink failing", "desk", "desk: 500"},
       {"dead letter", "desk 1-1", "desk: 400"},
       {"sink gone", "desktop", "desktop: 410"},
       {"silent", "desk", "another thing of that name"}});
  storage::retire_other_sinks(store_, {"desktop"}, now);
  EXPECT_EQ(ask(store_,
                "SELECT string_agg(kind || ' ' || subject, ', ' ORDER BY kind)"
                " FROM notices WHERE closed_at IS NULL"),
            "silent desk, sink gone desktop");
}

TEST_F(Sinks, OneThatWasTakenOutAndIsNamedAgainBeginsAtTheEnd) {
  enter();
  append({ended_, added_});
  EXPECT_EQ(enter().position, 1);
  storage::retire_other_sinks(store_, {}, now);
  EXPECT_EQ(storage::sinks(store_).rows.at(0).at(7), "true");
  EXPECT_EQ(enter().position, 3);
  EXPECT_EQ(storage::sinks(store_).rows.at(0).at(7), "false");
}

TEST_F(Sinks, WhoHadItBeforeAnotherTookItUpBeginsNothingMore) {
  const auto before = enter().term;
  enter("another");
  EXPECT_TRUE(storage::begin_delivery(store_, "desk", before, "msg_1", {1}, now));
  const auto after = enter().term;
  EXPECT_FALSE(storage::begin_delivery(store_, "desk", before, "msg_2", {1}, now));
  EXPECT_TRUE(storage::begin_delivery(store_, "desk", after, "msg_3", {1}, now));
  EXPECT_EQ(ask(store_, "SELECT string_agg(message_id, ' ' ORDER BY delivery_id) FROM deliveries"),
            "msg_1 msg_3");
}

TEST_F(Sinks, WhatIsNotForASinkIsPassedOverAndItNeverGoesBack) {
  enter();
  storage::pass_over(store_, "desk", 9);
  storage::pass_over(store_, "desk", 4);
  EXPECT_EQ(storage::sink_state(store_, "desk").position, 9);
  EXPECT_EQ(storage::sinks(store_).rows.at(0).at(0), "desk");
}

}  // namespace
}  // namespace agreementd::testing
