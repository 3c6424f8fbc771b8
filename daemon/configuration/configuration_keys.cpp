#include "daemon/configuration/configuration_keys.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <utility>

#include <fmt/format.h>

#include "daemon/configuration/database_uri.h"
#include "daemon/configuration/option_values.h"
#include "fetchers/fetcher.h"
#include "storage/schema.h"
#include "web/endpoint.h"

namespace agreementd::daemon {
namespace {

using std::chrono::seconds;

std::string check_database(Configuration& configuration) {
  const auto& database = configuration.database;
  if (holds_password(database))
    return "must not hold a password: put it into ~/.pgpass or a service file";
  return database.empty() || storage::is_connection_string(database)
             ? ""
             : "must be a connection string, as in \"postgresql:///agreementd\"";
}

std::string check_page(Configuration& configuration) {
  const auto& page = configuration.source.page;
  if (page.empty() || fetchers::resolve(page, page)) return "";
  return "must be an http or https address without a password, as in "
         "\"https://www.ice.gov/identify-and-arrest/287g\"";
}

std::string check_every(Configuration& configuration) {
  if (configuration.source.every >= seconds{60}) return "";
  return "must be a minute or more: the source is not ours";
}

std::string check_hosts(Configuration& configuration) {
  for (const auto& host : configuration.source.hosts)
    if (host.empty() || fetchers::host_of("https://" + host + "/") != host)
      return fmt::format(
          "holds \"{}\": each must be a host's name in lower case, as in "
          "\"www.ice.gov\"",
          host);
  return "";
}

std::string check_contact(Configuration& configuration) {
  const auto& contact = configuration.source.contact;
  const auto is_control = [](unsigned char c) { return c < ' ' || c == 0x7f; };
  return std::ranges::none_of(contact, is_control) ? "" : "must be one line";
}

std::string check_ca_file(Configuration& configuration) {
  const auto& file = configuration.source.ca_file;
  std::error_code ignored;
  return file.empty() || std::filesystem::is_regular_file(file, ignored)
             ? ""
             : "must be a file that is there";
}

template <std::chrono::seconds Source::*member>
std::string check_patience(Configuration& configuration) {
  return configuration.source.*member >= seconds{60} ? "" : "must be a minute or more";
}

std::string check_folder(Configuration& configuration) {
  const auto& folder = configuration.spool.folder;
  return folder.empty() || folder.starts_with('/') ? "" : "must be a path that begins with /";
}

std::string check_retry(Configuration& configuration) {
  return configuration.source.retry >= seconds{10} ? "" : "must be 10s or more";
}

std::string check_spool(Configuration& configuration) {
  constexpr std::uint64_t least = 64ULL << 20;
  return configuration.spool.size >= least ? "" : "must be 64 MiB or more: one list may take 32";
}

std::string check_listen(Configuration& configuration) {
  const auto& text = configuration.http.listen;
  if (text.empty() || web::parse_endpoint(text)) return "";
  return "must be an address and a port, as in \"127.0.0.1:9287\", or \"\" for none";
}

std::string check_public_url(Configuration& configuration) {
  auto& url = configuration.http.public_url;
  while (url.ends_with('/')) url.pop_back();
  const bool is_one = fetchers::resolve(url, url) && url.find_first_of("?#") == std::string::npos;
  return url.empty() || is_one ? ""
                               : "must be an http or https address without a password and a "
                                 "query, as in \"https://tracker.example.org\"";
}

template <int tracking::Plausibility::*member>
int& count_of(Configuration& configuration) {
  return configuration.plausibility.*member;
}
template <double tracking::Plausibility::*member>
double& share_of(Configuration& configuration) {
  return configuration.plausibility.*member;
}
template <auto member>
auto& source_of(Configuration& configuration) {
  return configuration.source.*member;
}

using tracking::Plausibility;

constexpr std::array keys{
    Key{"", "database", +[](Configuration& c) -> std::string& { return c.database; },
        "Connection string of the PostgreSQL database (libpq), as in \"postgresql:///agreementd\". "
        "Without a password: that goes into a file, see agreementd(8).",
        check_database},

    Key{"source", "page", source_of<&Source::page>,
        "The page that links ICE's lists: \"https://www.ice.gov/identify-and-arrest/287g\".",
        check_page},
    Key{"source", "contact", source_of<&Source::contact>,
        "Where the source's operators can reach you, as in \"mailto:you@example.org\". It is told "
        "with every request.",
        check_contact},
    Key{"source", "hosts", source_of<&Source::hosts>,
        "Hosts to which the page's links may lead beside its own.", check_hosts},
    Key{"source", "ca_file", source_of<&Source::ca_file>,
        "PEM file of the authorities to trust. Empty: the system's.", check_ca_file},
    Key{"source", "every", source_of<&Source::every>,
        "How often the page is asked for, a minute or more. Up to a tenth is added by chance, so "
        "that "
        "not all ask at once.",
        check_every},
    Key{"source", "retry", source_of<&Source::retry>,
        "When to ask again after a failure. The time doubles with each failure that follows, up to "
        "`every`.",
        check_retry},
    Key{"source", "unlinked_after", source_of<&Source::unlinked_after>,
        "How long the page may be without a link to a list before a notice says that the list is "
        "unlinked.",
        check_patience<&Source::unlinked_after>},
    Key{"source", "silent_after", source_of<&Source::silent_after>,
        "How long a list may be without a new edition, though it is had, before a notice says so.",
        check_patience<&Source::silent_after>},

    Key{"http", "listen", +[](Configuration& c) -> std::string& { return c.http.listen; },
        "Address and port of the feeds (/changes.atom, /changes.json, /states/TX/...), of "
        "/api/v1/changes, and of /healthz, /readyz and /metrics. Empty: none. Nothing there asks "
        "who you are: keep it on this machine, or behind a proxy.",
        check_listen},
    Key{"http", "public_url", +[](Configuration& c) -> std::string& { return c.http.public_url; },
        "Where readers reach that through a proxy, for the links in feeds: "
        "\"https://tracker.example.org\". Empty: where each request says it went to.",
        check_public_url},

    Key{"spool", "folder", +[](Configuration& c) -> std::string& { return c.spool.folder; },
        "Where to keep what is fetched while the database is away. Empty: `spool` in the service's "
        "state directory. After a change here, or of `http`, restart the service.",
        check_folder},
    Key{"spool", "size", +[](Configuration& c) -> std::uint64_t& { return c.spool.size; },
        "How much may be kept there. When it is full, lists are still asked for but what comes is "
        "not kept; the journal says so.",
        check_spool},

    Key{"plausibility", "removals", count_of<&Plausibility::removals>,
        "An edition of the participating list that ends more agreements than this, unexplained, …"},
    Key{"plausibility", "removal_share", share_of<&Plausibility::removal_share>,
        "… and more than this share of them, is quarantined."},
    Key{"plausibility", "pending_removals", count_of<&Plausibility::pending_removals>,
        "An edition of the pending list from which more applications leave than this, unexplained, "
        "is quarantined."},
    Key{"plausibility", "additions", count_of<&Plausibility::additions>,
        "An edition that adds more than this …"},
    Key{"plausibility", "addition_share", share_of<&Plausibility::addition_share>,
        "… and more than this share, is quarantined."},
    Key{"plausibility", "future_signings", count_of<&Plausibility::future_signings>,
        "So is one in which more rows than this are signed after its own date."},
    Key{"plausibility", "reverted_removals", count_of<&Plausibility::reverted_removals>,
        "So is an older edition published again, if it would end more agreements than this."},
    Key{"plausibility", "unreadable_share", share_of<&Plausibility::unreadable_share>,
        "So is one of which more than this share of the rows cannot be read …"},
    Key{"plausibility", "unreadable_rows", count_of<&Plausibility::unreadable_rows>,
        "… and at least this many."},
    Key{"plausibility", "field_loss_share", share_of<&Plausibility::field_loss_share>,
        "Where a column loses more than this share of its values at once …"},
    Key{"plausibility", "field_loss_rows", count_of<&Plausibility::field_loss_rows>,
        "… and at least this many, that is one notice and no change."},
};

struct Unit {
  std::string_view name;
  std::uint64_t factor;
};
constexpr std::array durations{Unit{"d", 86'400}, Unit{"h", 3600}, Unit{"m", 60}, Unit{"s", 1}};
constexpr std::array sizes{Unit{"GiB", 1ULL << 30}, Unit{"MiB", 1ULL << 20},
                           Unit{"KiB", 1ULL << 10}, Unit{"B", 1}};

template <std::size_t count>
std::optional<std::uint64_t> parse_amount(std::string_view text,
                                          const std::array<Unit, count>& units) {
  const auto end = text.find_first_not_of("0123456789");
  if (end == std::string_view::npos || end == 0) return std::nullopt;
  const auto number = parse_count(text.substr(0, end));
  auto name = text.substr(end);
  if (name.starts_with(' ')) name.remove_prefix(1);
  constexpr std::uint64_t limit = 1ULL << 50;  // a pebibyte, and more seconds than there were
  if (!number) return std::nullopt;
  for (const auto& unit : units)
    if (unit.name == name && static_cast<std::uint64_t>(*number) <= limit / unit.factor)
      return static_cast<std::uint64_t>(*number) * unit.factor;
  return std::nullopt;
}

template <std::size_t count>
std::pair<std::uint64_t, std::string_view> in_largest_unit(std::uint64_t amount,
                                                           const std::array<Unit, count>& units) {
  for (const auto& unit : units)
    if (amount % unit.factor == 0 && amount > 0) return {amount / unit.factor, unit.name};
  return {amount, units.back().name};
}

}  // namespace

std::span<const Key> configuration_keys() {
  static const auto all = [] {
    std::vector<Key> table(keys.begin(), keys.end());
    table.insert(table.end(), alert_keys().begin(), alert_keys().end());
    return table;
  }();
  return all;
}

std::string table_head(std::string_view table) {
  return table == alert_table ? fmt::format("[[{}]]", table) : fmt::format("[{}]", table);
}

std::string_view about_table(std::string_view table) {
  if (table == "source") return "Where the lists come from, and how often they are asked for.";
  if (table == "http") return "Feeds, the change log for programs, health and metrics.";
  if (table == "spool") return "What is fetched while the database is away.";
  if (table == alert_table)
    return "Who is told of what changes, or of what the operator must know: one such table each, "
           "any "
           "number of them (docs/alerts.md).";
  if (table == "plausibility")
    return "When an edition is kept from changing anything until a person has looked at it.";
  return "";
}

std::optional<seconds> parse_duration(std::string_view text) {
  constexpr std::uint64_t longest = 100ULL * 366 * 86'400;
  const auto amount = parse_amount(text, durations);
  if (!amount || *amount > longest) return std::nullopt;
  return seconds{*amount};
}

std::string duration_text(seconds duration) {
  const auto [number, unit] =
      in_largest_unit(static_cast<std::uint64_t>(duration.count()), durations);
  return fmt::format("{}{}", number, unit);
}

std::optional<std::uint64_t> parse_size(std::string_view text) { return parse_amount(text, sizes); }

std::string size_text(std::uint64_t bytes) {
  const auto [number, unit] = in_largest_unit(bytes, sizes);
  return fmt::format("{} {}", number, unit);
}

}  // namespace agreementd::daemon
