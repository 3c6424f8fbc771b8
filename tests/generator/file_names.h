#pragma once

#include <set>
#include <string>

#include "tests/generator/world.h"

namespace agreementd::generator {

/// The name of an MOA's file as ICE gives it: `AshtonPoliceDeptFlTfmMoa06112025.pdf`; of another
/// copy with `-2`.
std::string moa_file_name(const Body& body, const std::string& model, Day signed_on, int copy = 1);

/// `06112025`.
std::string digits_of(Day day);

/// Gives each MOA a name of its own, as ICE's have, or a number behind it.
class MoaNames {
 public:
  std::string name(const Body& body, const std::string& model, Day signed_on);

 private:
  std::set<std::string> taken_;
};

}  // namespace agreementd::generator
