#include "daemon/configuration/alert_sinks.h"

#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "alerts/senders.h"
#include "daemon/configuration/configuration_keys.h"
#include "daemon/configuration/credentials.h"
#include "daemon/poll_options.h"
#include "model/result.h"

namespace agreementd::daemon {
namespace {

using alerts::Digest;
using alerts::Significance;

/// Their names were checked when they were read.
template <typename Parse>
auto parsed(const std::vector<std::string>& names, Parse parse) {
  std::set<std::decay_t<decltype(*parse(std::string_view{}))>> values;
  for (const auto& name : names)
    if (const auto value = parse(name)) values.insert(*value);
  return values;
}

std::optional<Significance> parse_significance(std::string_view name) {
  return name == "clerical" ? Significance::clerical : Significance::substantive;
}

alerts::Filter filter_of(const Alert& alert) {
  alerts::Filter filter;
  filter.lists = parsed(alert.lists, parse_list_name);
  filter.kinds = parsed(alert.kinds, parse_change_kind);
  filter.states = {alert.states.begin(), alert.states.end()};
  filter.models = {alert.models.begin(), alert.models.end()};
  filter.agencies = alert.agencies;
  filter.significances = parsed(alert.significance, parse_significance);
  filter.causes = parsed(alert.causes, parse_cause);
  filter.unconfirmed = alert.unconfirmed;
  return filter;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const auto end = std::min(text.find('\n', begin), text.size());
    auto line = text.substr(begin, end - begin);
    if (line.ends_with('\r')) line.pop_back();
    if (!line.empty()) lines.push_back(std::move(line));
    begin = end + 1;
  }
  return lines;
}

[[noreturn]] void fail(const Alert& alert, const std::string& what) {
  throw Failure(fmt::format("alert {}: {}", alert.name, what));
}

/// The lines of its credential; one or more.
std::vector<std::string> secrets_of(const Alert& alert) {
  std::vector<std::string> lines;
  try {
    lines = lines_of(credential(alert.secret));
  } catch (const Failure& failure) {
    fail(alert, failure.what());
  }
  if (lines.empty()) fail(alert, fmt::format("its secret {} is empty", alert.secret));
  return lines;
}

std::string only_secret_of(const Alert& alert) {
  auto lines = secrets_of(alert);
  if (lines.size() > 1)
    fail(alert, fmt::format("its secret {} has several lines: one is wanted", alert.secret));
  return std::move(lines.front());
}

std::vector<alerts::WebhookSecret> signing_secrets(const Alert& alert) {
  std::vector<alerts::WebhookSecret> secrets;
  for (const auto& line : secrets_of(alert)) {
    auto secret = alerts::WebhookSecret::parse(line);
    if (!secret) fail(alert, fmt::format("its secret {}: {}", alert.secret, secret.error()));
    secrets.push_back(std::move(*secret));
  }
  return secrets;
}

fetchers::PostSettings post_settings(const Alert& alert, const Source& source) {
  fetchers::PostSettings settings;
  // Who is told what changed need not know whom to write to about polling.
  settings.user_agent = "agreementd/" AGREEMENTD_VERSION;
  settings.ca_file = source.ca_file;
  settings.private_addresses = alert.private_addresses;
  return settings;
}

std::unique_ptr<alerts::Sender> slack_sender_of(const Alert& alert, const Source& source,
                                                const Clock& clock) {
  auto url = only_secret_of(alert);
  if (const auto fault = fetchers::fault_of_hook(url, false))
    fail(alert,
         fmt::format("its secret {} is no URL of an incoming webhook: {}", alert.secret, *fault));
  return alerts::slack_sender(std::move(url), post_settings(alert, source), clock);
}

std::string list_id_of(const Alert& alert, const alerts::EmailAddress& from) {
  return alert.list_id.empty() ? fmt::format("{}.{}", alert.name, from.host()) : alert.list_id;
}

std::unique_ptr<alerts::Sender> email_sender_of(const Alert& alert, const Source& source) {
  fetchers::MailSettings settings;
  settings.url = alert.url;
  settings.user = alert.user;
  settings.ca_file = source.ca_file;
  if (!alert.secret.empty()) settings.password = only_secret_of(alert);
  const auto from = alerts::EmailAddress::parse(alert.from);
  std::vector<alerts::EmailAddress> to;
  for (const auto& each : alert.to) to.push_back(*alerts::EmailAddress::parse(each));
  const auto list_id = alerts::ListId::parse(list_id_of(alert, *from));
  if (!list_id)
    fail(alert, fmt::format("no List-Id can be made of it: set list_id: {}", list_id.error()));
  return alerts::email_sender({*from, std::move(to), *list_id}, settings);
}

}  // namespace

alerts::Sink sink_of(const Alert& alert) {
  alerts::Sink sink;
  sink.name = alert.name;
  sink.tells = alert.whom == "operator" ? storage::Tells::notices : storage::Tells::changes;
  sink.filter = filter_of(alert);
  const auto daily = parse_daily(alert.digest);
  sink.digest = daily ? Digest::daily : alert.digest == "none" ? Digest::none : Digest::edition;
  sink.daily_at = daily.value_or(std::chrono::minutes{0});
  sink.delay = alert.delay;
  sink.fold_signings = alert.fold_signings;
  return sink;
}

Sha256 destination_of(const Alert& alert) {
  // Slack's URL is the secret.
  const auto url = alert.kind == "slack" ? only_secret_of(alert) : alert.url;
  return sha256(fmt::format("{}\n{}\n{}\n{}\n{}\n{}\n{}", alert.kind, url, alert.secret, alert.path,
                            alert.from, fmt::join(alert.to, ","), alert.user));
}

std::unique_ptr<alerts::Sender> sender_of(const Alert& alert, const Source& source,
                                          const Clock& clock) {
  if (alert.kind == "file") return alerts::file_sender(alert.path);
  if (alert.kind == "slack") return slack_sender_of(alert, source, clock);
  if (alert.kind == "email") return email_sender_of(alert, source);
  return alerts::webhook_sender(alert.url, signing_secrets(alert), post_settings(alert, source),
                                clock);
}

}  // namespace agreementd::daemon
