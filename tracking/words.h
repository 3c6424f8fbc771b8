#pragma once

#include <optional>
#include <string>
#include <vector>

/// The vocabulary of agency names: tables, no rules. Words are as `normalise_name` leaves them.
namespace agreementd::tracking {

/// The word with its abbreviation written out (`dept` → `department`, `pd` → `police department`).
std::vector<std::string> written_out(const std::string& word);
/// Words that ICE adds and leaves out at will: `of`, `the`, `and`, `office`, `department` …
bool is_filler(const std::string& word);
/// Words that say what kind of body it is: `county`, `city`, `police`, `sheriff` … One more or less
/// of them names another body.
bool is_kind(const std::string& word);
/// Words that make another place of a place: `north`, `beach`, `shore`, `central` … One more or
/// less of them names another body.
bool is_place(const std::string& word);
/// Words for a part or the whole of a body, which name no other: `service`, `agency` …
bool is_part(const std::string& word);
/// Words that a number follows: `precinct`, `district` …
bool is_counted(const std::string& word);
/// 1 … 12 as cardinal, ordinal or Roman numeral.
std::optional<int> number_word(const std::string& word);

}  // namespace agreementd::tracking
