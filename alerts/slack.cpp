#include "alerts/slack.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "alerts/unicode.h"
#include "model/json.h"

namespace agreementd::alerts {
namespace {

/// Less than 3,500 by what numbers a text.
constexpr std::size_t most_characters = 3480;

bool is_alphanumeric(char32_t c) {
  return (c >= U'0' && c <= U'9') || (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
}

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

/// A colon here may begin the name of an emoji; one between digits is a time.
bool may_begin_emoji(char32_t before, char32_t after) {
  const bool name =
      is_alphanumeric(after) || after >= 0x80 || after == U'+' || after == U'-' || after == U'_';
  return name && !(is_digit(before) && is_digit(after));
}

std::string escaped(char32_t c, char32_t before, char32_t after) {
  switch (c) {
    case U'&':
      return "&amp;";
    case U'<':
      return "&lt;";
    case U'>':
      return "&gt;";
    case U'*':
      return "∗";
    case U'~':
      return "∼";
    case U'`':
      return "ˋ";
    case U'@':
      return "@\u2060";
    case U'_':
      return is_alphanumeric(before) && is_alphanumeric(after) ? "_" : "ˍ";
    case U':':
      return may_begin_emoji(before, after) ? "∶" : ":";
    default:
      return utf8({&c, 1});
  }
}

std::string link(const std::string& url) {
  std::string target;
  for (const char c : url) target += c == '&' ? "&amp;" : std::string(1, c);
  return fmt::format("<{}|MOA>", target);
}

/// A part's lines, each of at most 3,002 characters: a line of words has 600 at most, of which each
/// becomes five at most.
std::vector<std::string> lines_of(const Words& words) {
  std::vector<std::string> lines{fmt::format("*{}*", slack_escaped(words.headline))};
  for (const auto& detail : words.details) lines.push_back(slack_escaped(detail));
  if (!words.moa_url.empty()) lines.push_back(link(words.moa_url));
  return lines;
}

class Texts {
 public:
  void add(const Words& words) {
    const auto lines = lines_of(words);
    const auto block = fmt::format("{}", fmt::join(lines, "\n"));
    if (fits(block, "\n\n")) {
      append(block, "\n\n");
    } else if (length(block) <= most_characters) {
      texts_.push_back(block);
    } else {
      for (const auto& line : lines) {
        if (fits(line, "\n"))
          append(line, "\n");
        else
          texts_.push_back(line);
      }
    }
  }
  void add_title(const std::string& title) { texts_.push_back(title); }
  [[nodiscard]] const std::vector<std::string>& texts() const { return texts_; }

 private:
  [[nodiscard]] bool fits(const std::string& text, std::string_view separator) const {
    return !texts_.empty() &&
           length(texts_.back()) + separator.size() + length(text) <= most_characters;
  }
  void append(const std::string& text, std::string_view separator) {
    texts_.back().append(separator).append(text);
  }
  std::vector<std::string> texts_;
};

}  // namespace

std::string slack_escaped(std::string_view text) {
  const auto all = characters(text);
  std::string result;
  for (std::size_t i = 0; i < all.size(); ++i)
    result += escaped(all[i], i == 0 ? U' ' : all[i - 1], i + 1 == all.size() ? U' ' : all[i + 1]);
  return result;
}

std::vector<std::string> slack_payloads(const Telling& telling) {
  Texts texts;
  if (telling.parts.size() > 1) texts.add_title(slack_escaped(telling.subject));
  for (const auto& part : telling.parts) texts.add(part);
  const auto count = texts.texts().size();
  std::vector<std::string> payloads;
  for (const auto& text : texts.texts()) {
    const auto number =
        count > 1 ? fmt::format("({}/{}) ", payloads.size() + 1, count) : std::string();
    payloads.push_back(
        fmt::format(R"({{"text":{},"parse":"none","unfurl_links":false,"unfurl_media":false}})",
                    json_string(number + text)));
  }
  return payloads;
}

}  // namespace agreementd::alerts
