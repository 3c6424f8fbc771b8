// What must hold whatever ICE prints: folds of generated histories.
#include <algorithm>
#include <set>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "lists.h"
#include "memory.h"

namespace agreementd::testing {
namespace {

using Publications = std::vector<Memory::Publication>;

const std::vector<std::string> states{"TX", "FL"};
const std::vector<std::string> names{"Bee County Sheriff's Office",
                                     "Bee County Sheriffs Office",
                                     "Greene Township Police",
                                     "Green Township Police",
                                     "Constable Precinct 1",
                                     "Constable Precinct 2",
                                     "City of Marco Police Department",
                                     "Macro Police Department",
                                     "Department of Corrections",
                                     "Florida Department of Corrections"};
const std::vector<std::string> models{"JEM", "TFM", "WSO"};
const std::vector<std::string> dates{"2025-03-01", "2025-03-02", "2025-04-10", "2024-03-01", ""};
const std::vector<std::string> links{"pending", "a.pdf", "b.pdf", "c.pdf", ""};
const std::vector<std::string> counties{"", "Bee County", "Duval County"};

const std::string& any(const std::vector<std::string>& words) {
  return words[*rc::gen::inRange<std::size_t>(0, words.size())];
}

std::string any_row() {
  return any(states) + "|" + any(names) + "|" + any(models) + "|" + any(dates) + "|" + any(links) +
         "|" + any(counties);
}

std::vector<std::string> any_rows() {
  std::vector<std::string> rows;
  const auto count = *rc::gen::inRange<std::size_t>(1, 12);
  for (std::size_t i = 0; i < count; ++i) rows.push_back(any_row());
  return rows;
}

/// Some rows leave, some come, some change.
void evolve(std::vector<std::string>& rows) {
  const auto steps = *rc::gen::inRange(0, 4);
  for (int i = 0; i < steps; ++i) {
    const auto at = *rc::gen::inRange<std::size_t>(0, rows.size());
    switch (*rc::gen::inRange(0, 3)) {
      case 0:
        rows.push_back(any_row());
        break;
      case 1:
        if (rows.size() > 1) rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(at));
        break;
      default:
        rows[at] = any_row();
    }
  }
}

/// Editions of both lists on consecutive days; some contents come again.
Publications any_history(std::size_t least, std::size_t most) {
  Publications history;
  auto signed_rows = any_rows();
  auto pending_rows = any_rows();
  const auto count = *rc::gen::inRange(least, most);
  for (std::size_t i = 0; i < count; ++i) {
    const bool is_pending = *rc::gen::inRange(0, 4) == 0;
    auto& rows = is_pending ? pending_rows : signed_rows;
    evolve(rows);
    Memory::Publication publication;
    publication.reading = is_pending ? pending(rows) : participating(rows);
    publication.day = "2025-05-" + std::string(i + 1 < 10 ? "0" : "") + std::to_string(i + 1);
    publication.name = "list" + std::to_string(i) + ".xlsx";
    history.push_back(publication);
  }
  return history;
}

template <typename Items>
Items shuffled(Items items) {
  for (std::size_t i = items.size(); i > 1; --i)
    std::swap(items[i - 1], items[*rc::gen::inRange<std::size_t>(0, i)]);
  return items;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const auto& line : lines) text += line + "\n";
  return text;
}

/// One agreement of an agency whose name resembles no other's, as ICE prints it today.
struct Plain {
  std::string name, title, model, date, link, county;
  [[nodiscard]] std::string text() const {
    return "TX|" + name + " " + title + "|" + model + "|" + date + "|" + link + "|" + county;
  }
};

