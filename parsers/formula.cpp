#include "parsers/formula.h"

#include "parsers/squeeze.h"

namespace agreementd::parsers {

std::optional<std::string> hyperlink_of_formula(std::string_view formula) {
  constexpr std::string_view function = "HYPERLINK(";
  while (!formula.empty() && (formula.front() == '=' || formula.front() == ' '))
    formula.remove_prefix(1);
  if (!begins_with(formula, function)) return std::nullopt;
  formula.remove_prefix(function.size());
  while (formula.starts_with(' ')) formula.remove_prefix(1);
  if (!formula.starts_with('"')) return std::nullopt;

  std::string target;
  for (std::size_t at = 1; at < formula.size(); ++at) {
    if (formula[at] == '"') {
      const bool doubled = at + 1 < formula.size() && formula[at + 1] == '"';
      if (!doubled) {
        const auto rest = squeeze(formula.substr(at + 1));
        // Anything but the end of the argument computes on: the target is not what stands here.
        return rest.starts_with(',') || rest.starts_with(')') ? std::optional(target)
                                                              : std::nullopt;
      }
      ++at;
    }
    target += formula[at];
  }
  return std::nullopt;
}

}  // namespace agreementd::parsers
