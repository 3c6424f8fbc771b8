// What the service costs by itself: how long it takes from its start until systemd is told that it
// is ready, and how much memory it has once it has polled and waits for the next time. The program
// of this build as it is installed, a PostgreSQL and a site on loopback, and this program in place
// of systemd.
#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/fakes/sample_site.h"
#include "tests/integration/postgres.h"
#include "tests/unit/daemon/temporary_folder.h"

namespace agreementd::bench {
namespace {

using Clock = std::chrono::steady_clock;

/// Hears what the service tells systemd.
class Supervisor {
 public:
  explicit Supervisor(std::string path)
      : path_(std::move(path)), socket_(socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path_.copy(static_cast<char*>(address.sun_path), sizeof address.sun_path - 1);
    if (bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
      throw std::runtime_error("no socket " + path_);
  }
  Supervisor(const Supervisor&) = delete;
  Supervisor& operator=(const Supervisor&) = delete;
  ~Supervisor() {
    close(socket_);
    unlink(path_.c_str());
  }

  /// Waits until something is told that begins so. False: it is not, within 30 s.
  [[nodiscard]] bool hears(const std::string& beginning) const {
    std::array<char, 4096> told{};
    pollfd waits{socket_, POLLIN, 0};
    const auto end = Clock::now() + std::chrono::seconds{30};
    while (Clock::now() < end && poll(&waits, 1, 30'000) == 1) {
      const auto size = recv(socket_, told.data(), told.size(), 0);
      if (size > 0 &&
          std::string(told.data(), static_cast<std::size_t>(size)).starts_with(beginning))
        return true;
    }
    return false;
  }

 private:
  std::string path_;
  int socket_;
};

/// A place for the service to run in: a database, a site with the newest list of each kind, and its
/// configuration.
class Place {
 public:
  Place() : samples_(site_, newest_lists()) {
    while (!samples_.advance().empty()) {
    }
    configuration_ =
        folder_.write("agreementd.toml",
                      fmt::format("database = \"{}\"\nsource.page = \"{}\"\nspool.folder = \"{}\"\n"
                                  "http.listen = \"127.0.0.1:0\"\n",
                                  testing::Cluster::get().uri(database_, "agreementd_writer"),
                                  samples_.page_url(), folder_.path("spool")));
  }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  ~Place() { testing::Cluster::get().drop_database(database_); }

  [[nodiscard]] std::string socket() const { return folder_.path("notify"); }
  [[nodiscard]] std::string journal() const { return folder_.path("journal"); }
  [[nodiscard]] const std::string& configuration() const { return configuration_; }

 private:
  /// Of the real lists or the samples.
  static std::vector<fakes::SampleList> newest_lists() {
    const char* corpus = std::getenv("AGREEMENTD_CORPUS");
    const std::string folder = corpus != nullptr ? corpus : AGREEMENTD_BINARY_DIR "/samples/lists";
    return {fakes::sample_timeline(folder + "/participating").back(),
            fakes::sample_timeline(folder + "/pending").back()};
  }

  std::string database_ = testing::Cluster::get().create_database();
  daemon::TemporaryFolder folder_;
  fakes::Site site_;
  fakes::SampleSite samples_;
  std::string configuration_;
};

/// agreementd, from its start to the end of this object.
class Running {
 public:
  explicit Running(const Place& place) : place_(place), supervisor_(place.socket()) {
    std::vector<std::string> texts{"NOTIFY_SOCKET=" + place.socket()};
    for (char** variable = environ; *variable != nullptr; ++variable) texts.emplace_back(*variable);
    std::vector<char*> environment;
    for (auto& text : texts) environment.push_back(text.data());
    environment.push_back(nullptr);
    std::string program = AGREEMENTD_BINARY_DIR "/daemon/agreementd";
    std::string configuration = "--config=" + place.configuration();
    std::array<char*, 3> arguments{program.data(), configuration.data(), nullptr};
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, STDERR_FILENO, place.journal().c_str(),
                                     O_WRONLY | O_CREAT | O_TRUNC, 0600);
    const auto start = Clock::now();
    const bool started = posix_spawn(&process_, program.c_str(), &files, nullptr, arguments.data(),
                                     environment.data()) == 0;
    posix_spawn_file_actions_destroy(&files);
    if (!started) throw std::runtime_error("cannot start " + program);
    if (!supervisor_.hears("READY=1")) fail("is not ready");
    ready_after_ = Clock::now() - start;
  }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;
  ~Running() { stop(); }

  /// From before its process exists.
  [[nodiscard]] std::chrono::duration<double> ready_after() const { return ready_after_; }

  /// Megabytes of memory (RSS) when it has polled, and then waited once, 5 s.
  double idle_rss() {
    if (!supervisor_.hears("STATUS=last poll") || !supervisor_.hears("STATUS=last poll"))
      fail("does not poll");
    std::ifstream status(fmt::format("/proc/{}/status", process_));
    for (std::string line; std::getline(status, line);)
      if (line.starts_with("VmRSS:")) return std::stod(line.substr(6)) * 1024 / 1e6;
    fail("is gone");
  }

 private:
  void stop() {
    if (process_ <= 0) return;
    kill(process_, SIGTERM);
    waitpid(process_, nullptr, 0);
    process_ = -1;
  }
  [[noreturn]] void fail(const std::string& how) {
    stop();
    std::ostringstream journal;
    journal << std::ifstream(place_.journal()).rdbuf();
    throw std::runtime_error("agreementd " + how + ":\n" + journal.str());
  }

  const Place& place_;
  Supervisor supervisor_;
  pid_t process_ = -1;
  std::chrono::duration<double> ready_after_{};
};

void report(benchmark::State& state, const std::vector<double>& ready,
            const std::vector<double>& rss) {
  const auto median = [](std::vector<double> values) {
    std::ranges::sort(values);
    return values.at(values.size() / 2);
  };
  state.counters["ready_ms"] = median(ready);
  state.counters["ready_max_ms"] = std::ranges::max(ready);
  if (!rss.empty()) state.counters["idle_rss_mb"] = median(rss);
}

/// On a database in which nothing is recorded: it polls at once, and records both lists.
void start_first(benchmark::State& state) {
  std::vector<double> ready, rss;
  for (auto iteration : state) {
    const Place place;
    Running service(place);
    state.SetIterationTime(service.ready_after().count());
    ready.push_back(service.ready_after().count() * 1000);
    rss.push_back(service.idle_rss());
  }
  report(state, ready, rss);
}

/// Where it has polled before and the next poll is not due.
void start_again(benchmark::State& state) {
  const Place place;
  Running(place).idle_rss();
  std::vector<double> ready;
  for (auto iteration : state) {
    const Running service(place);
    state.SetIterationTime(service.ready_after().count());
    ready.push_back(service.ready_after().count() * 1000);
  }
  report(state, ready, {});
}

BENCHMARK(start_first)->Unit(benchmark::kMillisecond)->Iterations(5)->UseManualTime();
BENCHMARK(start_again)->Unit(benchmark::kMillisecond)->Iterations(20)->UseManualTime();

}  // namespace
}  // namespace agreementd::bench
