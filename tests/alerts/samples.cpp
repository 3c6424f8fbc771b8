#include "tests/alerts/samples.h"

#include "alerts/words.h"

namespace agreementd::alerts {

const Instant sample_time = *parse_instant("2025-03-18T22:01:02.000345Z");

namespace {

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
  const Entry entry{++seq, sample_time, cause, told};
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

}  // namespace

std::vector<Item> sample_items() {
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

}  // namespace agreementd::alerts
