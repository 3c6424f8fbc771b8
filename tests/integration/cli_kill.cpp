// `agreementctl poll` killed at every place where it could hurt: between its transactions, and in
// the middle of each.
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <functional>
#include <map>
#include <memory>
#include <stdexcept>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "storage/connection.h"
#include "storage/queries.h"
#include "tests/fakes/sample_site.h"
#include "tests/integration/cli_program.h"

namespace agreementd::testing {
namespace {

using storage::Transaction;

/// Asks until it is so; what it waits for happens in other processes.
void wait_until(const std::function<bool()>& is_so) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes{1};
  while (!is_so()) {
    if (std::chrono::steady_clock::now() > deadline) throw std::runtime_error("waited in vain");
    std::this_thread::yield();
  }
}

/// A running `agreementctl poll`.
class Child {
 public:
  Child(const std::string& uri, const std::string& page) : pid_(fork()) {
    if (pid_ != 0) return;
    setenv("AGREEMENTD_DATABASE", uri.c_str(), 1);
    const int nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);
    dup2(nowhere, STDOUT_FILENO);
    dup2(nowhere, STDERR_FILENO);
    execl(AGREEMENTCTL, AGREEMENTCTL, "poll", "--page", page.c_str(), nullptr);
    _exit(127);
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() { kill(); }

  void kill() {
    if (pid_ <= 0) return;
    ::kill(pid_, SIGKILL);
    int status = 0;
    waitpid(pid_, &status, 0);
    killed_ = WIFSIGNALED(status);
    pid_ = -1;
  }
  /// It was running when it was killed.
  [[nodiscard]] bool was_killed() const { return killed_; }

 private:
  pid_t pid_;
  bool killed_ = false;
};

class Kill : public CliTest {
 protected:
  /// How many sessions wait for a lock of that type (pg_locks.locktype).
  int waiting_for(const std::string& type) {
    return std::stoi(
        ask(watcher_, "SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = '" + type +
                          "' AND database = (SELECT oid FROM pg_database WHERE "
                          "datname = current_database())"));
  }

  /// A session that holds a lock.
  struct Holder {
    explicit Holder(storage::Store&& store)
        : session(std::move(store)), transaction(session.connection().begin()) {}
    storage::Store session;
    std::unique_ptr<Transaction> transaction;
  };
  std::unique_ptr<Holder> holder() { return std::make_unique<Holder>(connect("postgres")); }

  std::unique_ptr<Holder> holding_writer_lock() {
    auto held = holder();
    held->transaction->take_writer_lock();
    return held;
  }
  std::unique_ptr<Holder> holding_table(const std::string& table) {
    auto held = holder();
    held->transaction->execute("LOCK TABLE agreementd." + table + " IN SHARE MODE");
    return held;
  }

  /// The child waits for the writer lock that `gate` holds: lets it have it for one transaction.
  void let_one_through(std::unique_ptr<Holder>& gate) {
    auto next = holder();
    std::thread queued([&] { next->transaction->take_writer_lock(); });
    wait_until([&] { return waiting_for("advisory") == 2; });
    gate.reset();
    queued.join();  // the child has committed: the lock is given in the order it was asked for
    gate = std::move(next);
    wait_until([&] { return waiting_for("advisory") == 1; });
  }

  /// Runs a poll through that many transactions, then kills it before the next one; or, where a
  /// table is named, in the middle of the next one, as it writes to that table.
  void kill_after(int transactions, const std::string& table = "") {
    auto gate = holding_writer_lock();
    Child child(uri("agreementd_writer"), page_);
    wait_until([&] { return waiting_for("advisory") == 1; });
    for (int i = 0; i < transactions; ++i) let_one_through(gate);
    std::unique_ptr<Holder> blocked;
    if (!table.empty()) {
      blocked = holding_table(table);
      gate.reset();
      wait_until([&] { return waiting_for("relation") == 1; });
    }
    child.kill();
    ASSERT_TRUE(child.was_killed());
    ++kills_;
    blocked.reset();
    gate.reset();
    wait_until([&] {
      return ask(watcher_,
                 "SELECT count(*) FROM pg_stat_activity WHERE datname = "
                 "current_database() AND usename = 'agreementd_writer'") == "1";
    });  // the session of this test
  }

  [[nodiscard]] Ended poll() const { return agreementctl({"poll", "--page", page_}); }

