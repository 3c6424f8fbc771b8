#include "daemon/configuration/database_uri.h"

#include <algorithm>
#include <cctype>
#include <charconv>

#include <fmt/format.h>

#include "model/result.h"

namespace agreementd::daemon {
namespace {

bool is_space(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }

bool is_password_key(std::string_view key) { return key == "password" || key == "sslpassword"; }

std::string percent_decoded(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned char byte = 0;
    const auto* digits = text.data() + i + 1;
    if (text[i] == '%' && i + 2 < text.size() &&
        std::from_chars(digits, digits + 2, byte, 16).ptr == digits + 2) {
      result += static_cast<char>(byte);
      i += 2;
    } else {
      result += text[i];
    }
  }
  return result;
}

/// `user:password@host:port/name?key=value&…`, split as libpq does: there is a user where an `@`
/// comes before the first slash.
bool uri_holds_password(std::string_view uri) {
  const auto stop = uri.find_first_of("@/");
  if (stop != std::string_view::npos && uri[stop] == '@') {
    const auto user = uri.substr(0, stop);
    const auto colon = user.find(':');
    if (colon != std::string_view::npos && colon + 1 < user.size()) return true;
    uri.remove_prefix(stop + 1);
  }
  const auto question = uri.find('?');
  if (question == std::string_view::npos) return false;
  for (auto query = uri.substr(question + 1); !query.empty();) {
    const auto end = std::min(query.find('&'), query.size());
    const auto pair = query.substr(0, end);
    if (is_password_key(percent_decoded(pair.substr(0, pair.find('='))))) return true;
    query.remove_prefix(std::min(end + 1, query.size()));
  }
  return false;
}

std::size_t skip_spaces(std::string_view text, std::size_t at) {
  while (at < text.size() && is_space(text[at])) ++at;
  return at;
}

/// Where the value that begins at `at` ends: a quoted one behind its quote; a backslash escapes.
std::size_t value_end(std::string_view text, std::size_t at) {
  const bool quoted = at < text.size() && text[at] == '\'';
  if (quoted) ++at;
  for (; at < text.size(); ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (quoted ? text[at] == '\'' : is_space(text[at])) {
      return quoted ? at + 1 : at;
    }
  }
  return text.size();
}

bool pairs_hold_password(std::string_view text) {
  for (std::size_t at = skip_spaces(text, 0); at < text.size(); at = skip_spaces(text, at)) {
    const std::size_t key_begin = at;
    while (at < text.size() && text[at] != '=' && !is_space(text[at])) ++at;
    const auto key = text.substr(key_begin, at - key_begin);
    at = skip_spaces(text, at);
    if (at >= text.size() || text[at] != '=') return is_password_key(key);  // libpq will complain
    at = skip_spaces(text, at + 1);
    if (is_password_key(key)) return true;
    at = value_end(text, at);
  }
  return false;
}

}  // namespace

bool holds_password(std::string_view connection) {
  for (const std::string_view scheme : {"postgresql://", "postgres://"})
    if (connection.starts_with(scheme)) return uri_holds_password(connection.substr(scheme.size()));
  return pairs_hold_password(connection);
}

std::string with_limits(std::string_view connection) {
  const bool uri = connection.starts_with("postgresql://") || connection.starts_with("postgres://");
  std::string result(connection);
  bool query = connection.find('?') != std::string_view::npos;
  for (const auto* setting : {"connect_timeout=4", "keepalives_idle=10", "keepalives_interval=5",
                              "keepalives_count=2", "tcp_user_timeout=20000"}) {
    const std::string_view text = setting;
    if (connection.find(text.substr(0, text.find('=') + 1)) != std::string_view::npos) continue;
    if (!result.ends_with('?') && !result.ends_with('&')) result += uri ? (query ? "&" : "?") : " ";
    result += text;
    query = true;
  }
  return result;
}

std::string choose_database(const DatabaseSources& sources) {
  struct Source {
    const std::string& text;
    const char* name;
  };
  for (const Source& source :
       {Source{sources.option, "--database"}, Source{sources.environment, "AGREEMENTD_DATABASE"},
        Source{sources.configuration, "the configuration file"}}) {
    if (source.text.empty()) continue;
    if (!holds_password(source.text)) return source.text;
    throw Failure(fmt::format("a password in the database of {} is refused, others can read it "
                              "there: put it into the file PGPASSFILE names (~/.pgpass) or into a "
                              "connection service file (?service=NAME)",
                              source.name),
                  ExitStatus::usage);
  }
  throw Failure(
      "no database given: use --database URI, set AGREEMENTD_DATABASE, or write database = \"URI\" "
      "into the configuration file (postgresql:///agreementd is a database of this machine)",
      ExitStatus::usage);
}

}  // namespace agreementd::daemon
