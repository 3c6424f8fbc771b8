#pragma once

#include <string>
#include <vector>

/// The vocabulary of agency names: tables, no rules.
namespace agreementd::tracking {

/// The word with its abbreviation written out (`dept` → `department`, `pd` → `police department`).
std::vector<std::string> written_out(const std::string& word);
/// Words that ICE adds and leaves out at will: `of`, `the`, `and`, `office`, `department` …
bool is_filler(const std::string& word);

}  // namespace agreementd::tracking
