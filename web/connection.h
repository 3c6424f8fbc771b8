#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

#include <httplib.h>

#include "web/limits.h"

namespace agreementd::web {

/// One client, for one request and its answer, within limits. The library's own stream gives a
/// client time for each byte, and so as long as it likes; this one for all of them.
class Connection final : public httplib::Stream {
 public:
  /// `socket` is non-blocking; `stop` becomes readable when all is to end. Both are the caller's.
  Connection(int socket, int stop, const Limits& limits);

  /// Ends the answer. Bytes that were sent and nobody read would make the kernel take the answer
  /// back: reads them, until the client leaves or the time for that is over.
  void finish();

  [[nodiscard]] bool is_readable() const override;
  [[nodiscard]] bool is_writable() const override;
  /// Bytes of the request; 0: the client left; -1: it took too long or sent too much.
  ssize_t read(char* bytes, std::size_t size) override;
  ssize_t write(const char* bytes, std::size_t size) override;
  void get_remote_ip_and_port(std::string& ip, int& port) const override;
  void get_local_ip_and_port(std::string& ip, int& port) const override;
  [[nodiscard]] socket_t socket() const override { return socket_; }

 private:
  using Time = std::chrono::steady_clock::time_point;

  [[nodiscard]] bool wait(short events, Time until) const;
  ssize_t receive();

  int socket_;
  int stop_;
  Limits limits_;
  Time read_until_;
  std::optional<Time> write_until_;  // absent: nothing was written yet
  std::size_t received_ = 0;         // bytes so far
  std::array<char, 4096> buffer_{};
  std::size_t begin_ = 0;  // of what is in the buffer and not read yet
  std::size_t end_ = 0;
};

}  // namespace agreementd::web
