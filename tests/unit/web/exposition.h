#pragma once

#include <map>
#include <string>
#include <vector>

/// A strict reader of Prometheus' text exposition format 0.0.4, for tests.
namespace agreementd::web {

struct Series {
  std::string metric;  ///< with `_bucket`, `_sum` or `_count`, if it is a part of a histogram
  std::map<std::string, std::string> labels;
  double value = 0;
};

/// A family: the metric that HELP and TYPE speak of.
struct Family {
  std::string help;
  std::string type;
  std::vector<Series> series;
};

struct Exposition {
  std::map<std::string, Family> families;  ///< by name

  /// The value of a series; fails the test (and is not a number) where there is none.
  [[nodiscard]] double value(const std::string& metric,
                             const std::map<std::string, std::string>& labels = {}) const;
  /// The number of series of a family.
  [[nodiscard]] std::size_t count(const std::string& metric) const;
};

/// Throws std::runtime_error with the line that is wrong: a sample without HELP and TYPE before it
/// or outside its family's block, a name or label that may not be, a series twice, a value that is
/// no number, a counter not named `_total`, a histogram whose buckets decrease or lack `+Inf`.
Exposition read_exposition(const std::string& text);

}  // namespace agreementd::web
