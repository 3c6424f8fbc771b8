#include "tests/integration/alert_courier.h"

// Couriers on a real database, with a sender that answers what the test wants.
namespace agreementd::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

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

TEST_F(CourierTest, WhoHadTheSinkBeforeAnotherTookItUpSendsNothingMore) {
  enter();
  append({ended_});
  alerts::Courier other(sink_, sender_, clock_, [] { return 0.0; });
  take_up(other);
  EXPECT_FALSE(step().more);
  EXPECT_THAT(sender_.texts, IsEmpty());
  while (other.step(pool_, pool_, {}).more) {
  }
  EXPECT_THAT(sender_.texts, ElementsAre("2"));
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

TEST_F(CourierTest, ASigningComesWithItsLeavingHoweverFarThatIsInTheLogAndWhenItIsReplayed) {
  auto clerical = ended_;
  clerical.clerical = true;
  std::vector<Change> changes{added_};
  changes.insert(changes.end(), 1500, clerical);
  changes.push_back(leaving());
  enter();
  append(changes);
  sender_.answer(Delivery::refused);
  run_dry();
  storage::ask_for_replay(store_, "desk", 2, 2, "ann", clock_.now());
  run_dry();
  // Who refused the signing was not told that the application left.
  EXPECT_THAT(sender_.texts, ElementsAre("2", "1503", "2"));
  EXPECT_EQ(ask(store_, "SELECT string_agg(seqs::text, ' ' ORDER BY delivery_id) FROM deliveries"),
            "{2,1503} {1503} {2,1503}");
}

TEST_F(CourierTest, AReplayIsOfWhatTheSinkHasComeToTheRestIsSentWhenItIsDue) {
  sink_.delay = 24h;
  enter();
  append({added_});
  storage::ask_for_replay(store_, "desk", 2, 2, "ann", clock_.now());
  run_dry();
  EXPECT_THAT(sender_.texts, IsEmpty());
  EXPECT_FALSE(storage::sink_state(store_, "desk").replay);
  clock_.turn(24h);
  run_dry();
  EXPECT_THAT(sender_.texts, ElementsAre("2"));
}

TEST_F(CourierTest, WhoeverRefusesNoticesIsNotToldOfThatWithoutEnd) {
  sink_.tells = storage::Tells::notices;
  enter();
  const auto tell = [&](const std::string& subject) {
    const auto consequences = store_.begin_consequences();
    consequences->open_notice({"silent", subject, "no new list"}, clock_.now());
    consequences->commit();
  };
  tell("pending");
  for (int i = 0; i < 3; ++i) sender_.answer(Delivery::refused);
  run_dry();
  EXPECT_THAT(sender_.texts, ElementsAre("opened silent", "opened dead letter"));
  EXPECT_EQ(storage::sink_lag(store_, "desk", alerts::for_ever).refused, 1);
  // It is over once it is told something again.
  sender_.answers.clear();
  tell("participating");
  run_dry();
  EXPECT_THAT(sender_.texts, ElementsAre("opened silent", "opened dead letter", "opened silent",
                                         "closed dead letter"));
  EXPECT_EQ(storage::sink_lag(store_, "desk", alerts::for_ever).refused, 0);
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
  append({leaving()});
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

TEST_F(CourierTest, WhatIsTakenBackWhileMessagesGoOutIsNotTold) {
  sink_.delay = 1h;
  enter();
  append({ended_, leaving(), ended_});
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
