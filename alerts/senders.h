#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "alerts/email.h"
#include "alerts/sender.h"
#include "alerts/webhook_secret.h"
#include "fetchers/mailer.h"
#include "fetchers/poster.h"
#include "model/clock.h"

/// The ways to send. Each is for one thread; `clock` must outlive them.
namespace agreementd::alerts {

/// Standard Webhooks 1.0: POSTs the body to `url`, signed with each of the secrets.
std::unique_ptr<Sender> webhook_sender(std::string url, std::vector<WebhookSecret> secrets,
                                       const fetchers::PostSettings& settings, const Clock& clock);

/// Slack's incoming webhook. `url` is a secret. What is long is several posts, with a `pause`
/// between: Slack takes about one a second.
std::unique_ptr<Sender> slack_sender(std::string url, const fetchers::PostSettings& settings,
                                     const Clock& clock,
                                     std::chrono::milliseconds pause = std::chrono::seconds{1});

/// Mail, by the operator's server.
std::unique_ptr<Sender> email_sender(EmailAddresses addresses,
                                     const fetchers::MailSettings& settings);

/// No way at all: each attempt fails with these words.
std::unique_ptr<Sender> no_sender(std::string why);

/// JSON lines, appended to the file at `path` and on disk before this is done. It is opened anew
/// for each message, so that it may be moved away at any time (logrotate). A line that was cut off
/// by a crash is ended first.
std::unique_ptr<Sender> file_sender(std::string path);

}  // namespace agreementd::alerts
