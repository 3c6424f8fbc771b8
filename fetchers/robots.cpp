#include "fetchers/robots.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include <fmt/format.h>

#include "fetchers/text.h"

namespace agreementd::fetchers {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// A line's key and value; both empty: it has none.
struct Line {
  std::string key;  // lower case
  std::string_view value;
};

Line read_line(std::string_view text) {
  text = text.substr(0, text.find('#'));
  const auto colon = text.find(':');
  if (colon == std::string_view::npos) return {};
  return {lower(trimmed(text.substr(0, colon))), trimmed(text.substr(colon + 1))};
}

/// Takes the first line off `text`.
std::string_view cut_line(std::string_view& text) {
  const auto end = std::min(text.find_first_of("\r\n"), text.size());
  const auto line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

bool is_unreserved(int c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

/// The byte that the triple at `at` stands for, -1 where there is none.
int encoded_at(std::string_view text, std::size_t at) {
  if (text[at] != '%' || at + 2 >= text.size()) return -1;
  unsigned byte = 0;
  const auto* end = text.data() + at + 3;
  const auto [stopped, error] = std::from_chars(text.data() + at + 1, end, byte, 16);
  return error == std::errc() && stopped == end ? static_cast<int>(byte) : -1;
}

/// One spelling (RFC 9309, 2.2.2): triples only for what is not unreserved, in capitals; for what
/// is outside printable ASCII; and for `special`, so that a wildcard differs from the character.
std::string normalised(std::string_view text, std::string_view special) {
  std::string result;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const int encoded = encoded_at(text, at);
    const int code = encoded >= 0 ? encoded : static_cast<unsigned char>(text[at]);
    const bool plain = encoded < 0 && code > ' ' && code < 0x7F &&
                       special.find(text[at]) == std::string_view::npos;
    if (plain || is_unreserved(code))
      result += static_cast<char>(code);
    else
      result += fmt::format("%{:02X}", code);
    if (encoded >= 0) at += 2;
  }
  return result;
}

/// `*` in `pattern` is any text, none too. Without `to_the_end` a beginning of `target` may match.
bool matches(std::string_view pattern, bool to_the_end, std::string_view target) {
  auto star = pattern.find('*');
  const auto head = pattern.substr(0, star);
  if (!target.starts_with(head)) return false;
  target.remove_prefix(head.size());
  if (star == std::string_view::npos) return !to_the_end || target.empty();
  // The first place for each piece is as good as any other; only the last may have to be at the
  // end.
  for (;;) {
    pattern.remove_prefix(star + 1);
    star = pattern.find('*');
    const auto piece = pattern.substr(0, star);
    if (star == std::string_view::npos && to_the_end) return target.ends_with(piece);
    const auto place = target.find(piece);
    if (place == std::string_view::npos) return false;
    if (star == std::string_view::npos) return true;
    target.remove_prefix(place + piece.size());
  }
}

}  // namespace

std::string_view product_of(std::string_view user_agent) {
  const auto end = std::find_if_not(user_agent.begin(), user_agent.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
  });
  return user_agent.substr(0, static_cast<std::size_t>(end - user_agent.begin()));
}

Robots Robots::parse(std::string_view text, std::string_view product) {
  text = text.substr(0, largest_robots);
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);

  Robots ours;
  Robots everyones;
  bool named = false;     // some group names us
  bool to_us = false;     // the group being read does
  bool to_all = false;    // … or names `*`
  bool in_rules = false;  // a user agent now begins another group
  while (!text.empty()) {
    const Line line = read_line(cut_line(text));
    if (line.key == "user-agent") {
      if (std::exchange(in_rules, false)) to_us = to_all = false;
      to_us = to_us || (!product.empty() && lower(product_of(line.value)) == lower(product));
      to_all = to_all || line.value.starts_with('*');
      named = named || to_us;
    } else if (line.key == "allow" || line.key == "disallow") {
      in_rules = true;
      std::string_view path = line.value;
      if (path.empty()) continue;
      const bool to_the_end = path.ends_with('$');
      if (to_the_end) path.remove_suffix(1);
      const Rule rule{line.key == "allow", normalised(path, "$"), to_the_end};
      if (to_us) ours.rules_.push_back(rule);
      if (to_all) everyones.rules_.push_back(rule);
    }
  }
  return named ? ours : everyones;
}

bool Robots::allow(std::string_view target) const {
  if (target == "/robots.txt") return true;
  const std::string path = normalised(target, "*$");
  bool allowed = true;
  std::size_t longest = 0;
  for (const Rule& rule : rules_) {
    const std::size_t length = rule.pattern.size() + (rule.to_the_end ? 1 : 0);
    if (length < longest || !matches(rule.pattern, rule.to_the_end, path)) continue;
    allowed = length > longest ? rule.allow : allowed || rule.allow;
    longest = length;
  }
  return allowed;
}

}  // namespace agreementd::fetchers
