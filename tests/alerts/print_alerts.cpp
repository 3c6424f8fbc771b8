// Prints what each format makes of some messages, a JSON object a line: `what` it is, its `text`,
// and what the check needs to know of it.
#include <iostream>
#include <map>

#include <fmt/format.h>

#include "alerts/email.h"
#include "alerts/json_lines.h"
#include "alerts/slack.h"
#include "alerts/webhook.h"
#include "model/json.h"

namespace agreementd::alerts {
namespace {

constexpr const char* secrets[] = {"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                                   "whsec_c2Vjb25kLXNlY3JldC1vZi0zMi1ieXRlcy1oZXJlIQ=="};

void print(const std::string& what, const std::map<std::string, std::string>& members) {
  std::string line = "{\"what\":" + json_string(what);
  for (const auto& [key, value] : members)
    line += "," + json_string(key) + ":" + json_string(value);
  std::cout << line << "}\n";
}

const Instant now = *parse_instant("2025-03-18T22:01:02.000345Z");

Change change(ChangeKind kind, const std::string& reason, List list = List::participating) {
  Change result;
  result.list = list;
  result.kind = kind;
  result.reason = reason;
  result.agreement_id = "ABEEBEEBE";
  result.agency_id = "GBEEBEEBE";
  result.state = "NM";
  result.agency = "Doña Ana County \"Sheriff's\" <Office>";
  result.model = "TFM";
  if (list == List::participating) result.signed_on = parse_date("2025-03-01");
  if (reason != "listed" && reason != "unlisted") result.related_id = "AOTHEROTH";
  result.edition_file = "participatingAgencies03182025pm.xlsx";
  result.effective_date = *parse_date("2025-03-18");
  return result;
}

LoggedEntry log(const Change& told, Cause cause = Cause::edition) {
  static std::int64_t seq = 0;
  static Sha256 head;
  const Entry entry{++seq, now, cause, told};
  auto text = canonical_json(entry);
  head = chain_hash(head, text);
  return {entry, std::move(text), head};
}

Item item(const Change& told, Cause cause = Cause::edition) {
  Item result;
  result.logged = log(told, cause);
  return result;
}

Item changed() {
  auto told = change(ChangeKind::changed, "");
  told.related_id.clear();
  told.fields = {{Column::agency, "Dona Ana", told.agency},
                 {Column::moa, "pending", "https://www.ice.gov/a.pdf?x&y"}};
  told.unconfirmed = true;
  auto result = item(told);
  result.moa_url = "https://www.ice.gov/a.pdf?x&y";
  result.possibly_same = {agreement_name(told)};
  return result;
}

Item clerical() {
  auto told = change(ChangeKind::changed, "");
  told.related_id.clear();
  told.clerical = true;
  told.fields = {{Column::agency_type, "County", "Sheriff"}};
  return item(told);
}

Item back() {
  auto told = change(ChangeKind::reinstated, "gone 5 days");
  told.related_id.clear();
  return item(told);
}

Item hostile() {
  auto told = change(ChangeKind::added, "listed");
  told.agency =
      "Bee\r\nBcc: x@example.org\r\n\r\n\u202e<!channel> @here *b* <script>alert(1)</script>" +
      std::string(1, '\0') + "\u2028.\r\n--=_msg " + std::string(900, 'x');
  told.model = "=?UTF-8?B?eA==?=";
  told.signed_on = std::nullopt;
  auto result = item(told);
  result.moa_url = "https://x/|x>";
  return result;
}

Item signing() {
  auto result = item(change(ChangeKind::added, "listed"));
  result.application = log(change(ChangeKind::terminated, "signed", List::pending));
  return result;
}

Item retraction(const Item& of) {
  auto told = of.logged.entry.change;
  told.kind = ChangeKind::retracted;
  told.reason = "verdict";
  told.clerical = false;
  told.retracts_seq = of.logged.entry.seq;
  told.evidence = "jane rejected an edition: \"no\"";
  auto result = item(told, Cause::verdict);
  result.retracted = of.logged;
  return result;
}

/// One of each sort.
std::vector<Item> items() {
  std::vector<Item> all{signing(), changed(), clerical(), back(), hostile()};
  for (const char* reason : {"listed", "renewal", "switched"})
    all.push_back(item(change(ChangeKind::added, reason)));
  for (const char* reason : {"unlisted", "superseded", "switched"})
    all.push_back(item(change(ChangeKind::terminated, reason), Cause::archive));
  all.push_back(item(change(ChangeKind::added, "listed", List::pending)));
  all.push_back(item(change(ChangeKind::terminated, "unlisted", List::pending)));
  all.push_back(retraction(all[0]));
  all.push_back(retraction(all[1]));
  return all;
}

void print_webhook(const std::string& id, const std::string& body) {
  const auto headers = webhook_headers(
      id, now, body, {*WebhookSecret::parse(secrets[0]), *WebhookSecret::parse(secrets[1])});
  print("webhook", {{"text", body},
                    {"id", headers.id},
                    {"timestamp", headers.timestamp},
                    {"signature", headers.signature},
                    {"secrets", fmt::format("{} {}", secrets[0], secrets[1])}});
}

/// What people get. `lines` is what must be found in it.
void print_telling(const Telling& told) {
  std::string lines;
  for (const auto& part : told.parts) {
    lines += part.headline + "\n";
    for (const auto& detail : part.details) lines += detail + "\n";
  }
  for (const auto& payload : slack_payloads(told)) print("slack", {{"text", payload}});
  const EmailAddresses addresses{*EmailAddress::parse("alerts@example.org"),
                                 {*EmailAddress::parse("desk@example.net")},
                                 *ListId::parse("changes.example.org")};
  print("email", {{"text", email_text(told, addresses, now)},
                  {"id", told.id},
                  {"subject", told.subject},
                  {"lines", lines}});
}

void print_message(const Message& message) {
  print_webhook(message_id(message), webhook_body(message, now));
  print_telling(telling(message));
}

template <typename Operators>
void print_for_operator(const Operators& message, const std::string& body) {
  print("line", {{"text", json_line(message)}});
  print_webhook(message_id(message), body);
  print_telling(telling(message));
}

void print_all() {
  const auto all = items();
  for (const auto& each : all) {
    print("entry", {{"text", each.logged.text}});
    print("line", {{"text", json_line(each)}, {"entry", each.logged.text}});
    print_message(Message{{each}});
  }
  print_message(Message{all});
  const NoticeMessage opened{{"silent", "pending", "nothing new:\r\nlook <there>"}, now, {}};
  const NoticeMessage closed{opened.notice, now, now};
  const Sample sample{"desk", now};
  print_for_operator(opened, webhook_body(opened, now));
  print_for_operator(closed, webhook_body(closed, now));
  print_for_operator(sample, webhook_body(sample));
}

}  // namespace
}  // namespace agreementd::alerts

int main() {
  agreementd::alerts::print_all();
  return std::cout.good() ? 0 : 1;
}
