#include "fetchers/file_name.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

#include "fetchers/text.h"

namespace agreementd::fetchers {
namespace {

constexpr std::size_t longest_name = 255;  // of a file, bytes

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t") - first + 1));
}

/// Whether a byte of UTF-8 goes on with a character that began before.
bool continues(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80; }

/// At most `longest_name` bytes, and no character cut in half.
std::string shortened(std::string name) {
  if (name.size() <= longest_name) return name;
  std::size_t end = longest_name;
  while (end > 0 && continues(name[end])) --end;
  name.resize(end);
  return name;
}

/// Whether a character (in UTF-8) is a control, or one that is not seen but hides or turns others:
/// names are shown to people, and must look like what they are.
bool is_control(std::string_view character) {
  using Range = std::pair<std::string_view, std::string_view>;
  static constexpr Range ranges[] = {
      {{"\0", 1}, "\x1F"},  {"\x7F", "\u009F"},   {"\u00AD", "\u00AD"},
      {"\u061C", "\u061C"}, {"\u180E", "\u180E"}, {"\u200B", "\u200F"},
      {"\u2028", "\u202E"}, {"\u2060", "\u2069"}, {"\uFEFF", "\uFEFF"}};
  // bytes of UTF-8 are in the order of the characters
  return std::any_of(std::begin(ranges), std::end(ranges), [&](const Range& range) {
    return range.first <= character && character <= range.second;
  });
}

/// Of UTF-8.
std::string without_controls(const std::string& text) {
  std::string kept;
  for (std::size_t at = 0, end = 0; at < text.size(); at = end) {
    for (end = at + 1; end < text.size() && continues(text[end]);) ++end;
    const std::string_view character = std::string_view(text).substr(at, end - at);
    if (!is_control(character)) kept += character;
  }
  return kept;
}

std::string base_name(std::string name) {
  if (!is_utf8(name)) return {};
  name.erase(0, name.find_last_of("/\\") + 1);
  name = trimmed(shortened(trimmed(without_controls(name))));
  return name == "." || name == ".." ? "" : name;
}

/// Reads `; name=value` after `; name=value`.
class Parameters {
 public:
  explicit Parameters(std::string_view header) : rest_(header) {
    rest_.remove_prefix(std::min(rest_.find(';'), rest_.size()));
  }

  bool next() {
    const auto start = rest_.find_first_not_of("; \t");
    if (start == std::string_view::npos) return false;
    rest_.remove_prefix(start);
    const auto end = std::min(rest_.find_first_of("=;"), rest_.size());
    name = lower(trimmed(rest_.substr(0, end)));
    rest_.remove_prefix(end);
    value = rest_.starts_with('=') ? read_value() : "";
    return true;
  }

  std::string name;
  std::string value;

 private:
  std::string read_value() {
    rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t", 1), rest_.size()));
    if (rest_.starts_with('"')) return read_quoted();
    const auto end = std::min(rest_.find(';'), rest_.size());
    const auto token = rest_.substr(0, end);
    rest_.remove_prefix(end);
    return trimmed(token);
  }

  /// Up to the closing quotation mark, or the end where that is missing.
  std::string read_quoted() {
    std::string text;
    std::size_t at = 1;
    for (; at < rest_.size() && rest_[at] != '"'; ++at) {
      if (rest_[at] == '\\' && at + 1 < rest_.size()) ++at;
      text += rest_[at];
    }
    rest_.remove_prefix(std::min(at + 1, rest_.size()));
    return text;
  }

  std::string_view rest_;
};

/// `UTF-8'en'a%20b` (RFC 8187); other character sets are none of ours.
std::string decode_extended(const std::string& value) {
  const auto language = value.find('\'');
  const auto text = language == std::string::npos ? language : value.find('\'', language + 1);
  if (text == std::string::npos || lower(value.substr(0, language)) != "utf-8") return {};
  return percent_decode(value.substr(text + 1));
}

bool has_extension(const std::string& name) {
  const auto dot = name.rfind('.');
  if (dot == std::string::npos || dot == 0) return false;
  const auto extension = lower(name.substr(dot + 1));
  return !extension.empty() && extension.size() <= 8 &&
         std::all_of(extension.begin(), extension.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); });
}

}  // namespace

std::string file_name_of_disposition(const std::string& header) {
  std::string plain;
  std::string extended;
  for (Parameters parameters(header); parameters.next();) {
    if (parameters.name == "filename*" && extended.empty())
      extended = base_name(decode_extended(parameters.value));
    if (parameters.name == "filename" && plain.empty()) plain = base_name(parameters.value);
  }
  return extended.empty() ? plain : extended;
}

std::string file_name_of_path(const std::string& path) {
  const std::string name = base_name(percent_decode(path.substr(path.rfind('/') + 1)));
  return has_extension(name) ? name : "";
}

}  // namespace agreementd::fetchers
