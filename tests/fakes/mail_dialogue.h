#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace agreementd::fakes {

/// The server's side of SMTP, line by line, whatever carries it.
class MailDialogue {
 public:
  /// What is said to a line by its beginning, the longest that fits; `greeting`, `credentials` and
  /// `message` for what is no command. Where nothing fits, what a willing server would say.
  using Replies = std::map<std::string, std::string>;
  static constexpr const char* drop = "drop";  ///< as a reply: it leaves without one
  static constexpr const char* silence = "";   ///< as a reply: it says nothing more

  explicit MailDialogue(Replies replies) : replies_(std::move(replies)) {}

  /// What is sent next; nothing: the connection is closed.
  [[nodiscard]] std::optional<std::string> greet() const { return reply("greeting"); }
  /// The same after a line, without its end.
  std::optional<std::string> hear(std::string_view line);

  /// What came after DATA, as it came, line ends and doubled dots included.
  [[nodiscard]] const std::string& message() const { return message_; }

 private:
  enum class Awaiting { command, credentials, message };
  [[nodiscard]] std::optional<std::string> reply(std::string_view to) const;

  Replies replies_;
  Awaiting awaiting_ = Awaiting::command;
  std::string message_;
};

}  // namespace agreementd::fakes