/// A history whose agreements nobody could mistake for each other: they come, go and return, are
/// respelled, get their link, and their date is corrected while it is pending.
Publications plain_history() {
  static const std::vector<std::string> bodies{"Atascosa", "Bexar",  "Coleman",   "Dimmit",
                                               "Eastland", "Fannin", "Guadalupe", "Hopkins"};
  static const std::vector<std::string> titles{"County Sheriff's Office", "County Sheriffs Dept.",
                                               "Co. Sheriff"};
  std::vector<Plain> all;
  for (const auto& body : bodies)
    all.push_back({body, any(titles), any(models), "2025-04-" + std::to_string(10 + 2 * all.size()),
                   "pending", body});
  std::vector<bool> listed(all.size());
  for (std::size_t i = 0; i < all.size(); ++i) listed[i] = *rc::gen::inRange(0, 2) == 0;
  Publications history;
  const auto count = *rc::gen::inRange(2, 9);
  for (int day = 1; day <= count; ++day) {
    for (auto steps = *rc::gen::inRange(0, 5); steps > 0; --steps) {
      const auto i = *rc::gen::inRange<std::size_t>(0, all.size());
      switch (*rc::gen::inRange(0, 4)) {
        case 0:
          listed[i] = !listed[i];
          break;
        case 1:
          all[i].title = any(titles);
          break;
        case 2:
          all[i].link = all[i].name + ".pdf";
          break;
        default:
          if (all[i].link == "pending") all[i].date = "2025-04-" + std::to_string(11 + 2 * i);
      }
    }
    std::vector<std::string> rows{"NV|Nye County Sheriff's Office|JEM|2020-06-09|nye.pdf|Nye"};
    for (std::size_t i = 0; i < all.size(); ++i)
      if (listed[i]) rows.push_back(all[i].text());
    history.push_back({participating(rows), "2025-05-0" + std::to_string(day), 0,
                       "list" + std::to_string(day) + ".xlsx"});
  }
  return history;
}

/// An entry without its ids.
std::string but_for_ids(const Change& change) {
  return to_string(change.effective_date) + " " + describe(change) + " " + change.evidence;
}

RC_GTEST_PROP(FoldProperties, AnEditionPublishedAgainYieldsNoChange, ()) {
  const auto rows = any_rows();
  RC_LOG() << joined(rows);
  const auto reading = participating(rows);
  auto again = reading;
  again.content = sha256("another content, the same rows");
  History history;
  history.then("2025-05-01", reading).then("2025-05-02", again).then("2025-05-03", reading);
  const auto folded = history.finish();
  RC_ASSERT(joined(describe(folded.changes)) == "");
}

RC_GTEST_PROP(FoldProperties, RowOrderAndDuplicateRowsDoNotMatter, ()) {
  const auto first = any_rows();
  auto second = first;
  evolve(second);
  auto mixed = shuffled(second);
  mixed.push_back(mixed[*rc::gen::inRange<std::size_t>(0, mixed.size())]);
  History plain, disturbed;
  plain.then("2025-05-01", participating(first)).then("2025-05-02", participating(second));
  disturbed.then("2025-05-01", participating(shuffled(first)))
      .then("2025-05-02", participating(mixed));
  RC_ASSERT(joined(describe(plain.finish().changes)) ==
            joined(describe(disturbed.finish().changes)));
}

RC_GTEST_PROP(FoldProperties, EveryListingIsOneAgreementAndEveryAgreementOneListingOrGone, ()) {
  auto rows = any_rows();
  tracking::Rules all_believed;
  all_believed.plausibility.reverted_removals = 1000;
  History history(all_believed);
  history.then("2025-05-01", participating(rows));
  std::vector<std::string> last = rows;
  for (int day = 2; day < 6; ++day) {
    evolve(rows);
    history.then("2025-05-0" + std::to_string(day), participating(rows));
    last = rows;
  }
  const auto folded = history.finish();
  std::size_t open = 0;
  std::multiset<std::string> held;
  for (const auto& version : folded.versions) {
    if (version.to) continue;
    ++open;
    for (const auto& listing : version.rows) held.insert(tracking::form_of(listing).key());
  }
  RC_ASSERT(open == static_cast<std::size_t>(folded.editions.back().agreement_count));
  // Every key printed last is held by exactly one agreement unless counties tell two apart.
  std::set<std::string> printed;
  for (const auto& text : last) printed.insert(tracking::form_of(row(text)).key());
  RC_ASSERT(std::set<std::string>(held.begin(), held.end()) == printed);
  // Versions of one agreement never overlap.
  std::map<std::string, std::vector<const Version*>> by_id;
  for (const auto& version : folded.versions) by_id[version.agreement_id].push_back(&version);
  for (auto& [id, versions] : by_id) {
    std::sort(versions.begin(), versions.end(),
              [](const Version* one, const Version* other) { return one->from < other->from; });
    for (std::size_t i = 1; i < versions.size(); ++i)
      RC_ASSERT(versions[i - 1]->to && *versions[i - 1]->to <= versions[i]->from);
  }
}

