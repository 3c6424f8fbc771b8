// What telling costs: how soon a webhook has what another process recorded, and how fast a courier
// carries what waits. Couriers as the service runs them, a receiver on loopback, and a PostgreSQL
// that has on disk what it committed.
#include <algorithm>
#include <charconv>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <numeric>
#include <optional>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "alerts/senders.h"
#include "bench/percentile.h"
#include "daemon/service/couriers.h"
#include "model/clock.h"
#include "storage/connection.h"
#include "storage/sinks.h"
#include "tests/fakes/site.h"
#include "tests/integration/postgres.h"
#include "tests/integration/storage_examples.h"

namespace agreementd::bench {
namespace {

using namespace std::chrono_literals;
using Time = std::chrono::steady_clock::time_point;
using Seconds = std::chrono::duration<double>;

/// While it lives the server keeps what is committed, which the tests' own does not.
class Durable {
 public:
  Durable() { set("= on"); }
  Durable(const Durable&) = delete;
  Durable& operator=(const Durable&) = delete;
  ~Durable() { set("= DEFAULT"); }

 private:
  void set(const std::string& value) {
    for (const auto* setting : {"fsync", "synchronous_commit", "full_page_writes"})
      server_.connection().execute_alone(fmt::format("ALTER SYSTEM SET {} {}", setting, value));
    server_.connection().query("SELECT pg_reload_conf()");
  }

  storage::Store server_{testing::Cluster::get().uri("postgres", "postgres")};
};

/// The seqs of the entries in a webhook's body.
std::vector<std::int64_t> seqs_in(const std::string& body) {
  constexpr std::string_view key = "\"seq\":";
  std::vector<std::int64_t> seqs;
  for (auto at = body.find(key); at != std::string::npos; at = body.find(key, at + 1)) {
    std::int64_t seq = 0;
    std::from_chars(body.data() + at + key.size(), body.data() + body.size(), seq);
    seqs.push_back(seq);
  }
  return seqs;
}

/// Takes everything, and knows when.
class Receiver {
 public:
  Receiver() {
    site_.serve("/hook", [this](const fakes::Received& request) {
      take(seqs_in(request.body));
      return fakes::Reply{.status = 204};
    });
  }
  [[nodiscard]] std::string url() const { return site_.url("/hook"); }

  /// Waits until it has so many entries; answers when it had the last. Absent: it has not, though
  /// nothing came for ten seconds.
  std::optional<Time> await(std::size_t count) {
    std::unique_lock lock(mutex_);
    for (auto before = seqs_.size(); seqs_.size() < count; before = seqs_.size())
      if (!changed_.wait_for(lock, 10s, [&] { return seqs_.size() > before; })) return std::nullopt;
    return last_at_;
  }
  std::vector<std::int64_t> seqs() {
    const std::lock_guard lock(mutex_);
    return seqs_;
  }
  [[nodiscard]] int messages() const { return site_.hits("/hook"); }
  [[nodiscard]] int connections() const { return site_.connections(); }

 private:
  void take(const std::vector<std::int64_t>& seqs) {
    const std::lock_guard lock(mutex_);
    seqs_.insert(seqs_.end(), seqs.begin(), seqs.end());
    last_at_ = std::chrono::steady_clock::now();
    changed_.notify_all();
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::int64_t> seqs_;
  Time last_at_;
  fakes::Site site_;  // last: it uses the others
};

class Silent final : public daemon::Journal {
 public:
  void write(daemon::Level, std::string_view, const daemon::Fields&) override {}
};

/// A database with one entry, and a sink that is told of all that comes after it.
class Desk {
 public:
  explicit Desk(alerts::Digest digest) {
    small_.store_in(store_);
    sink_.name = "desk";
    sink_.digest = digest;
    storage::register_sink(store_, sink_.name, sink_.tells, destination_);
  }
  Desk(const Desk&) = delete;
  Desk& operator=(const Desk&) = delete;
  ~Desk() {
    couriers_.reset();
    testing::Cluster::get().drop_database(database_);
  }

