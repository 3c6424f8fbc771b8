#include "alerts/json_lines.h"
#include "tests/integration/alert_courier.h"

/// Couriers of sinks with a delay, and what ICE itself takes back within it.
namespace agreementd::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class FleetingTest : public CourierTest {
 protected:
  FleetingTest() { sink_.delay = 24h; }

  [[nodiscard]] Change other_one() const {
    auto other = added_;
    other.agreement_id = "ADDDDDDDD";
    return other;
  }
  /// Shown by one edition and dropped by the next (seqs 2 and 3), and passed over.
  void pass_over_a_listing() {
    enter();
    append({added_});
    clock_.turn(5h);
    append({ended_});
    clock_.turn(30h);
    run_dry();
    EXPECT_THAT(sender_.texts, IsEmpty());
  }
  void pass_a_day() {
    clock_.turn(24h);
    run_dry();
  }
};

TEST_F(FleetingTest, WhatAnEditionShowedAndTheNextDidNotIsNeverSent) {
  pass_over_a_listing();
  append({other_one()});
  pass_a_day();
  EXPECT_THAT(sender_.texts, ElementsAre("4"));
}

TEST_F(FleetingTest, WhatLastedLongerThanTheDelayIsSent) {
  enter();
  append({added_});
  pass_a_day();
  append({ended_});
  pass_a_day();
  EXPECT_THAT(sender_.texts, ElementsAre("2", "3"));
}

TEST_F(FleetingTest, WithoutADelayAllIsSentInADigestToo) {
  sink_.delay = 0s;
  sink_.digest = alerts::Digest::daily;
  enter();
  append({added_});
  append({ended_});
  pass_a_day();
  EXPECT_THAT(sender_.texts, ElementsAre("2 3"));
}

TEST_F(FleetingTest, WhatEndedThatWasListedBeforeTheSinkBeganIsSent) {
  append({added_});
  enter();
  append({ended_});
  pass_a_day();
  EXPECT_THAT(sender_.texts, ElementsAre("3"));
}

TEST_F(FleetingTest, WhoWasToldWithoutADelayIsToldThatItIsOver) {
  sink_.delay = 0s;
  enter();
  append({added_});
  run_dry();
  sink_.delay = 24h;
  enter();
  append({ended_});
  pass_a_day();
  EXPECT_THAT(sender_.texts, ElementsAre("2", "3"));
}

TEST_F(FleetingTest, WhatWasPassedOverIsSentOnceWhatUndidItIsTakenBack) {
  pass_over_a_listing();
  append({retraction_of(ended_, 3), other_one()});
  pass_a_day();
  EXPECT_THAT(sender_.texts, ElementsAre("2", "5"));
  // From now on it is as any other that was told.
  append({retraction_of(added_, 2)});
  pass_a_day();
  EXPECT_THAT(sender_.texts, ElementsAre("2", "5", "6"));
}

TEST_F(FleetingTest, ItIsSentInItsPlaceWhereWhatUndidItWasTakenBackInTime) {
  enter();
  append({added_});
  append({ended_});
  append({retraction_of(ended_, 3)});
  pass_a_day();
  EXPECT_THAT(sender_.texts, ElementsAre("2")) << "and not once more with the retraction";
}

TEST_F(FleetingTest, WithWhatHoldsInsteadItIsOneMessage) {
  sink_.digest = alerts::Digest::edition;
  pass_over_a_listing();
  auto corrected = ended_;
  corrected.effective_date = day(2025, 12, 6);
  decide({retraction_of(ended_, 3), corrected});
  pass_a_day();
  EXPECT_THAT(sender_.texts, ElementsAre("2 5"));
}

TEST_F(FleetingTest, NothingIsUncoveredWhereAllOfItIsTakenBack) {
  pass_over_a_listing();
  append({retraction_of(added_, 2), retraction_of(ended_, 3)});
  pass_a_day();
  EXPECT_THAT(sender_.texts, IsEmpty());
}

TEST_F(FleetingTest, WhatIsUncoveredAndNotForTheSinkIsNotSent) {
  sink_.filter.kinds = {ChangeKind::terminated};
  pass_over_a_listing();
  append({retraction_of(ended_, 3)});
  pass_a_day();
  EXPECT_THAT(sender_.texts, IsEmpty());
}

TEST_F(FleetingTest, WhatIsUncoveredIsSentAgainUntilItArrives) {
  pass_over_a_listing();
  append({retraction_of(ended_, 3), other_one()});
  clock_.turn(24h);
  sender_.cut_off = true;
  EXPECT_THROW(step(), fetchers::Cancelled);
  sender_.cut_off = false;
  enter();
  sender_.answer(Delivery::failed);
  run_dry();
  clock_.turn(5s);
  run_dry();
  EXPECT_THAT(sender_.texts, ElementsAre("2", "2", "5"));
  EXPECT_EQ(sender_.ids[0], sender_.ids[1]);
}

TEST_F(FleetingTest, AReplayLeavesOutWhatCameToNothing) {
  pass_over_a_listing();
  storage::ask_for_replay(store_, "desk", 2, 3, "ann", clock_.now());
  run_dry();
  EXPECT_THAT(sender_.texts, IsEmpty());
}

