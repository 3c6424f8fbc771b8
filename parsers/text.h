#pragma once

#include <string>
#include <string_view>

#include "parsers/link.h"
#include "parsers/squeeze.h"

namespace agreementd::parsers {

/// A cell's text as we print and keep it: squeezed, `#N/A`, `#NA` and `N/A` blank, no safelink in
/// it.
inline std::string printed_text(std::string_view raw) {
  std::string text = squeeze(raw);
  if (text == "#N/A" || text == "#NA" || text == "N/A") return {};
  return without_safelinks(std::move(text));
}

}  // namespace agreementd::parsers
