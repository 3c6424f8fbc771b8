#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "alerts/email_address.h"
#include "daemon/configuration/configuration_keys.h"
#include "daemon/configuration/option_values.h"
#include "fetchers/mailer.h"
#include "fetchers/poster.h"
#include "model/states.h"

/// The keys of `[[alert]]`.
namespace agreementd::daemon {
namespace {

Alert& last(Configuration& configuration) { return configuration.alerts.back(); }

template <auto member>
auto& alert_of(Configuration& configuration) {
  return last(configuration).*member;
}

bool is_name(const std::string& text) {
  constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyz0123456789-_.";
  return !text.empty() && text.size() <= 40 && text.front() != '.' &&
         text.find_first_not_of(allowed) == std::string::npos;
}

std::string check_name(Configuration& configuration) {
  return is_name(last(configuration).name)
             ? ""
             : "must be 1 to 40 characters a-z, 0-9, \"-\", \"_\" and \".\"";
}

std::string check_secret(Configuration& configuration) {
  const auto& secret = last(configuration).secret;
  return secret.empty() || is_name(secret)
             ? ""
             : "must be the name of a file in /etc/agreementd/credentials, and not the secret";
}

template <std::size_t count>
std::string one_of(const std::string& value, const std::array<std::string_view, count>& words) {
  if (std::ranges::find(words, value) != words.end()) return "";
  std::string text = "must be ";
  for (std::size_t i = 0; i < count; ++i)
    text += fmt::format("{}\"{}\"", i == 0 ? "" : i + 1 == count ? " or " : ", ", words.at(i));
  return text;
}

std::string check_kind(Configuration& configuration) {
  return one_of(last(configuration).kind,
                std::array<std::string_view, 4>{"webhook", "slack", "email", "file"});
}

std::string check_whom(Configuration& configuration) {
  return one_of(last(configuration).whom, std::array<std::string_view, 2>{"reader", "operator"});
}

std::string check_digest(Configuration& configuration) {
  const auto& digest = last(configuration).digest;
  if (digest == "edition" || digest == "none" || parse_daily(digest)) return "";
  return "must be \"edition\", \"none\" or \"daily HH:MM\", as in \"daily 07:00\"";
}

template <std::vector<std::string> Alert::*member, std::size_t count>
std::string each_of(Configuration& configuration,
                    const std::array<std::string_view, count>& words) {
  for (const auto& value : last(configuration).*member)
    if (auto wrong = one_of(value, words); !wrong.empty())
      return fmt::format("holds \"{}\": each {}", value, wrong);
  return "";
}

std::string check_lists(Configuration& configuration) {
  return each_of<&Alert::lists>(configuration,
                                std::array<std::string_view, 2>{"participating", "pending"});
}
std::string check_kinds(Configuration& configuration) {
  return each_of<&Alert::kinds>(
      configuration, std::array<std::string_view, 4>{"new", "terminated", "changed", "reinstated"});
}
std::string check_significance(Configuration& configuration) {
  return each_of<&Alert::significance>(configuration,
                                       std::array<std::string_view, 2>{"substantive", "clerical"});
}
std::string check_causes(Configuration& configuration) {
  return each_of<&Alert::causes>(
      configuration,
      std::array<std::string_view, 5>{"edition", "archive", "decision", "verdict", "rebuild"});
}
std::string check_states(Configuration& configuration) {
  for (const auto& state : last(configuration).states)
    if (find_state(state) == nullptr)
      return fmt::format("holds \"{}\": each must be a state's two letters, as in \"TX\"", state);
  return "";
}

std::string check_models(Configuration& configuration) {
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  for (const auto& model : last(configuration).models)
    if (model.empty() || !std::ranges::all_of(model, is_capital))
      return fmt::format("holds \"{}\": each must be a model's capitals, as in \"TFM\"", model);
  return "";
}

std::string check_agencies(Configuration& configuration) {
  return std::ranges::count(last(configuration).agencies, "") == 0
             ? ""
             : "holds \"\", which is no agency: leave it out for all of them";
}

template <std::string Alert::*member>
std::string check_address(Configuration& configuration) {
  const auto& text = last(configuration).*member;
  const auto address = alerts::EmailAddress::parse(text);
  return text.empty() || address ? "" : fmt::format("is no e-mail address: {}", address.error());
}
std::string check_to(Configuration& configuration) {
  for (const auto& each : last(configuration).to)
    if (const auto address = alerts::EmailAddress::parse(each); !address)
      return fmt::format("holds no e-mail address: {}", address.error());
  return "";
}
std::string check_list_id(Configuration& configuration) {
  const auto& text = last(configuration).list_id;
  const auto id = alerts::ListId::parse(text);
  return text.empty() || id ? "" : fmt::format("is no List-Id: {}", id.error());
}
std::string check_path(Configuration& configuration) {
  const auto& path = last(configuration).path;
  return path.empty() || path.starts_with('/') ? "" : "must be a path that begins with /";
}

constexpr std::array keys{
    Key{alert_table, "name", alert_of<&Alert::name>,
        "What it is called in the journal, the metrics and agreementctl. Whoever is told goes by "
        "it: "
        "under another name it begins anew, at the end of the log.",
        check_name},
    Key{alert_table, "kind", alert_of<&Alert::kind>,
        "\"webhook\" (Standard Webhooks 1.0), \"slack\" (its incoming webhook), \"email\" or "
        "\"file\" "
        "(JSON lines).",
        check_kind},
    Key{alert_table, "for", alert_of<&Alert::whom>,
        "\"reader\": told what changed. \"operator\": told the notices of `agreementctl status`, "
        "when "
        "they begin and when they end; what is said below of entries does not count.",
        check_whom},
    Key{alert_table, "url", alert_of<&Alert::url>,
        "Of a webhook: where to POST; https, and http to this machine alone. Of email: the server, "
        "\"smtps://mail.example.org\" (TLS) or \"smtp://mail.example.org:587\" (STARTTLS)."},
    Key{alert_table, "secret", alert_of<&Alert::secret>,
        "Name of a file in /etc/agreementd/credentials. Of a webhook it holds what messages are "
        "signed with (whsec_ and base64), one a line: several while one is exchanged for another. "
        "Of "
        "slack it holds the URL, of email the password. Read when the service starts.",
        check_secret},
    Key{alert_table, "private_addresses", alert_of<&Alert::private_addresses>,
        "Whether a webhook may lead into a private network."},
    Key{alert_table, "path", alert_of<&Alert::path>,
        "Of a file: where it is; the service may write below /var/lib/agreementd. It may be moved "
        "away at any time (logrotate).",
        check_path},
    Key{alert_table, "from", alert_of<&Alert::from>, "Of email: the sender's address.",
        check_address<&Alert::from>},
    Key{alert_table, "to", alert_of<&Alert::to>,
        "Of email: the recipients' addresses. All see each other: for many use a mailing list.",
        check_to},
    Key{alert_table, "user", alert_of<&Alert::user>,
        "Of email: the login at the server. Empty: without one."},
    Key{alert_table, "list_id", alert_of<&Alert::list_id>,
        "Of email: the List-Id that mail programs file by. Empty: the name and the host of `from`.",
        check_list_id},
    Key{alert_table, "digest", alert_of<&Alert::digest>,
        "What is one message: \"edition\" (all that an edition changed), \"none\" (each entry) or "
        "\"daily HH:MM\" (of a day, at that time in New York).",
        check_digest},
    Key{alert_table, "delay", alert_of<&Alert::delay>,
        "An entry is told when it is so old and still stands: with \"24h\" what is taken back "
        "within a day, by ICE or by us, never goes out."},
    Key{alert_table, "fold_signings", alert_of<&Alert::fold_signings>,
        "Whether a signing is told once: that the application left the pending list is then said "
        "with the new agreement."},
    Key{alert_table, "lists", alert_of<&Alert::lists>,
        "Only of these lists: \"participating\", \"pending\". Empty, here and below: any.",
        check_lists},
    Key{alert_table, "kinds", alert_of<&Alert::kinds>,
        "Only these kinds of entries: \"new\", \"terminated\", \"changed\", \"reinstated\". What "
        "was "
        "sent and does not hold is taken back, whatever stands here.",
        check_kinds},
    Key{alert_table, "states", alert_of<&Alert::states>,
        "Only of these states and territories, as in [\"TX\", \"FL\"].", check_states},
    Key{alert_table, "models", alert_of<&Alert::models>, "Only of these models, as in [\"TFM\"].",
        check_models},
    Key{alert_table, "agencies", alert_of<&Alert::agencies>,
        "Only of these agencies, as printed, in any case, * and ? for what differs: "
        "[\"*Sheriff*\"].",
        check_agencies},
    Key{alert_table, "significance", alert_of<&Alert::significance>,
        "Only of this significance: \"substantive\", \"clerical\" (spelling and type of an "
        "agency).",
        check_significance},
    Key{alert_table, "causes", alert_of<&Alert::causes>,
        "Only what was recorded because of this: \"edition\" (ICE published it), \"archive\" (an "
        "import or a late list), \"decision\", \"verdict\", \"rebuild\".",
        check_causes},
    Key{alert_table, "unconfirmed", alert_of<&Alert::unconfirmed>,
        "Whether entries are told of which is open whether they are the same as others."},
};

/// What that kind does not go by: whoever wrote it expects something of it.
std::string check_strange(const Alert& alert) {
  struct Given {
    std::string_view key;
    bool is_given;
    std::vector<std::string_view> kinds;  // that go by it
  };
  const std::array given{
      Given{"url", !alert.url.empty(), {"webhook", "email"}},
      Given{"secret", !alert.secret.empty(), {"webhook", "slack", "email"}},
      Given{"private_addresses", alert.private_addresses, {"webhook", "slack"}},
      Given{"path", !alert.path.empty(), {"file"}},
      Given{"from", !alert.from.empty(), {"email"}},
      Given{"to", !alert.to.empty(), {"email"}},
      Given{"user", !alert.user.empty(), {"email"}},
      Given{"list_id", !alert.list_id.empty(), {"email"}},
  };
  for (const auto& [key, is_given, kinds] : given)
    if (is_given && std::ranges::find(kinds, alert.kind) == kinds.end())
      return fmt::format("{} takes no {}{}", alert.kind, key,
                         alert.kind == "slack" && key == "url" ? ": its secret is the URL" : "");
  return "";
}

std::string check_email(const Alert& alert) {
  if (alert.url.empty()) return "email needs a url: \"smtps://mail.example.org\"";
  if (const auto fault = fetchers::fault_of_mail_server(alert.url)) return *fault;
  if (alert.from.empty()) return "email needs a sender: from = \"agreementd@example.org\"";
  if (alert.to.empty()) return "email needs recipients: to = [\"desk@example.org\"]";
  if (alert.user.empty() != alert.secret.empty())
    return "user and secret (the password's file) belong together";
  return "";
}

std::string check_webhook(const Alert& alert) {
  if (alert.url.empty()) return "webhook needs a url: where to POST";
  if (const auto fault = fetchers::fault_of_hook(alert.url, alert.private_addresses)) return *fault;
  return alert.secret.empty() ? "webhook needs a secret: the file it is signed with" : "";
}

}  // namespace

std::span<const Key> alert_keys() { return keys; }

std::optional<std::chrono::minutes> parse_daily(std::string_view text) {
  constexpr std::string_view daily = "daily ";
  if (!text.starts_with(daily) || text.size() != daily.size() + 5 || text[8] != ':')
    return std::nullopt;
  const auto hours = parse_count(text.substr(6, 2));
  const auto minutes = parse_count(text.substr(9, 2));
  if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  return std::chrono::hours{*hours} + std::chrono::minutes{*minutes};
}

std::string check_alert(const Alert& alert) {
  if (alert.name.empty()) return "needs a name";
  if (alert.kind.empty()) return "needs a kind: \"webhook\", \"slack\", \"email\" or \"file\"";
  if (auto strange = check_strange(alert); !strange.empty()) return strange;
  if (alert.kind == "webhook") return check_webhook(alert);
  if (alert.kind == "email") return check_email(alert);
  if (alert.kind == "file")
    return alert.path.empty() ? "file needs a path: \"/var/lib/agreementd/changes.jsonl\"" : "";
  return alert.secret.empty() ? "slack needs a secret: the file with its URL" : "";
}

}  // namespace agreementd::daemon
