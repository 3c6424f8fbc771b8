#include "alerts/email_address.h"

#include <algorithm>

#include <fmt/format.h>

#include "alerts/plain_text.h"

namespace agreementd::alerts {
namespace {

bool is_alphanumeric(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// RFC 5322, 3.2.3.
bool is_atom_character(char c) {
  return is_alphanumeric(c) ||
         std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
}

/// Parts with dots between them, each of which `is_part` accepts; how many, 0: it is none.
template <typename IsPart>
std::size_t dotted(std::string_view text, IsPart is_part) {
  for (std::size_t count = 1;; ++count) {
    const auto dot = text.find('.');
    if (!is_part(text.substr(0, dot))) return 0;
    if (dot == std::string_view::npos) return count;
    text.remove_prefix(dot + 1);
  }
}

bool is_atom(std::string_view part) {
  return !part.empty() && std::ranges::all_of(part, is_atom_character);
}

/// A label of a host's name (RFC 1123, 2.1).
bool is_label(std::string_view part) {
  constexpr std::size_t longest = 63;
  return !part.empty() && part.size() <= longest && part.front() != '-' && part.back() != '-' &&
         std::ranges::all_of(part, [](char c) { return is_alphanumeric(c) || c == '-'; });
}

std::string shown(std::string_view text) { return shortened(plain_text(text), 80); }

}  // namespace

Result<EmailAddress> EmailAddress::parse(std::string_view text) {
  constexpr std::size_t longest_local = 64, longest_host = 253;
  const auto wrong = [&](std::string_view why) {
    return Error{fmt::format("\"{}\" is no e-mail address: {}; write it as alerts@example.org",
                             shown(text), why)};
  };
  const auto at = text.find('@');
  if (at == std::string_view::npos) return wrong("it has no @");
  const auto local = text.substr(0, at);
  const auto host = text.substr(at + 1);
  if (local.size() > longest_local || dotted(local, is_atom) == 0)
    return wrong("what is before the @ is no plain name (no quotes, spaces, < or >)");
  if (host.size() > longest_host || dotted(host, is_label) == 0)
    return wrong("what is behind the @ is no name of a host");
  return EmailAddress(std::string(text));
}

Result<ListId> ListId::parse(std::string_view text) {
  constexpr std::size_t longest = 255;
  if (text.size() > longest || dotted(text, is_label) < 2)
    return Error{fmt::format("\"{}\" is no list id: write it as changes.example.org", shown(text))};
  return ListId(std::string(text));
}

}  // namespace agreementd::alerts
