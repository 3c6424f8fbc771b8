#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "parsers/archive.h"
#include "parsers/xml.h"

/// The Open Packaging Conventions (ECMA-376 part 2): parts of XML, joined by relationships.
namespace agreementd::parsers {

struct Relationship {
  std::string type;    ///< the last step of its URI: `worksheet`, `hyperlink` …
  std::string target;  ///< as written
};
/// By id.
using Relationships = std::map<std::string, Relationship, std::less<>>;

class Package {
 public:
  /// As `Archive`.
  Package(std::string_view bytes, const Limits& limits);

  /// The part at `path`, or null. Throws `Unreadable`.
  std::unique_ptr<Xml> part(const std::string& path);
  /// The relationships of the part at `path` (empty: of the package); none where it has no file of
  /// them. Throws `Unreadable`.
  Relationships relationships(const std::string& path);

 private:
  Archive archive_;
  std::size_t max_elements_;
};

/// The path in the package that `target` means, written in the relationships of the part `source`:
/// relative to its folder, or absolute.
std::string resolve(std::string_view source, std::string_view target);

}  // namespace agreementd::parsers