RC_GTEST_PROP(FoldProperties, AFoldResumedAtAnyEditionEqualsOneFromTheBeginning, ()) {
  const auto history = any_history(2, 10);
  Memory at_once, one_by_one;
  at_once.add(history);
  for (const auto& publication : history) one_by_one.add({publication});
  RC_ASSERT(joined(at_once.story()) == joined(one_by_one.story()));
  // In order nothing is ever taken back.
  for (const auto& entry : one_by_one.log()) RC_ASSERT(entry.change.kind != ChangeKind::retracted);
}

RC_GTEST_PROP(FoldProperties, AnyOrderAndBatchingGivesTheSameHistory, ()) {
  const auto history = any_history(2, 9);
  Memory in_order, in_batches;
  in_order.add(history);
  auto rest = shuffled(history);
  while (!rest.empty()) {
    const auto size = *rc::gen::inRange<std::size_t>(1, rest.size() + 1);
    in_batches.add({rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(size)});
    rest.erase(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(size));
  }
  RC_ASSERT(joined(in_order.story()) == joined(in_batches.story()));
}

RC_GTEST_PROP(FoldProperties, ImportingTheSameAgainWritesNothing, ()) {
  const auto history = any_history(1, 8);
  Memory memory;
  memory.add(history);
  RC_ASSERT(memory.add({}).empty());
}

RC_GTEST_PROP(FoldProperties, AnApprovalGivenAgainRestoresWhatARejectionTook, ()) {
  const auto history = any_history(2, 8);
  Memory memory;
  memory.add(history);
  const auto& subject = history[*rc::gen::inRange<std::size_t>(0, history.size())];
  memory.verdict(VerdictKind::approve, subject.name);
  const auto approved = joined(memory.story());
  memory.verdict(VerdictKind::reject, subject.name);
  memory.verdict(VerdictKind::approve, subject.name);
  RC_ASSERT(joined(memory.story()) == approved);
}

RC_GTEST_PROP(FoldProperties, IdsAreTheSameAfterARejectionAndItsReversal, ()) {
  const auto history = any_history(2, 8);
  Memory memory;
  memory.add(history);
  const auto& subject = history[*rc::gen::inRange<std::size_t>(0, history.size())];
  memory.verdict(VerdictKind::approve, subject.name);
  const auto approved = joined(memory.ids());
  memory.verdict(VerdictKind::reject, subject.name);
  memory.verdict(VerdictKind::approve, subject.name);
  RC_ASSERT(joined(memory.ids()) == approved);
}

RC_GTEST_PROP(FoldProperties, AFoldFromTheBeginningWritesNothingWhateverWasSaidBefore, ()) {
  const auto history = any_history(2, 8);
  Memory memory;
  memory.add(history);
  RC_ASSERT(memory.rebuilt().empty());
  for (auto verdicts = *rc::gen::inRange(0, 4); verdicts > 0; --verdicts) {
    const auto& subject = history[*rc::gen::inRange<std::size_t>(0, history.size())];
    memory.verdict(*rc::gen::inRange(0, 2) == 0 ? VerdictKind::approve : VerdictKind::reject,
                   subject.name);
    RC_ASSERT(memory.rebuilt().empty());
  }
}

RC_GTEST_PROP(FoldProperties, ARejectionRetractsOnlyWhatDoesNotHold, ()) {
  const auto history = plain_history();
  Memory memory;
  memory.add(history);
  const auto before = joined(memory.ids());
  const auto& subject = history[*rc::gen::inRange<std::size_t>(0, history.size())];
  const auto rejection = memory.verdict(VerdictKind::reject, subject.name);
  // Nothing is taken back and told again under another id.
  std::multiset<std::string> retracted;
  for (const auto& [cause, change] : rejection.entries)
    if (change.retracts_seq)
      retracted.insert(
          but_for_ids(memory.log()[static_cast<std::size_t>(*change.retracts_seq) - 1].change));
  for (const auto& [cause, change] : rejection.entries)
    if (!change.retracts_seq) RC_ASSERT(!retracted.contains(but_for_ids(change)));
  memory.verdict(VerdictKind::approve, subject.name);
  RC_ASSERT(joined(memory.ids()) == before);
}

}  // namespace
}  // namespace agreementd::testing