  /// One run, of so many entries of each edition.
  void record(int entries, int of_an_edition) {
    Difference difference;
    for (int i = 0; i < entries; ++i) {
      auto change = testing::change(small_.new_one, ChangeKind::added, small_.later);
      change.agreement_id = fmt::format("A{:08}", i);
      change.edition_id = sha256(std::to_string(i / of_an_edition));
      difference.entries.push_back({Cause::edition, std::move(change)});
    }
    const auto consequences = store_.begin_consequences();
    consequences->write(difference, clock_.now(), {1, {}});
    consequences->commit();
  }

  void tell() {
    const auto secret = alerts::WebhookSecret::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    std::vector<daemon::Addressee> addressees;
    addressees.push_back(
        {sink_, destination_, alerts::webhook_sender(receiver_.url(), {*secret}, {}, clock_)});
    couriers_.emplace(
        uri(), std::move(addressees), clock_, [] { return 0.0; }, journal_, metrics_);
    couriers_->enter(store_, clock_.now());
    couriers_->lead(true);
  }

  Receiver& receiver() { return receiver_; }

 private:
  [[nodiscard]] std::string uri() const {
    return testing::Cluster::get().uri(database_, "agreementd_writer");
  }

  const testing::SmallHistory small_;
  SystemClock clock_;
  Silent journal_;
  web::Metrics metrics_{"1.0", 1};
  Receiver receiver_;
  const std::string database_ = testing::Cluster::get().create_database();
  storage::Store store_{uri()};  // the other process's
  alerts::Sink sink_;
  const Sha256 destination_ = sha256("there");
  std::optional<daemon::Couriers> couriers_;
};

/// From the return of the commit until the receiver answers.
void commit_to_webhook(benchmark::State& state) {
  const Durable durable;
  Desk desk(alerts::Digest::edition);
  desk.tell();
  std::size_t recorded = 0;
  const auto tell_of_one = [&]() -> std::optional<double> {
    desk.record(1, 1);
    const auto committed = std::chrono::steady_clock::now();
    const auto answered = desk.receiver().await(++recorded);
    if (!answered) return std::nullopt;
    return std::max(0.0, Seconds(*answered - committed).count());
  };
  tell_of_one();  // all are connected then
  std::vector<double> milliseconds;
  for (auto iteration : state) {
    const auto took = tell_of_one();
    if (!took) {
      state.SkipWithError("an entry does not arrive");
      break;
    }
    state.SetIterationTime(*took);
    milliseconds.push_back(*took * 1000);
  }
  if (milliseconds.empty()) return;
  state.counters["p50_ms"] = percentile(milliseconds, 0.50);
  state.counters["p99_ms"] = percentile(milliseconds, 0.99);
  state.counters["max_ms"] = percentile(milliseconds, 1);
}

/// From the beginning of the lead until the receiver answers the last message. The argument:
/// whether each edition, of 50 entries, is one message.
void drain_10000(benchmark::State& state) {
  constexpr int count = 10'000;
  const Durable durable;
  for (auto iteration : state) {
    Desk desk(state.range(0) == 0 ? alerts::Digest::none : alerts::Digest::edition);
    desk.record(count, 50);
    const auto start = std::chrono::steady_clock::now();
    desk.tell();
    const auto end = desk.receiver().await(count);
    std::vector<std::int64_t> wanted(count);
    std::iota(wanted.begin(), wanted.end(), 2);
    if (!end || desk.receiver().seqs() != wanted) {
      state.SkipWithError("they do not arrive, all and in order");
      break;
    }
    const auto seconds = Seconds(*end - start).count();
    state.SetIterationTime(seconds);
    state.counters["entries_per_second"] = count / seconds;
    state.counters["messages"] = desk.receiver().messages();
    state.counters["connections"] = desk.receiver().connections();
  }
}

BENCHMARK(commit_to_webhook)->Unit(benchmark::kMillisecond)->Iterations(300)->UseManualTime();
BENCHMARK(drain_10000)
    ->ArgName("edition")
    ->Arg(0)
    ->Arg(1)
    ->Unit(benchmark::kMillisecond)
    ->Iterations(1)
    ->UseManualTime();

}  // namespace
}  // namespace agreementd::bench
