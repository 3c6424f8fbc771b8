#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

/// A client that sends what it is told to, right or wrong.
namespace agreementd::web {

struct Reply {
  int status = 0;                              ///< 0: no answer
  std::map<std::string, std::string> headers;  ///< names in lower case
  std::string body;

  /// Empty: absent.
  [[nodiscard]] std::string header(const std::string& name) const;
};

/// A connection to 127.0.0.1 (or ::1).
class Client {
 public:
  explicit Client(std::uint16_t port, bool six = false);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  /// False: the server has closed the connection.
  bool send(std::string_view bytes);
  /// Everything until the server closes. Fails the test where it does not for 20 s.
  std::string receive();
  /// What comes first; empty: nothing before the server closed.
  std::string receive_some();
  Reply reply();

 private:
  int socket_;
};

/// What comes back for these bytes.
Reply answer_to(std::uint16_t port, std::string_view bytes);
/// What comes back for a well-formed request.
Reply ask(std::uint16_t port, std::string_view target, std::string_view method = "GET");

}  // namespace agreementd::web