  storage::Store watcher_ = connect("postgres");
  fakes::Site site_;
  std::string page_ = site_.url("/287g");
  int kills_ = 0;
};

/// A place to die at: after so many transactions; or in the middle of the next, as it writes to
/// that table.
struct Place {
  int transactions;
  const char* table;
};
using Places = std::vector<Place>;

// A poll's transactions: what was left is folded (1), the page (2), its lists (3, and 4 where there
// are two), consequences. A transaction of evidence writes to `unfolded` after all else.
const Places with_the_roster_on_the_page = {{2, "unfolded"}, {1, ""}, {1, "unfolded"}};
// What was left stored by one that died between the two is folded by the next, which dies in the
// middle of that.
const Places with_one_list = {{2, "unfolded"}, {3, ""}, {0, "editions"}};
const Places with_two_lists = {{2, "unfolded"}, {4, ""}, {0, "editions"},
                               {3, "unfolded"}, {4, ""}, {2, ""}};

const Places& places_of(const fakes::SampleSite& samples,
                        const std::vector<const fakes::SampleList*>& appeared) {
  if (appeared.back()->is_page()) return with_the_roster_on_the_page;
  return samples.shows("pendingAgencies03072025pm.xlsx") ? with_two_lists : with_one_list;
}

std::vector<std::vector<std::string>> told(storage::Store& store) {
  std::vector<std::vector<std::string>> lines;
  const auto table = storage::changes(store, {});
  for (const auto& row : table.rows) {
    lines.emplace_back();
    for (std::size_t i = 0; i < table.columns.size(); ++i)
      if (table.columns[i] != "seq" && table.columns[i] != "recorded_at")
        lines.back().push_back(row[i].value_or(""));
  }
  return lines;
}

TEST_F(Kill, APollKilledAnywhereLosesNothingAndDoublesNothing) {
  const auto lists = fakes::sample_timeline(AGREEMENTD_BINARY_DIR "/samples/lists");
  fakes::SampleSite samples(site_, lists);
  std::map<const Places*, std::size_t> next;
  for (auto appeared = samples.advance(); !appeared.empty(); appeared = samples.advance()) {
    const auto& places = places_of(samples, appeared);
    for (int i = 0; i < 3; ++i) {
      const auto& place = places.at(next[&places]++ % places.size());
      kill_after(place.transactions, place.table);
    }
    const auto ended = poll();
    ASSERT_TRUE(ended.status == 0 || ended.status == 4) << ended.errors;
  }
  EXPECT_GE(kills_, 50);
  EXPECT_EQ(ask(watcher_, "SELECT count(*) FROM agreementd.unfolded"), "0");
  EXPECT_EQ(ask(watcher_, "SELECT count(*) FROM agreementd.editions WHERE recorded_to IS NULL"),
            std::to_string(lists.size()));

  // The same, undisturbed.
  const auto other = Cluster::get().create_database();
  {
    storage::Store undisturbed(Cluster::get().uri(other, "agreementd_writer"));
    fakes::Site second_site;
    fakes::SampleSite again(second_site, lists);
    while (!again.advance().empty())
      shell("AGREEMENTD_DATABASE=" + quoted(Cluster::get().uri(other, "agreementd_writer")) + " " +
                quoted(AGREEMENTCTL) + " poll --page " + quoted(second_site.url("/287g")),
            folder_);
    EXPECT_GT(told(undisturbed).size(), 50U);
    EXPECT_EQ(told(store_), told(undisturbed));
  }
  Cluster::get().drop_database(other);
}

TEST_F(Kill, InTheMiddleOfTheConsequencesNoneIsLeft) {
  fakes::SampleSite samples(site_, fakes::sample_timeline(AGREEMENTD_BINARY_DIR "/samples/lists"));
  while (!samples.shows("participatingAgencies03062025pm.xlsx")) {
    samples.advance();
    ASSERT_EQ(poll().status, 0);
  }
  samples.advance();  // two lists at once
  const auto entries = ask(watcher_, "SELECT count(*) FROM agreementd.entries");
  // The first stores the evidence, the others find it unfolded at their start.
  kill_after(4, "editions");
  EXPECT_NE(ask(watcher_, "SELECT count(*) FROM agreementd.unfolded"), "0");
  for (const auto* table : {"editions", "versions", "entries", "unfolded"}) {
    kill_after(0, table);
    EXPECT_EQ(ask(watcher_, "SELECT count(*) FROM agreementd.entries"), entries) << table;
  }
  EXPECT_EQ(poll().status, 0);
  EXPECT_NE(ask(watcher_, "SELECT count(*) FROM agreementd.entries"), entries);
  EXPECT_EQ(ask(watcher_, "SELECT count(*) FROM agreementd.unfolded"), "0");
}

}  // namespace
}  // namespace agreementd::testing
