#include "daemon/service/journal.h"

#include <cstdint>
#include <cstdlib>

#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>
#define SD_JOURNAL_SUPPRESS_LOCATION
#include <systemd/sd-journal.h>

#include "daemon/terminal_text.h"

namespace agreementd::daemon {
namespace {

/// syslog(3)'s numbers.
int priority_of(Level level) {
  switch (level) {
    case Level::debug:
      return 7;
    case Level::info:
      return 6;
    case Level::warning:
      return 4;
    case Level::error:
      return 3;
  }
  return 6;
}

spdlog::level::level_enum spdlog_level(Level level) {
  switch (level) {
    case Level::debug:
      return spdlog::level::debug;
    case Level::info:
      return spdlog::level::info;
    case Level::warning:
      return spdlog::level::warn;
    case Level::error:
      return spdlog::level::err;
  }
  return spdlog::level::info;
}

class SystemdJournal final : public Journal {
 public:
  explicit SystemdJournal(Level least) : least_(least) {}

  void write(Level level, std::string_view message, const Fields& fields) override {
    if (level < least_) return;
    std::vector<std::string> texts{fmt::format("MESSAGE={}", printable(message)),
                                   fmt::format("PRIORITY={}", priority_of(level)),
                                   "SYSLOG_IDENTIFIER=agreementd"};
    for (const auto& field : fields)
      texts.push_back(fmt::format("{}={}", field.name, printable(field.value)));
    std::vector<iovec> parts;
    for (auto& text : texts) parts.push_back({text.data(), text.size()});
    sd_journal_sendv(parts.data(), static_cast<int>(parts.size()));
  }

 private:
  Level least_;
};

class StderrJournal final : public Journal {
 public:
  explicit StderrJournal(Level least)
      : logger_("agreementd", std::make_shared<spdlog::sinks::stderr_sink_mt>()) {
    logger_.set_pattern("%Y-%m-%dT%H:%M:%SZ %l: %v", spdlog::pattern_time_type::utc);
    logger_.set_level(spdlog_level(least));
    logger_.flush_on(spdlog::level::debug);
  }

  void write(Level level, std::string_view message, const Fields& fields) override {
    std::string line = printable(message);
    for (const auto& field : fields)
      line += fmt::format(" {}={}", field.name, printable(field.value));
    logger_.log(spdlog_level(level), "{}", line);
  }

 private:
  spdlog::logger logger_;
};

/// JOURNAL_STREAM is device:inode of the stream that systemd connected (systemd.exec(5)).
bool leads_to_the_journal(int descriptor) {
  const char* stream = std::getenv("JOURNAL_STREAM");
  struct stat status {};
  return stream != nullptr && fstat(descriptor, &status) == 0 &&
         fmt::format("{}:{}", status.st_dev, status.st_ino) == stream;
}

}  // namespace

std::unique_ptr<Journal> open_journal(Level least) {
  if (leads_to_the_journal(STDERR_FILENO)) return std::make_unique<SystemdJournal>(least);
  return std::make_unique<StderrJournal>(least);
}

}  // namespace agreementd::daemon
