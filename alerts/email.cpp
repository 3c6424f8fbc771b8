#include "alerts/email.h"

#include <fmt/format.h>

#include "alerts/mime.h"
#include "alerts/plain_text.h"

namespace agreementd::alerts {
namespace {

std::string recipients(const std::vector<EmailAddress>& to) {
  std::string result;
  for (const auto& address : to)
    result += fmt::format("{}{}", result.empty() ? "" : ",\r\n ", address.text());
  return result;
}

std::string headers(const Telling& telling, const EmailAddresses& addresses, Instant date) {
  constexpr std::size_t longest_subject = 200;
  std::string result;
  const auto add = [&](std::string_view name, std::string_view text) {
    result += fmt::format("{}: {}\r\n", name, text);
  };
  add("From", fmt::format("agreementd <{}>", addresses.from.text()));
  add("To", recipients(addresses.to));
  result +=
      text_header("Subject", shortened(plain_text("[287(g)] " + telling.subject), longest_subject));
  add("Date", mail_date(date));
  add("Message-ID", fmt::format("<{}@{}>", telling.id, addresses.from.host()));
  add("List-Id", fmt::format("<{}>", addresses.list_id.text()));
  add("Auto-Submitted", "auto-generated");
  add("MIME-Version", "1.0");
  return result;
}

std::string plain_body(const Telling& telling) {
  std::string text;
  if (telling.parts.size() > 1) text += telling.subject + "\n\n";
  for (const auto& part : telling.parts) {
    text += part.headline + "\n";
    for (const auto& detail : part.details) text += "  " + detail + "\n";
    if (!part.moa_url.empty()) text += "  MOA: " + part.moa_url + "\n";
    text += "\n";
  }
  return text;
}

std::string html_body(const Telling& telling) {
  auto html = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta "
      "charset=\"utf-8\"><title>{}</title></head>\n"
      "<body>\n",
      html_escaped(telling.subject));
  if (telling.parts.size() > 1) html += fmt::format("<p>{}</p>\n", html_escaped(telling.subject));
  for (const auto& part : telling.parts) {
    html += fmt::format("<p><strong>{}</strong>", html_escaped(part.headline));
    for (const auto& detail : part.details) html += "<br>\n" + html_escaped(detail);
    if (!part.moa_url.empty())
      html += fmt::format("<br>\n<a href=\"{}\">MOA</a>", html_escaped(part.moa_url));
    html += "</p>\n";
  }
  return html + "</body>\n</html>\n";
}

std::string body_part(std::string_view boundary, std::string_view type, std::string_view text) {
  return fmt::format(
      "--{}\r\nContent-Type: {}; charset=utf-8\r\nContent-Transfer-Encoding: "
      "quoted-printable\r\n\r\n{}\r\n",
      boundary, type, quoted_printable(text));
}

}  // namespace

std::string email_text(const Telling& telling, const EmailAddresses& addresses, Instant date) {
  const auto boundary = "=_" + telling.id;
  return headers(telling, addresses, date) +
         fmt::format("Content-Type: multipart/alternative;\r\n boundary=\"{}\"\r\n\r\n", boundary) +
         body_part(boundary, "text/plain", plain_body(telling)) +
         body_part(boundary, "text/html", html_body(telling)) + fmt::format("--{}--\r\n", boundary);
}

}  // namespace agreementd::alerts
