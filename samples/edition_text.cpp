#include "samples/edition_text.h"

#include <cctype>
#include <utility>

#include <fmt/format.h>

namespace agreementd::samples {
namespace {

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

std::vector<std::string_view> split(std::string_view line, std::string_view separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const auto end = line.find(separator);
    parts.push_back(trim(line.substr(0, end)));
    if (end == std::string_view::npos) return parts;
    line.remove_prefix(end + separator.size());
  }
}

std::string percent_encode(std::string_view text) {
  std::string encoded;
  for (const char c : text) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' || c == '-' || c == '_')
      encoded += c;
    else
      encoded += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return encoded;
}

/// The form in which links reach ICE's workbooks through a mail filter. The real ones carry staff
/// addresses in `data`; this one says what it is.
std::string wrap(std::string_view url) {
  return fmt::format(
      "https://gcc02.safelinks.protection.outlook.com/?url={}&data=05%7C02%7Csample&reserved=0",
      percent_encode(url));
}

Cell parse_cell(std::string_view text, const std::string& links) {
  constexpr std::string_view arrow = " -> ";
  constexpr std::string_view wrapped = "safelinks:";
  const auto at = text.find(arrow);
  if (at == std::string_view::npos) return {std::string(text), ""};
  std::string_view target = trim(text.substr(at + arrow.size()));
  const bool wrap_it = target.starts_with(wrapped);
  if (wrap_it) target.remove_prefix(wrapped.size());
  const std::string url = links + std::string(target);
  return {std::string(trim(text.substr(0, at))), wrap_it ? wrap(url) : url};
}

/// The text's parts, line by line.
class Reader {
 public:
  explicit Reader(const std::string& name) : name_(name) {}

  /// What is wrong with the line; empty: nothing.
  std::string take(std::string_view line) {
    if (line.empty() || line.starts_with('#')) return {};
    if (line.find(" | ") == std::string_view::npos && edition_.columns.empty())
      return take_header(line);
    return take_row(line);
  }

  Result<EditionText> finish() {
    if (edition_.file_name.empty()) return Error{name_ + ": no line \"file: NAME\""};
    if (edition_.columns.empty()) return Error{name_ + ": no table"};
    if (edition_.file_name.ends_with(".xlsx") && !edition_.saved_at)
      return Error{name_ + ": a workbook needs a line \"saved: TIME\""};
    return std::move(edition_);
  }

 private:
  std::string take_header(std::string_view line) {
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) return "neither \"key: value\" nor a row";
    const std::string_view key = trim(line.substr(0, colon));
    const std::string_view value = trim(line.substr(colon + 1));
    if (key == "file") {
      edition_.file_name = value;
    } else if (key == "links") {
      links_ = value;
    } else if (key == "saved") {
      edition_.saved_at = parse_instant(value);
      if (!edition_.saved_at) return "not a time: write 2025-03-06T20:41:07Z";
    } else {
      return fmt::format("unknown key \"{}\"; known are file, saved, links", key);
    }
    return {};
  }

  std::string take_row(std::string_view line) {
    // A blank last cell leaves a separator without the space after it.
    const std::string padded = std::string(line) + ' ';
    const auto parts = split(padded, " | ");
    if (edition_.columns.empty()) {
      edition_.columns.assign(parts.begin(), parts.end());
      return {};
    }
    if (parts.size() != edition_.columns.size())
      return fmt::format("{} cells where the table has {} columns", parts.size(),
                         edition_.columns.size());
    std::vector<Cell> row;
    row.reserve(parts.size());
    for (const auto part : parts) row.push_back(parse_cell(part, links_));
    edition_.rows.push_back(std::move(row));
    return {};
  }

  const std::string& name_;
  std::string links_;
  EditionText edition_;
};

}  // namespace

Result<EditionText> parse_edition_text(std::string_view text, const std::string& name) {
  Reader reader(name);
  int number = 0;
  for (const auto line : split(text, "\n")) {
    ++number;
    if (const std::string fault = reader.take(line); !fault.empty())
      return Error{fmt::format("{}:{}: {}", name, number, fault)};
  }
  return reader.finish();
}

}  // namespace agreementd::samples
