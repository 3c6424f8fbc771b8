#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/entry.h"
#include "model/history.h"

/// What is sent: plain values, made by the caller from the log. Every format (webhook, Slack,
/// e-mail, JSON lines) is a function of these.
namespace agreementd::alerts {

/// One thing that happened, with what is told along with it.
struct Item {
  LoggedEntry logged;
  /// Of a `new` on the participating list: the entry of the application's leaving the pending list
  /// (reason `signed`). See `alerts/batch.h`.
  std::optional<LoggedEntry> application;
  /// Of a `retracted`: the entry that does not hold.
  std::optional<LoggedEntry> retracted;
  /// Of an `unconfirmed`: what it is possibly the same as, each as `agreement_name` says it.
  std::vector<std::string> possibly_same;
  std::string moa_url;  ///< of the agreement's document; empty: none
};

/// Some changes. `items` is never empty and in the order of the log.
struct Message {
  std::vector<Item> items;
};

/// A notice of the operator that was opened or, where `closed_at` is there, is over.
struct NoticeMessage {
  Notice notice;
  Instant opened_at;
  std::optional<Instant> closed_at;
};

/// What `alert test` sends: marked as a sample, and telling of nothing that happened.
struct Sample {
  std::string sink;  ///< its name
  Instant at;
};
constexpr std::string_view sample_text = "TEST: this is a sample, nothing happened";

/// `msg_` and 32 hex digits, for receivers to drop what they have already. Of one item: the first
/// digits of its entry's hash; of several: of the SHA-256 of their entries' hashes (32 bytes each,
/// joined). It depends on the entries of `items` alone, not on what is told along with them: the
/// same entries have the same id however often they are sent.
std::string message_id(const Message& message);
/// From kind, subject, when it opened, and whether it is opened or closed.
std::string message_id(const NoticeMessage& message);
/// From sink and time.
std::string message_id(const Sample& sample);

}  // namespace agreementd::alerts
