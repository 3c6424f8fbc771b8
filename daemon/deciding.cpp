#include "daemon/deciding.h"

#include <algorithm>
#include <ranges>
#include <set>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "daemon/folding.h"

namespace agreementd::daemon {
namespace {

/// The history as a person names its parts.
class Names {
 public:
  explicit Names(const StoredHistory& stored) : stored_(stored) {}

  [[nodiscard]] std::string known_as(const std::string& id) const {
    const auto redirect = std::ranges::find(stored_.redirects, id, &Redirect::from);
    return redirect == stored_.redirects.end() ? id : redirect->to;
  }

  /// In order. Failure where there is none.
  [[nodiscard]] std::vector<Version> versions_of(const std::string& id) const {
    std::vector<Version> versions;
    for (const auto& [version_id, version] : stored_.versions)
      if (known_as(version.agreement_id) == known_as(id)) versions.push_back(version);
    if (versions.empty())
      throw Failure(
          fmt::format("no agreement {}: give an id as review, changes and find print them", id));
    std::ranges::sort(versions, {}, &Version::from);
    return versions;
  }

  /// The agreement's entry. Failure where it is none that matched one print with another.
  [[nodiscard]] const Change& matching_entry(std::int64_t seq, const std::string& id) const {
    const auto found = std::ranges::find(stored_.standing, seq, &Entry::seq);
    if (found == stored_.standing.end() || known_as(found->change.agreement_id) != known_as(id))
      throw Failure(fmt::format(
          "{} is no standing entry of {}: agreementctl show {} prints its entries", seq, id, id));
    if (found->change.kind != ChangeKind::changed && found->change.kind != ChangeKind::reinstated)
      throw Failure(
          fmt::format("entry {} is \"{}\": only a changed or reinstated entry takes one "
                      "print to be the same as another",
                      seq, to_string(found->change.kind)));
    return found->change;
  }

  /// When the open review of the two asks; where there is none, when both had been listed first.
  [[nodiscard]] Instant moment(const std::vector<Version>& one,
                               const std::vector<Version>& other) const {
    const auto asks = [&](const Review& review) {
      const auto names = [&](const Version& version) {
        return std::ranges::any_of(review.agreement_ids, [&](const auto& id) {
          return known_as(id) == known_as(version.agreement_id);
        });
      };
      return names(one.front()) && names(other.front());
    };
    const auto review = std::ranges::find_if(stored_.reviews, asks);
    if (review != stored_.reviews.end()) return edition(review->edition_id).instant;
    return std::max(one.front().from, other.front().from);
  }

  /// The key of the listing that the id was made from; empty where none of the versions has it.
  [[nodiscard]] std::string made_from(const std::string& id,
                                      const std::vector<Version>& versions) const {
    const auto minting = std::ranges::find(stored_.mintings, id, &Minting::id);
    if (minting == stored_.mintings.end()) return "";
    for (const auto& version : versions)
      for (const auto& row : version.rows)
        if (row.agency == minting->agency && row.state_text == minting->state_text &&
            row.model_text == minting->model_text && row.signed_text == minting->signed_text)
          return tracking::form_of(row).key();
    return "";
  }

  [[nodiscard]] PrintedKey printed_in(const Version& version) const {
    const auto& row = version.rows.front();
    return {row.state,       row.agency, row.model,   row.signed_on,
            row.signed_text, row.county, row.moa_url, edition(version.from_edition).document};
  }

 private:
  [[nodiscard]] const Edition& edition(const Sha256& id) const {
    const auto found = std::ranges::find(stored_.editions, id, &Edition::id);
    if (found == stored_.editions.end())
      throw Failure("an edition is named in the history that is not in it: please report it");
    return *found;
  }

