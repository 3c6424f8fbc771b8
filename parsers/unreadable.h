#pragma once

#include <stdexcept>
#include <string>

#include "model/outcome.h"

namespace agreementd::parsers {

/// Why a document is no list: the reason and what to do, without the name. Thrown and caught inside
/// this folder only: `read_list` and `read_answer` turn it into their one-line errors.
class Unreadable : public std::runtime_error {
 public:
  explicit Unreadable(const std::string& reason, Outcome outcome = Outcome::unreadable)
      : std::runtime_error(reason), outcome_(outcome) {}
  /// unreadable, empty, truncated, too_large or wrong_type.
  [[nodiscard]] Outcome outcome() const { return outcome_; }

 private:
  Outcome outcome_;
};

}  // namespace agreementd::parsers
