#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "tracking/normalise.h"

namespace agreementd::tracking {

/// Names that no rule can know to be one body's: (state, printed name) → canonical name.
class Aliases {
 public:
  Aliases() = default;
  void add(const std::string& state, const std::string& printed, const std::string& canonical);
  /// The key of the canonical name; the name's own key where it has no alias.
  [[nodiscard]] const std::string& canonical(const std::string& state, const Name& name) const;
  [[nodiscard]] std::size_t size() const { return keys_.size(); }
  /// True where the name is another's canonical name.
  [[nodiscard]] bool is_canonical(const std::string& state, const Name& name) const;

 private:
  std::map<std::pair<std::string, std::string>, std::string> keys_;
};

/// The text of `tracking/aliases.csv`, which the program is shipped with.
std::string_view shipped_aliases();

/// Reads CSV (RFC 4180, with a header) whose columns are state (two letters), printed name,
/// canonical name, relation and public evidence. Throws std::invalid_argument, naming the line,
/// where it is not that, or a name has two canonical names or is one itself.
Aliases read_aliases(std::string_view csv);

}  // namespace agreementd::tracking
