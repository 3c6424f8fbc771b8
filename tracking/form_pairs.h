#pragma once

#include <optional>
#include <string>
#include <utility>

#include "tracking/evidence.h"

/// What the tiers ask of an agreement's form and a group's.
namespace agreementd::tracking {

/// How far, in days, a signing date moves when ICE corrects it while no MOA is linked. Nearly all
/// move a day; the longest known without a document moved 41.
inline constexpr int correction_window = 45;
/// How much later, in days, a renewal is signed at least where no document was linked under the old
/// date: those known came years later. What lies between a correction and a renewal is asked.
inline constexpr int renewal_window = 300;
/// With an MOA linked under the old date, or the name corrected as well: only slips of the pen.
inline constexpr int slip_window = 7;

/// ISO, or what was printed, or `no date`.
std::string date_text(const Form& form);
/// From one signing date to the other; nothing where one is not readable.
std::optional<int> days_between(const Form& from, const Form& to);
/// Either way; 0 where one is not readable.
int days_apart(const Form& one, const Form& other);
/// Also where both are blank; `one_known_date` only where both have it: two blanks say nothing.
bool same_date(const Form& one, const Form& other);
bool one_known_date(const Form& one, const Form& other);
bool one_known_county(const Form& one, const Form& other);

/// state|name.
std::string body(const Form& form);
/// Two bodies listed side by side stay two: the old name still stands under this model, and the new
/// one already stood.
bool both_stand(const Form& old, const Form& now, const Scene& scene);
/// The same of names that have nothing in common: under whatever model they stand, cells slipped to
/// other rows and no name was corrected.
bool both_are_listed(const Form& old, const Form& now, const Scene& scene);
/// The group links a file that was linked for the agreement at some time.
bool shares_moa(const Agreement& agreement, const Group& group);

/// Asks `question` of each pair of an agreement's and a group's form until one answers.
template <typename Question>
auto ask(const Agreement& agreement, const Group& group, Question question)
    -> decltype(question(agreement.forms().front(), group.forms.front())) {
  for (const auto& old : agreement.forms())
    for (const auto& now : group.forms)
      if (auto answer = question(old, now)) return answer;
  return {};
}

/// Calls `look` for each pair of an agreement's and a group's form; keeps the cheapest evidence.
template <typename Look>
std::optional<Evidence> cheapest(const Agreement& agreement, const Group& group, Look look) {
  std::optional<Evidence> best;
  for (const auto& old : agreement.forms())
    for (const auto& now : group.forms) {
      auto evidence = look(old, now);
      if (evidence && (!best || evidence->cost < best->cost)) best = std::move(evidence);
    }
  return best;
}

}  // namespace agreementd::tracking
