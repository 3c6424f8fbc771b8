#pragma once

#include <stdexcept>
#include <string>

namespace agreementd::parsers {

/// Why a document is no list: the reason and what to do, without the name. Thrown and caught inside
/// this folder only: `read_list` turns it into its one-line error.
class Unreadable : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace agreementd::parsers
