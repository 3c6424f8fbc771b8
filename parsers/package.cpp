#include "parsers/package.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace agreementd::parsers {
namespace {

/// A node of pugixml takes 64 bytes, an element of eight is a short one: so a part's tree stays
/// within eight times the bytes it may have.
constexpr std::size_t bytes_per_element = 8;
constexpr std::size_t elements_always_allowed = 1'000'000;

std::string_view folder_of(std::string_view path) {
  const auto slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view{} : path.substr(0, slash + 1);
}

std::string relationships_path(const std::string& path) {
  const auto folder = folder_of(path);
  return std::string(folder) + "_rels/" + path.substr(folder.size()) + ".rels";
}

std::string last_step(std::string_view uri) { return std::string(uri.substr(uri.rfind('/') + 1)); }

}  // namespace

Package::Package(std::string_view bytes, const Limits& limits)
    : archive_(bytes, limits),
      max_elements_(std::max(limits.inflated_bytes / bytes_per_element, elements_always_allowed)) {}

std::unique_ptr<Xml> Package::part(const std::string& path) {
  auto text = archive_.read(path);
  return text ? std::make_unique<Xml>(std::move(*text), path, max_elements_) : nullptr;
}

Relationships Package::relationships(const std::string& path) {
  Relationships found;
  const auto xml = part(relationships_path(path));
  if (!xml) return found;
  for (const auto& node : xml->root().children())
    found.emplace(attribute(node, "Id"), Relationship{last_step(attribute(node, "Type")),
                                                      std::string(attribute(node, "Target"))});
  return found;
}

std::string resolve(std::string_view source, std::string_view target) {
  const std::string whole =
      target.starts_with('/') ? std::string(target) : std::string(folder_of(source)).append(target);
  std::vector<std::string_view> steps;
  for (std::size_t from = 0; from <= whole.size();) {
    const std::size_t to = std::min(whole.find('/', from), whole.size());
    const auto step = std::string_view(whole).substr(from, to - from);
    if (step == "..") {
      if (!steps.empty()) steps.pop_back();
    } else if (!step.empty() && step != ".") {
      steps.push_back(step);
    }
    from = to + 1;
  }
  std::string path;
  for (const auto step : steps) path.append(path.empty() ? "" : "/").append(step);
  return path;
}

}  // namespace agreementd::parsers