  const StoredHistory& stored_;
};

/// The version in force at that moment; else the last before it.
const Version& version_at(const std::vector<Version>& versions, Instant at) {
  const auto after = std::ranges::find_if(versions, [&](const auto& v) { return v.from > at; });
  return after == versions.begin() ? versions.front() : *std::prev(after);
}

bool same_print(const PrintedKey& one, const PrintedKey& other) {
  const auto print = [](const PrintedKey& key) {
    const auto form = tracking::form_of(key);
    return std::tuple(form.key(), form.county, form.moa);
  };
  return print(one) == print(other);
}

using Keys = std::pair<PrintedKey, PrintedKey>;

/// The standing same-as decisions on prints that the agreement holds, the last first.
std::vector<Keys> united_keys(const std::vector<Decision>& decisions,
                              const std::vector<Version>& versions) {
  std::set<std::string> held;
  for (const auto& version : versions)
    for (const auto& row : version.rows) held.insert(tracking::form_of(row).key());
  std::vector<Keys> united;
  std::set<std::set<std::string>> spoken_of;
  for (const auto& decision : std::views::reverse(decisions)) {
    const auto one = tracking::form_of(decision.one).key();
    const auto other = tracking::form_of(decision.other).key();
    if (decision.list != versions.front().list || !spoken_of.insert({one, other}).second) continue;
    if (decision.kind == DecisionKind::same_as && held.contains(one) && held.contains(other))
      united.emplace_back(decision.one, decision.other);
  }
  return united;
}

/// What a person said is one, and now says is not. Where more than two were united, what each id
/// was made from says which two are meant; nothing where that does not say it either.
std::optional<Keys> keys_to_part(const Names& names, const DecisionRequest& request,
                                 const std::vector<Decision>& decisions) {
  const auto versions = names.versions_of(request.one);
  const auto united = united_keys(decisions, versions);
  const std::set<std::string> meant{names.made_from(request.one, versions),
                                    names.made_from(request.other, versions)};
  for (const auto& keys : united)
    if (meant ==
        std::set{tracking::form_of(keys.first).key(), tracking::form_of(keys.second).key()})
      return keys;
  return united.size() == 1 ? std::optional(united.front()) : std::nullopt;
}

Keys keys_of_agreements(const Names& names, const DecisionRequest& request,
                        const std::vector<Decision>& decisions) {
  const bool one_agreement = names.known_as(request.one) == names.known_as(request.other);
  if (one_agreement && request.kind == DecisionKind::distinct_from)
    if (const auto keys = keys_to_part(names, request, decisions)) return *keys;
  if (one_agreement && request.kind == DecisionKind::same_as)
    throw Failure(fmt::format("{} and {} are one agreement already: there is nothing to decide",
                              request.one, request.other));
  if (one_agreement)
    throw Failure(
        fmt::format("{} and {} are one agreement: to part it name the entry that joined "
                    "them, as in agreementctl decide {} distinct-from SEQ --why TEXT",
                    request.one, request.other, names.known_as(request.one)));
  const auto one = names.versions_of(request.one);
  const auto other = names.versions_of(request.other);
  if (one.front().list != other.front().list)
    throw Failure(fmt::format(
        "{} is on the {} list and {} on the {} list: an application and its "
        "agreement are linked, they are never one",
        request.one, to_string(one.front().list), request.other, to_string(other.front().list)));
  const auto at = names.moment(one, other);
  return {names.printed_in(version_at(one, at)), names.printed_in(version_at(other, at))};
}

/// What was printed before the entry and after it.
Keys keys_around_entry(const Names& names, const DecisionRequest& request) {
  const auto versions = names.versions_of(request.one);
  const auto& entry = names.matching_entry(*request.entry, request.one);
  const auto after = std::ranges::find(versions, entry.edition_id, &Version::from_edition);
  if (after == versions.begin() || after == versions.end())
    throw Failure(
        fmt::format("nothing of {} was printed before entry {}", request.one, *request.entry));
  Keys keys{names.printed_in(*std::prev(after)), names.printed_in(*after)};
  if (tracking::form_of(keys.first).key() == tracking::form_of(keys.second).key())
    throw Failure(
        fmt::format("before and after entry {} the list prints one state, agency, model "
                    "and date: nothing tells two agreements apart",
                    *request.entry));
  return keys;
}

Decision decision_of(const Names& names, const DecisionRequest& request,
                     const std::vector<Decision>& decisions, Instant now) {
  Decision decision;
  decision.kind = request.kind;
  decision.list = names.versions_of(request.one).front().list;
  std::tie(decision.one, decision.other) = request.entry
                                               ? keys_around_entry(names, request)
                                               : keys_of_agreements(names, request, decisions);
  decision.by = request.by;
  decision.why = request.why;
  decision.at = now;
  return decision;
}

/// The agreement that holds the key; the last that did, where several had it.
std::string holder(const std::vector<Version>& versions, const PrintedKey& key, List list) {
  const Version* last = nullptr;
  for (const auto& version : versions)
    if (version.list == list && (last == nullptr || last->from <= version.from) &&
        std::ranges::any_of(version.rows, [&](const Listing& row) {
          return same_print(key, {row.state, row.agency, row.model, row.signed_on, row.signed_text,
                                  row.county, row.moa_url, key.document});
        }))
      last = &version;
  return last == nullptr ? "" : last->agreement_id;
}

/// Both are printed in the newest edition.
bool are_side_by_side(const StoredHistory& stored, const DecisionRequest& request) {
  const Names names(stored);
  if (request.entry || names.known_as(request.one) == names.known_as(request.other)) return false;
  return !names.versions_of(request.one).back().to && !names.versions_of(request.other).back().to;
}

}  // namespace

DecisionReport decide(storage::Store& store, const DecisionRequest& request, const Clock& clock,
                      const tracking::Plausibility& plausibility) {
  Readings readings;
  const auto now = clock.now();
  const auto consequences = store.begin_consequences();
  const auto before = read_inputs(*consequences, readings);
  const auto stored = consequences->history();
  DecisionReport report;
  report.decision = decision_of(Names(stored), request, before.decisions, now);
  report.side_by_side = are_side_by_side(stored, request);
  report.decision.decision_id = consequences->add_decision(report.decision);
  auto refolded =
      refold_inputs(*consequences, stored, consequences->inputs(), readings, plausibility,
                    {Cause::decision, {}, tracking::in_words(report.decision)});
  write_consequences(*consequences, stored, refolded, now);
  consequences->commit();
  const auto& folded = refolded.folded;
  report.one = holder(folded.versions, report.decision.one, report.decision.list);
  report.other = holder(folded.versions, report.decision.other, report.decision.list);
  report.entries = std::move(refolded.difference.entries);
  report.open_reviews = folded.reviews.size();
  return report;
}

}  // namespace agreementd::daemon
