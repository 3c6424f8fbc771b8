#pragma once

#include <string_view>
#include <vector>

namespace agreementd::parsers {

/// A run of digits in a text, as long as it can be.
struct DigitRun {
  std::string_view digits;
  std::string_view rest;  ///< the text after it
};
std::vector<DigitRun> digit_runs(std::string_view text);

/// The number that digits spell; they must be no more than nine.
int number_of(std::string_view digits);

/// The slot that ICE writes after the date of a file name, as minutes after midnight, with the
/// minutes of a letter or number after it.
int slot_minutes(std::string_view after_date);

}  // namespace agreementd::parsers
