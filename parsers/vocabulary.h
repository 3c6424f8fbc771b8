#pragma once

#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "parsers/nearest.h"
#include "parsers/squeeze.h"

/// The words that ICE's lists are written in, and what they mean.
namespace agreementd::parsers {

enum class Use {
  usual,    ///< as ICE prints it
  variant,  ///< means the same; odd
  code,     ///< an abbreviation: usual, but too short for a misspelling of it to be told
};

template <typename Value>
struct Term {
  std::string_view words;  ///< as `plain_words` gives them
  Value value;
  Use use = Use::usual;
};

template <typename Value>
struct Meaning {
  Value value;
  bool odd = false;  ///< not printed as usual: worth a note
};

/// What `printed` means: a term as it stands, else the one value whose terms it is near to. Nothing
/// where there is none, or more than one.
template <typename Value>
std::optional<Meaning<Value>> look_up(std::span<const Term<Value>> terms,
                                      std::string_view printed) {
  const std::string words = plain_words(printed);
  for (const auto& term : terms)
    if (term.words == words) return Meaning<Value>{term.value, term.use == Use::variant};
  std::set<Value> near;
  for (const auto& term : terms)
    if (term.use != Use::code && is_near(words, term.words)) near.insert(term.value);
  if (near.size() != 1) return std::nullopt;
  return Meaning<Value>{*near.begin(), true};
}

/// A state or territory: two letters (USPS), from its name or an abbreviation.
std::optional<Meaning<std::string_view>> state_of(std::string_view printed);
/// JEM, WSO, TFM or TTFM.
std::optional<Meaning<std::string_view>> model_of(std::string_view printed);
/// County, Municipality, State Agency, Tribal or University.
std::optional<Meaning<std::string_view>> agency_type_of(std::string_view printed);

}  // namespace agreementd::parsers
