#include "tests/integration/alert_courier.h"

/// What a courier reads once for many messages is told as if it read it for each.
namespace agreementd::testing {
namespace {

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
    take_up(keeps.courier);
    take_up(reads.courier);
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
    take_up(keeps.courier);
    take_up(reads.courier);
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
    while (keeps.courier.step(pool_, pool_, {}).more) {
    }
    for (bool more = true; more; more = reads.courier.step(pool_, pool_, {}).more)
      reads.courier.forget();
    EXPECT_FALSE(keeps.sender.bodies.empty());
    EXPECT_TRUE(keeps.sender.bodies == reads.sender.bodies);
  }

  int pace_ = 1;  // of the clock

 private:
  static alerts::Sink named(alerts::Sink sink, const std::string& name) {
    sink.name = name;
    return sink;
  }
  void step(Twin& twin) {
    try {
      twin.courier.step(pool_, pool_, {});
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

}  // namespace
}  // namespace agreementd::testing
