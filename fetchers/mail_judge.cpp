#include "fetchers/mail_judge.h"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "fetchers/fault.h"
#include "fetchers/judge.h"

namespace agreementd::fetchers {
namespace {

/// RFC 4954, 6; RFC 3207, 4: it is us the server does not want, not the mail.
bool is_about_us(int reply) { return reply == 530 || reply == 534 || reply == 535 || reply == 538; }

/// What curl says where the server answered no to the sender, a recipient or the message.
bool is_about_the_mail(const MailExchange& exchange) {
  return exchange.code == CURLE_SEND_ERROR ||
         (exchange.code == CURLE_WEIRD_SERVER_REPLY && exchange.began_to_send);
}

std::string words_of(const MailExchange& exchange, const std::string& host) {
  if (exchange.code == CURLE_LOGIN_DENIED || is_about_us(exchange.reply))
    return fmt::format("{} does not let us in ({}): check user and password", host, exchange.reply);
  if (exchange.code == CURLE_USE_SSL_FAILED)
    return fmt::format("{} offers no TLS (STARTTLS): mail does not go to it in the clear", host);
  if (exchange.reply >= 500)
    return fmt::format("{} refuses it ({}): {}", host, exchange.reply, exchange.text);
  if (exchange.reply >= 400)
    return fmt::format("{} cannot take it now ({}): {}", host, exchange.reply, exchange.text);
  return judge_fault(fault_of(exchange.code, exchange.reply != 0), exchange.text, host).detail;
}

bool is_address(std::string_view address) {
  return !address.empty() && std::none_of(address.begin(), address.end(), [](char c) {
    return (c >= '\0' && c <= ' ') || c == '\x7F' || c == '<' || c == '>';
  });
}

/// A CR or LF alone is the end of a line to some servers, and none to others: what follows it could
/// be a message of its own to the next.
bool has_whole_lines(std::string_view message) {
  if (!message.ends_with("\r\n")) return false;
  for (std::size_t at = 0; (at = message.find_first_of("\r\n", at)) != std::string_view::npos;
       at += 2)
    if (message.substr(at, 2) != "\r\n") return false;
  return true;
}

}  // namespace

Mailed judge_mail(const MailExchange& exchange, const std::string& host) {
  Mailed mailed;
  mailed.answer = exchange.answer;
  if (exchange.code == CURLE_OK) {
    mailed.delivery = Delivery::delivered;
    return mailed;
  }
  if (exchange.reply >= 400) mailed.reply = exchange.reply;
  mailed.about_us = mailed.reply && (!is_about_the_mail(exchange) || is_about_us(exchange.reply));
  if (exchange.reply >= 500 && !mailed.about_us) mailed.delivery = Delivery::refused;
  mailed.detail = words_of(exchange, host);
  return mailed;
}

std::optional<std::string> fault_of(const Mail& mail) {
  if (!is_address(mail.sender)) return "the sender is no address";
  if (mail.recipients.empty()) return "the mail has no recipient";
  if (!std::all_of(mail.recipients.begin(), mail.recipients.end(), is_address))
    return "a recipient is no address";
  if (!has_whole_lines(mail.message)) return "a line of the message does not end in CRLF";
  return std::nullopt;
}

}  // namespace agreementd::fetchers
