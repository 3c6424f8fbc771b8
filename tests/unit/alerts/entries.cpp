#include "tests/unit/alerts/entries.h"

namespace agreementd::alerts {

Change bee_county() {
  Change change;
  change.kind = ChangeKind::added;
  change.reason = "listed";
  change.agreement_id = "ABEEBEEBE";
  change.agency_id = "GBEEBEEBE";
  change.state = "TX";
  change.agency = "Bee County Sheriff's Office";
  change.model = "TFM";
  change.signed_on = parse_date("2025-03-01");
  change.edition_file = "participatingAgencies03182025pm.xlsx";
  change.effective_date = *parse_date("2025-03-18");
  return change;
}

Change bees_application() {
  Change change = bee_county();
  change.list = List::pending;
  change.agreement_id = "APENDINGB";
  change.signed_on = std::nullopt;
  change.edition_file = "pendingAgencies03182025pm.xlsx";
  return change;
}

LoggedEntry logged(const Change& change, std::int64_t seq, Cause cause) {
  Entry entry;
  entry.seq = seq;
  entry.recorded_at = *parse_instant("2025-03-18T22:01:02.5Z");
  entry.cause = cause;
  entry.change = change;
  auto text = canonical_json(entry);
  const auto hash = chain_hash({}, text);
  return {entry, std::move(text), hash};
}

Item item(const Change& change, std::int64_t seq, Cause cause) {
  Item result;
  result.logged = logged(change, seq, cause);
  return result;
}

rc::Gen<std::string> hostile_text() {
  const auto piece = rc::gen::element<std::string>(
      "\r\nBcc: x@example.org", "\n\n", "\r", std::string(1, '\0'), "\u202e", "\u200b", "\ufeff",
      "\u2028", "<!channel>", "<script>alert(1)</script>", "<https://e.example|x>", "@here", "*",
      "_", "~", "`", "&", "&amp;", "\"", "'", "]]>", "--=_msg", ".\r\n",
      "=?UTF-8?B?eA==?=", ":smile:", "\xff", "\xe2\x80", "é", "→", "😀", " ", "Bee County",
      std::string(300, 'x'), "=", "\\");
  const auto bytes = rc::gen::resize(20, rc::gen::arbitrary<std::string>());
  return rc::gen::map(rc::gen::resize(8, rc::gen::container<std::vector<std::string>>(
                                             rc::gen::oneOf(piece, piece, bytes))),
                      [](const std::vector<std::string>& pieces) {
                        std::string text;
                        for (const auto& each : pieces) text += each;
                        return text;
                      });
}

rc::Gen<Item> hostile_item() {
  return rc::gen::exec([] {
    Change change = bee_county();
    change.list = *rc::gen::element(List::participating, List::pending);
    change.kind = *rc::gen::element(ChangeKind::added, ChangeKind::terminated, ChangeKind::changed,
                                    ChangeKind::reinstated, ChangeKind::retracted);
    for (auto* text : {&change.reason, &change.agency, &change.state, &change.model,
                       &change.edition_file, &change.evidence})
      *text = *hostile_text();
    change.fields = {{Column::agency, *hostile_text(), change.agency},
                     {Column::moa, "pending", *hostile_text()}};
    change.unconfirmed = *rc::gen::arbitrary<bool>();
    // The log's own text is made of valid UTF-8.
    Item result = item(bee_county());
    result.logged.entry.change = change;
    if (change.kind == ChangeKind::retracted) result.retracted = result.logged;
    result.possibly_same = {*hostile_text(), *hostile_text()};
    result.moa_url =
        *rc::gen::element<std::string>("https://www.ice.gov/a&b.pdf", "", *hostile_text());
    return result;
  });
}

rc::Gen<Message> hostile_message() {
  return rc::gen::exec([] {
    const auto count = *rc::gen::inRange<std::size_t>(1, 21);
    return Message{*rc::gen::container<std::vector<Item>>(count, hostile_item())};
  });
}

}  // namespace agreementd::alerts