TEST_F(FleetingTest, AnApplicationThatCameBackAtOnceIsNotSaidToHaveLeftWithItsSigning) {
  auto back = leaving();
  back.kind = ChangeKind::reinstated;
  back.related_id.clear();
  enter();
  append({added_, leaving()});
  append({back});
  pass_a_day();
  EXPECT_EQ(ask(store_, "SELECT seqs::text FROM deliveries"), "{2}");
}

/// Keeps what a reader of the messages believes.
class Believer final : public alerts::Sender {
 public:
  Sent send(const Content& content, std::stop_token /*stop*/) override {
    if (fails == 1) throw fetchers::Cancelled();
    for (const auto& item : std::get<alerts::Message>(content).items) {
      const auto& change = item.logged.entry.change;
      if (change.retracts_seq)
        told.erase(*change.retracts_seq);
      else
        told[item.logged.entry.seq] = change;
    }
    return {fails == 2 ? Delivery::failed : Delivery::delivered, "", {}, ""};
  }
  /// Whether the agreement is listed, and where, after all that was told and stands.
  [[nodiscard]] std::string belief() const {
    std::string belief = "not listed";
    for (const auto& [seq, change] : told)
      belief = change.kind == ChangeKind::terminated ? "not listed" : "in " + change.state;
    return belief;
  }

  int fails = 0;  ///< 1: cut off before anybody got it; 2: nobody knows that they got it
  std::map<std::int64_t, Change> told;
};

/// ICE lists, changes and drops an agreement, and we correct what we recorded of it.
class Believed : public CourierTest {
 protected:
  void run(unsigned seed) {
    chance_.seed(seed);
    standing_.clear();
    look();
    sink_.name = "desk" + std::to_string(seed);
    agreement_ = fmt::format("A{:08}", seed);
    sink_.delay = 24h;
    Believer believer;
    alerts::Courier courier(sink_, believer, clock_, [] { return 0.0; });
    take_up(courier);
    for (int i = 0; i < 60; ++i) {
      something_happens();
      believer.fails = any(6);
      if (any(3) == 0) courier.forget();
      step(courier);
    }
    believer.fails = 0;
    for (int day = 0; day < 4; ++day) {
      clock_.turn(24h);
      while (step(courier).more) {
      }
    }
    ASSERT_EQ(believer.belief(), state_.empty() ? "not listed" : "in " + state_);
  }

 private:
  int any(int count) { return std::uniform_int_distribution(0, count - 1)(chance_); }

  alerts::Step step(alerts::Courier& courier) {
    try {
      return courier.step(pool_, pool_, {});
    } catch (const fetchers::Cancelled&) {
      return {};
    }
  }
  void something_happens() {
    clock_.turn(std::chrono::hours{any(12)});
    if (any(4) == 0 && !standing_.empty())
      correct();
    else
      write({next(any(3) == 0 ? "" : any(2) == 0 ? "TX" : "KS")});
  }
  /// The last ones do not hold; perhaps another does instead.
  void correct() {
    std::vector<Change> changes;
    const int count = any(std::min<int>(3, static_cast<int>(standing_.size()))) + 1;
    for (int i = 0; i < count; ++i) {
      const auto [seq, change] = *standing_.rbegin();
      changes.push_back(retraction_of(change, seq));
      standing_.erase(seq);
    }
    look();
    if (any(2) == 0) changes.push_back(next(any(2) == 0 ? "" : "FL"));
    write(changes);
  }
  /// It is of that state next; empty: not listed. As many as it takes are no change.
  Change next(const std::string& state) {
    auto change = added_;
    change.agreement_id = agreement_;
    change.effective_date = new_york_date(clock_.now());
    const auto wanted = state == state_ ? (state.empty() ? "TX" : "") : state;
    change.kind = wanted.empty()   ? ChangeKind::terminated
                  : state_.empty() ? ChangeKind::reinstated
                                   : ChangeKind::changed;
    change.state = wanted.empty() ? state_ : wanted;
    if (change.kind == ChangeKind::reinstated) {
      if (gone_from_ != wanted && !gone_from_.empty())
        change.fields = {{Column::state, gone_from_, wanted}};
    } else if (change.kind == ChangeKind::changed) {
      change.fields = {{Column::state, state_, wanted}};
    }
    return change;
  }
  void write(const std::vector<Change>& changes) {
    append(changes);
    for (const auto& each : changes) {
      ++last_;
      if (each.kind == ChangeKind::retracted) continue;
      standing_.emplace(last_, each);
    }
    look();
  }
  /// How it is now.
  void look() {
    state_.clear();
    gone_from_.clear();
    for (const auto& [seq, change] : standing_) {
      const bool listed = change.kind != ChangeKind::terminated;
      state_ = listed ? change.state : "";
      if (listed) gone_from_ = change.state;
    }
  }

  std::mt19937 chance_;
  std::string agreement_;
  std::int64_t last_ = 1;
  std::map<std::int64_t, Change> standing_;
  std::string state_;      // empty: not listed
  std::string gone_from_;  // as it was listed last
};

TEST_F(Believed, WhoeverIsToldKnowsHowItIsInTheEnd) {
  for (unsigned seed = 1; seed <= 10; ++seed) {
    SCOPED_TRACE(seed);
    run(seed);
    if (HasFatalFailure()) return;
  }
}

}  // namespace
}  // namespace agreementd::testing
