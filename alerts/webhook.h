#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "alerts/message.h"
#include "alerts/webhook_secret.h"

/// Standard Webhooks 1.0 (github.com/standard-webhooks/standard-webhooks,
/// spec/standard-webhooks.md). The bodies' shape is `$defs` `webhook` of docs/change.schema.json.
namespace agreementd::alerts {

/// `{"data":{"entries":[…]},"timestamp":"…","type":"changes"}`, `entries` as `item_json` writes
/// them. `made`: when this message was made, the same however often it is sent.
std::string webhook_body(const Message& message, Instant made);
/// `data` is what `notice_json` writes, `type` is `notice`.
std::string webhook_body(const NoticeMessage& message, Instant made);
/// `data` is what `sample_json` writes, `type` is `test`.
std::string webhook_body(const Sample& sample);

/// The values of the headers of the same names.
struct WebhookHeaders {
  std::string id;         ///< `webhook-id`
  std::string timestamp;  ///< `webhook-timestamp`: Unix time in seconds
  std::string signature;  ///< `webhook-signature`: one for each secret, joined by spaces
};

/// What goes with a body that is sent at `sent`. A signature is `v1,` and the base64 of the
/// HMAC-SHA-256 of `id.timestamp.body`. While a secret is exchanged for another, give both.
/// `secrets` is not empty.
WebhookHeaders webhook_headers(const std::string& id, Instant sent, std::string_view body,
                               const std::vector<WebhookSecret>& secrets);

}  // namespace agreementd::alerts
