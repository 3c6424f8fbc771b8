#include "alerts/senders.h"

#include <condition_variable>
#include <mutex>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "alerts/json_lines.h"
#include "alerts/slack.h"
#include "alerts/webhook.h"
#include "alerts/words.h"
#include "fetchers/fetcher.h"

namespace agreementd::alerts {
namespace {

using fetchers::Delivery;

/// When a message was made: the same however often it is sent.
Instant made_at(const Message& message) { return message.items.back().logged.entry.recorded_at; }
Instant made_at(const NoticeMessage& message) {
  return message.closed_at.value_or(message.opened_at);
}
Instant made_at(const Sample& sample) { return sample.at; }
Instant made_at(const Content& content) {
  return std::visit([](const auto& each) { return made_at(each); }, content);
}

Telling telling_of(const Content& content) {
  return std::visit([](const auto& each) { return telling(each); }, content);
}

Sent sent_of(fetchers::Posted posted) {
  return {posted.delivery, std::move(posted.detail), posted.retry_after,
          std::move(posted.beginning)};
}

class WebhookSender final : public Sender {
 public:
  WebhookSender(std::string url, std::vector<WebhookSecret> secrets,
                const fetchers::PostSettings& settings, const Clock& clock)
      : url_(std::move(url)),
        secrets_(std::move(secrets)),
        clock_(clock),
        poster_(settings, clock) {}

  Sent send(const Content& content, std::stop_token stop) override {
    const auto body = body_of(content);
    const auto headers = webhook_headers(message_id(content), clock_.now(), body, secrets_);
    return sent_of(poster_.post({url_,
                                 "application/json",
                                 body,
                                 {{"webhook-id", headers.id},
                                  {"webhook-timestamp", headers.timestamp},
                                  {"webhook-signature", headers.signature}}},
                                std::move(stop)));
  }

 private:
  static std::string body_of(const Content& content) {
    if (const auto* sample = std::get_if<Sample>(&content)) return webhook_body(*sample);
    if (const auto* notice = std::get_if<NoticeMessage>(&content))
      return webhook_body(*notice, made_at(*notice));
    const auto& message = std::get<Message>(content);
    return webhook_body(message, made_at(message));
  }

  std::string url_;
  std::vector<WebhookSecret> secrets_;
  const Clock& clock_;
  fetchers::Poster poster_;
};

class SlackSender final : public Sender {
 public:
  SlackSender(std::string url, const fetchers::PostSettings& settings, const Clock& clock,
              std::chrono::milliseconds pause)
      : url_(std::move(url)), pause_(pause), poster_(settings, clock) {}

  /// Several posts where it is long; where one fails it goes on with that one when it is asked to
  /// send the same again.
  Sent send(const Content& content, std::stop_token stop) override {
    const auto payloads = slack_payloads(telling_of(content));
    const auto id = message_id(content);
    if (id != id_ || sent_ >= payloads.size()) sent_ = 0;
    id_ = id;
    const auto before = sent_;
    Sent sent;
    for (; sent_ < payloads.size(); ++sent_) {
      if (sent_ > 0) rest(stop);
      sent = sent_of(poster_.post({url_, "application/json", payloads[sent_]}, stop));
      if (sent.delivery != Delivery::delivered) break;
    }
    sent.went_on = sent_ > before;
    return sent;
  }

 private:
  void rest(const std::stop_token& stop) const {
    std::mutex mutex;
    std::unique_lock lock(mutex);
    std::condition_variable_any().wait_for(lock, stop, pause_, [] { return false; });
    if (stop.stop_requested()) throw fetchers::Cancelled();
  }

  std::string url_;
  std::chrono::milliseconds pause_;
  fetchers::Poster poster_;
  std::string id_;        // of what was sent last …
  std::size_t sent_ = 0;  // … and how many posts of it were taken
};

class EmailSender final : public Sender {
 public:
  EmailSender(EmailAddresses addresses, const fetchers::MailSettings& settings)
      : addresses_(std::move(addresses)), mailer_(settings) {}

  /// To each by itself: that the server refuses one, or cannot take it for one now, keeps it from
  /// nobody else. Asked to send the same again it goes on with those it failed for.
  Sent send(const Content& content, std::stop_token stop) override {
    const auto id = message_id(content);
    if (std::exchange(id_, id) != id || done_.size() == addresses_.to.size()) begin();
    fetchers::Mail mail;
    mail.sender = addresses_.from.text();
    mail.message = email_text(telling_of(content), addresses_, made_at(content));
    std::string answer, failed;
    const auto before = done_.size();
    for (std::size_t i = 0; i < addresses_.to.size(); ++i) {
      if (done_.contains(i)) continue;
      mail.recipients = {addresses_.to[i].text()};
      const auto mailed = mailer_.send(mail, stop);
      answer = mailed.answer;
      const bool done = is_done(mailed.delivery);
      if (mailed.delivery != Delivery::delivered)
        add(done ? refused_ : failed, fmt::format("to {}: {}", mail.recipients[0], mailed.detail));
      if (done) done_.insert(i);
      // It is not this one's mailbox: nobody is there to answer for the others, or not to us.
      if (!done && (!mailed.reply || mailed.about_us)) break;
    }
    if (!failed.empty())
      return {Delivery::failed, failed, std::nullopt, answer, done_.size() > before};
    return {refused_.empty() ? Delivery::delivered : Delivery::refused, refused_, std::nullopt,
            answer};
  }

 private:
  static bool is_done(Delivery delivery) {
    return delivery == Delivery::delivered || delivery == Delivery::refused;
  }
  static void add(std::string& text, const std::string& more) {
    text += (text.empty() ? "" : "; ") + more;
  }
  void begin() {
    done_.clear();
    refused_.clear();
  }

  EmailAddresses addresses_;
  fetchers::Mailer mailer_;
  std::string id_;              // of what was sent last …
  std::set<std::size_t> done_;  // … for whom the server took it, or never will …
  std::string refused_;         // … and who the latter are
};

class NoSender final : public Sender {
 public:
  explicit NoSender(std::string why) : why_(std::move(why)) {}
  Sent send(const Content& /*content*/, std::stop_token /*stop*/) override {
    return {Delivery::failed, why_, std::nullopt, ""};
  }

 private:
  std::string why_;
};

}  // namespace

std::unique_ptr<Sender> no_sender(std::string why) {
  return std::make_unique<NoSender>(std::move(why));
}

std::unique_ptr<Sender> webhook_sender(std::string url, std::vector<WebhookSecret> secrets,
                                       const fetchers::PostSettings& settings, const Clock& clock) {
  return std::make_unique<WebhookSender>(std::move(url), std::move(secrets), settings, clock);
}

std::unique_ptr<Sender> slack_sender(std::string url, const fetchers::PostSettings& settings,
                                     const Clock& clock, std::chrono::milliseconds pause) {
  return std::make_unique<SlackSender>(std::move(url), settings, clock, pause);
}

std::unique_ptr<Sender> email_sender(EmailAddresses addresses,
                                     const fetchers::MailSettings& settings) {
  return std::make_unique<EmailSender>(std::move(addresses), settings);
}

}  // namespace agreementd::alerts
