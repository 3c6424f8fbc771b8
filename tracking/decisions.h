#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "model/input.h"
#include "tracking/agreement.h"
#include "tracking/group.h"

namespace agreementd::tracking {

/// What people decided about the printed keys of one list. Of several decisions on two keys the
/// last counts; `same-as` reaches on (a is b, b is c), but never across a `distinct-from`.
class Decisions {
 public:
  Decisions() = default;
  /// Of `decisions` (by id) those on `list`.
  Decisions(const std::vector<Decision>& decisions, List list);

  /// True where a decision speaks of one of the keys (`Form::key`). Ask this first: it is cheap.
  [[nodiscard]] bool concern(const std::set<std::string>& keys) const;
  [[nodiscard]] bool concern(const std::string& key) const { return keys_.contains(key); }

  /// The decision that keeps the two apart; null: none does.
  [[nodiscard]] const Decision* apart(const Form& one, const Form& other) const;
  /// An agreement must never hold two keys that are distinct: any form it ever had counts.
  [[nodiscard]] const Decision* apart(const Agreement& agreement, const Group& group) const;

  /// The last of the decisions that make the two one; null: none does.
  [[nodiscard]] const Decision* unite(const Form& one, const Form& other) const;
  [[nodiscard]] const Decision* unite(const Agreement& agreement, const Group& group) const;

  /// Somebody said that they are distinct, though nothing printed may tell them apart: there is
  /// nothing more to ask.
  [[nodiscard]] bool settle(const Agreement& agreement, const Group& group) const;

  /// Forms with a number in common are one: for looking them up.
  [[nodiscard]] std::vector<std::size_t> united_as(const Form& form) const;

 private:
  /// A printed key. Of two that agree in state, agency, model and date, what tells them apart
  /// counts too: the county, else the MOA. Otherwise both stay empty.
  struct Key {
    std::string key, county, moa, state;
    [[nodiscard]] bool fits(const Form& form) const;
    auto operator<=>(const Key&) const = default;
  };
  static std::pair<Key, Key> keys_of(const Decision& decision);
  void unite_all(const std::vector<Decision>& standing);

  struct Bar {
    Key one, other;
    Decision decision;
  };
  struct Union {
    std::vector<Key> keys;
    Decision last;
  };
  std::vector<Bar> bars_;
  std::vector<Union> unions_;
  std::set<std::string> keys_;
};

/// `NAME decided: WHY`.
std::string in_words(const Decision& decision);

}  // namespace agreementd::tracking
