#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "model/history.h"
#include "tracking/agreement.h"

namespace agreementd::tracking {

/// Rows as far as they tell one agreement from another of the same name: key, county, MOA file.
using Traits = std::set<std::tuple<std::string, std::string, std::string>>;

/// A span of the listed clock in which an agreement was printed so; `to`: where it is over.
struct Held {
  List list = List::participating;
  Instant from, to;
  Traits traits;
};
Held held(const Version& version);

/// Which agreement of a fold was printed how, when.
class Holdings {
 public:
  explicit Holdings(const std::vector<Agreement>& agreements);

  /// The agreement that holds, at some time of `before`, a row of `before`: rather one with all of
  /// the same rows, then rather the first. A contradicting county is another agreement's row.
  [[nodiscard]] std::optional<std::size_t> find(const Held& before) const;

 private:
  struct Span {
    Held held;
    std::size_t agreement = 0;
  };
  std::vector<Span> spans_;
  std::multimap<std::pair<List, std::string>, std::size_t> by_key_;
};

}  // namespace agreementd::tracking
