#include "daemon/service/agreementd.h"

#include <exception>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "daemon/configuration/credentials.h"
#include "daemon/poll_options.h"
#include "daemon/service/service.h"
#include "daemon/service/signals.h"

namespace agreementd::daemon {
namespace {

struct Arguments {
  std::string configuration_file;
  bool verbose = false;
};

/// Nothing where there is nothing to run: help, the version, or an error, which is printed.
std::optional<Arguments> parse(const std::vector<std::string>& words, Console& console,
                               ExitStatus& status) {
  Arguments arguments;
  CLI::App app{"Polls ICE's 287(g) agreement lists and records what changes (agreementd(8)).",
               "agreementd"};
  app.add_option("--config", arguments.configuration_file,
                 "Configuration file instead of /etc/agreementd/agreementd.toml")
      ->type_name("FILE");
  app.add_flag("--verbose", arguments.verbose, "Every request to the source is a line too");
  app.set_version_flag("--version", "agreementd " AGREEMENTD_VERSION);
  try {
    app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
    return arguments;
  } catch (const CLI::CallForHelp&) {
    console.print(app.help());
  } catch (const CLI::CallForVersion&) {
    console.print("agreementd " AGREEMENTD_VERSION "\n");
  } catch (const CLI::ParseError& error) {
    console.complain(fmt::format("{}: see agreementd --help", error.what()));
    status = ExitStatus::usage;
  }
  return std::nullopt;
}

Configuration load(const std::string& file) {
  auto reading = load_configuration(file);
  if (reading.problems.empty()) return std::move(reading.configuration);
  throw Failure(fmt::format("{}{}", reading.problems.front(),
                            reading.problems.size() > 1
                                ? ": see agreementctl check-config for all that is wrong"
                                : ""),
                ExitStatus::usage);
}

void serve(const Arguments& arguments, const std::function<void()>& between) {
  use_passed_credentials();
  Signals signals;  // before any other thread
  const auto configuration = load(arguments.configuration_file);
  const SystemClock clock;
  Systemd systemd;
  const auto journal = open_journal(arguments.verbose ? Level::debug : Level::info);
  Service service(configuration,
                  {clock, systemd, *journal,
                   [&](std::chrono::milliseconds longest) {
                     if (between) between();
                     signals.wait_for(longest);
                   },
                   [&] { return signals.take_reload(); }, signals.stop(),
                   [&] { return load_configuration(arguments.configuration_file); },
                   fetchers::real_effects(clock).random,
                   [&](const Configuration& wanted) { return addressees_of(wanted, clock); },
                   [&](const Source& source, std::function<void()> alive) {
                     auto effects = fetchers::real_effects(clock);
                     effects.alive = std::move(alive);
                     return fetchers::Fetcher(fetch_settings(source), std::move(effects));
                   }});
  service.run();
}

}  // namespace

ExitStatus run_agreementd(const std::vector<std::string>& words, Console& console,
                          const std::function<void()>& between) {
  auto status = ExitStatus::done;
  try {
    if (const auto arguments = parse(words, console, status)) serve(*arguments, between);
    console.flush();
  } catch (const Failure& failure) {
    console.complain(failure.what());
    status = failure.status();
  } catch (const std::exception& error) {
    console.complain(fmt::format("internal error: {}: please report it", error.what()));
    status = ExitStatus::failed;
  }
  return status;
}

}  // namespace agreementd::daemon
