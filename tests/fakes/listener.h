#pragma once

namespace agreementd::fakes {

/// A socket that listens on 127.0.0.1; closed at its end.
class Listener {
 public:
  /// `port` 0: any that is free. Throws std::system_error.
  explicit Listener(int port = 0);
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  [[nodiscard]] int port() const { return port_; }
  /// The next client's socket, the caller's to close; negative after `stop`.
  [[nodiscard]] int accept() const;
  void stop() const;

 private:
  int socket_;
  int port_ = 0;
};

}  // namespace agreementd::fakes
