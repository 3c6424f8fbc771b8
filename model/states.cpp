#include "model/states.h"

#include <algorithm>
#include <array>

namespace agreementd {
namespace {

constexpr std::array<State, 56> all{{
    {"AK", "ALASKA", 2, false},
    {"AL", "ALABAMA", 1, false},
    {"AR", "ARKANSAS", 5, false},
    {"AS", "AMERICAN SAMOA", 60, true},
    {"AZ", "ARIZONA", 4, false},
    {"CA", "CALIFORNIA", 6, false},
    {"CO", "COLORADO", 8, false},
    {"CT", "CONNECTICUT", 9, false},
    {"DC", "DISTRICT OF COLUMBIA", 11, false},
    {"DE", "DELAWARE", 10, false},
    {"FL", "FLORIDA", 12, false},
    {"GA", "GEORGIA", 13, false},
    {"GU", "GUAM", 66, true},
    {"HI", "HAWAII", 15, false},
    {"IA", "IOWA", 19, false},
    {"ID", "IDAHO", 16, false},
    {"IL", "ILLINOIS", 17, false},
    {"IN", "INDIANA", 18, false},
    {"KS", "KANSAS", 20, false},
    {"KY", "KENTUCKY", 21, false},
    {"LA", "LOUISIANA", 22, false},
    {"MA", "MASSACHUSETTS", 25, false},
    {"MD", "MARYLAND", 24, false},
    {"ME", "MAINE", 23, false},
    {"MI", "MICHIGAN", 26, false},
    {"MN", "MINNESOTA", 27, false},
    {"MO", "MISSOURI", 29, false},
    {"MP", "NORTHERN MARIANA ISLANDS", 69, true},
    {"MS", "MISSISSIPPI", 28, false},
    {"MT", "MONTANA", 30, false},
    {"NC", "NORTH CAROLINA", 37, false},
    {"ND", "NORTH DAKOTA", 38, false},
    {"NE", "NEBRASKA", 31, false},
    {"NH", "NEW HAMPSHIRE", 33, false},
    {"NJ", "NEW JERSEY", 34, false},
    {"NM", "NEW MEXICO", 35, false},
    {"NV", "NEVADA", 32, false},
    {"NY", "NEW YORK", 36, false},
    {"OH", "OHIO", 39, false},
    {"OK", "OKLAHOMA", 40, false},
    {"OR", "OREGON", 41, false},
    {"PA", "PENNSYLVANIA", 42, false},
    {"PR", "PUERTO RICO", 72, true},
    {"RI", "RHODE ISLAND", 44, false},
    {"SC", "SOUTH CAROLINA", 45, false},
    {"SD", "SOUTH DAKOTA", 46, false},
    {"TN", "TENNESSEE", 47, false},
    {"TX", "TEXAS", 48, false},
    {"UT", "UTAH", 49, false},
    {"VA", "VIRGINIA", 51, false},
    {"VI", "VIRGIN ISLANDS", 78, true},
    {"VT", "VERMONT", 50, false},
    {"WA", "WASHINGTON", 53, false},
    {"WI", "WISCONSIN", 55, false},
    {"WV", "WEST VIRGINIA", 54, false},
    {"WY", "WYOMING", 56, false},
}};

}  // namespace

std::span<const State> states() { return all; }

const State* find_state(std::string_view code) {
  const auto at = std::lower_bound(all.begin(), all.end(), code,
                                   [](const State& s, std::string_view c) { return s.code < c; });
  return at != all.end() && at->code == code ? &*at : nullptr;
}

}  // namespace agreementd
