#include "fetchers/post_headers.h"

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

#include "fetchers/text.h"

namespace agreementd::fetchers {
namespace {

bool is_token(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    constexpr std::string_view others = "!#$%&'*+-.^_`|~";
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           others.find(c) != std::string_view::npos;
  });
}

bool is_value(std::string_view value) {
  return std::none_of(value.begin(), value.end(),
                      [](char c) { return (c >= '\0' && c < ' ' && c != '\t') || c == '\x7F'; });
}

/// Those that say where the message ends, what the connection is for, or who is asked.
bool is_ours(const std::string& name) {
  constexpr std::array<std::string_view, 13> ours{"connection",
                                                  "content-length",
                                                  "content-type",
                                                  "expect",
                                                  "host",
                                                  "http2-settings",
                                                  "keep-alive",
                                                  "te",
                                                  "trailer",
                                                  "upgrade",
                                                  "user-agent",
                                                  "proxy-connection",
                                                  "transfer-encoding"};
  const std::string lowered = lower(name);
  return std::find(ours.begin(), ours.end(), lowered) != ours.end();
}

}  // namespace

std::optional<std::string> fault_of_headers(const Post& post) {
  if (post.content_type.empty() || !is_value(post.content_type))
    return "the content type is none that can be sent";
  for (const auto& [name, value] : post.headers) {
    if (!is_token(name)) return "a header has a name that none can have";
    if (is_ours(name)) return fmt::format("header {} is not to be set", name);
    if (!is_value(value))
      return fmt::format("the value of header {} has characters that none can have", name);
  }
  return std::nullopt;
}

Lines header_lines(const Post& post) {
  const auto is_blank = [](const std::string& value) {
    return value.find_first_not_of(" \t") == std::string::npos;
  };
  Lines lines;
  add(lines, "Content-Type: " + post.content_type);
  add(lines, "Expect:");  // no waiting for a leave to send the body
  for (const auto& [name, value] : post.headers)
    add(lines, is_blank(value) ? name + ';' : name + ": " + value);  // `name:` would take one away
  return lines;
}

}  // namespace agreementd::fetchers
