#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// robots.txt (RFC 9309), read.
namespace agreementd::fetchers {

constexpr std::size_t largest_robots = 500U << 10U;  ///< bytes; what comes after is not read

/// The rules for one agent.
class Robots {
 public:
  /// Those of the groups that name `product` (compared without case); where none does, of the
  /// groups for `*`. Reads whatever it is given; what is no rule does not count.
  static Robots parse(std::string_view text, std::string_view product);

  /// Whether a path with its query, percent-encoded as in a URL, may be asked for: the longest rule
  /// that matches decides, `Allow` among equals. /robots.txt always may.
  [[nodiscard]] bool allow(std::string_view target) const;

 private:
  struct Rule {
    bool allow = false;
    std::string pattern;      // percent-encoding normalised, `*` is any text
    bool to_the_end = false;  // it ended in `$`
  };
  std::vector<Rule> rules_;
};

/// The name a user agent goes by in robots.txt: `agreementd` of `agreementd/1.0 (+mailto:…)`.
std::string_view product_of(std::string_view user_agent);

}  // namespace agreementd::fetchers
