#include "alerts/webhook_secret.h"

#include <utility>

#include <fmt/format.h>

#include "model/base64.h"

namespace agreementd::alerts {

Result<WebhookSecret> WebhookSecret::parse(std::string_view text) {
  constexpr std::string_view prefix = "whsec_";
  constexpr std::size_t least = 24, most = 64;
  constexpr std::string_view make = "make one with: echo whsec_$(openssl rand -base64 32)";
  if (text.empty()) return Error{fmt::format("the webhook secret is empty: {}", make)};
  if (!text.starts_with(prefix))
    return Error{fmt::format("the webhook secret does not begin with whsec_: {}", make)};
  auto key = parse_base64(text.substr(prefix.size()));
  if (!key)
    return Error{fmt::format(
        "the webhook secret has no base64 after whsec_ (padded, no white space): {}", make)};
  if (key->size() < least || key->size() > most)
    return Error{fmt::format("the webhook secret is of {} bytes, not of {} to {}: {}", key->size(),
                             least, most, make)};
  return WebhookSecret(std::move(*key));
}

}  // namespace agreementd::alerts
