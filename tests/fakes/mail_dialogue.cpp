#include "tests/fakes/mail_dialogue.h"

namespace agreementd::fakes {
namespace {

/// The longest beginning of `line` there is.
const std::string* find(const MailDialogue::Replies& replies, std::string_view line) {
  const std::string* found = nullptr;  // in the order of the keys the longer one comes later
  for (const auto& [beginning, reply] : replies)
    if (line.starts_with(beginning)) found = &reply;
  return found;
}

const MailDialogue::Replies& willing() {
  static const MailDialogue::Replies replies{
      {"", "500 what?"},
      {"greeting", "220 mail.example.org ESMTP"},
      {"EHLO", "250-mail.example.org\r\n250-AUTH PLAIN\r\n250 SIZE 1000000"},
      {"AUTH", "334 "},
      {"credentials", "235 come in"},
      {"MAIL", "250 ok"},
      {"RCPT", "250 ok"},
      {"DATA", "354 go on"},
      {"message", "250 taken"},
      {"QUIT", "221 bye"}};
  return replies;
}

}  // namespace

std::optional<std::string> MailDialogue::reply(std::string_view to) const {
  const std::string* said = find(replies_, to);
  if (said == nullptr) said = find(willing(), to);
  if (*said == drop) return std::nullopt;
  return *said == silence ? *said : *said + "\r\n";
}

std::optional<std::string> MailDialogue::hear(std::string_view line) {
  if (awaiting_ == Awaiting::message && line != ".") {
    message_.append(line).append("\r\n");
    return "";
  }
  std::string_view to = line;
  if (awaiting_ == Awaiting::message) to = "message";
  if (awaiting_ == Awaiting::credentials) to = "credentials";
  auto said = reply(to);
  awaiting_ = Awaiting::command;
  if (said && said->starts_with("334")) awaiting_ = Awaiting::credentials;
  if (said && said->starts_with("354")) awaiting_ = Awaiting::message;
  return said;
}

}  // namespace agreementd::fakes
