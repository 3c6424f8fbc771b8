#include "web/connection.h"

#include <algorithm>
#include <cerrno>

#include <poll.h>
#include <sys/socket.h>

namespace agreementd::web {
namespace {

using std::chrono::ceil;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

bool would_wait() { return errno == EAGAIN || errno == EWOULDBLOCK; }

}  // namespace

Connection::Connection(int socket, int stop, const Limits& limits)
    : socket_(socket),
      stop_(stop),
      limits_(limits),
      read_until_(steady_clock::now() + limits.request) {}

/// Whether the socket is ready for `events` before that time, and before all is to end.
bool Connection::wait(short events, Time until) const {
  while (true) {
    const auto left = ceil<milliseconds>(until - steady_clock::now());
    if (left <= milliseconds::zero()) return false;
    std::array<pollfd, 2> watched{pollfd{socket_, events, 0}, pollfd{stop_, POLLIN, 0}};
    const auto ready = poll(watched.data(), watched.size(), static_cast<int>(left.count()));
    if (ready < 0 && errno != EINTR) return false;
    if (ready <= 0) continue;
    return watched[1].revents == 0;
  }
}

bool Connection::is_readable() const { return begin_ < end_ || wait(POLLIN, read_until_); }

bool Connection::is_writable() const {
  return wait(POLLOUT, write_until_.value_or(steady_clock::now() + limits_.answer));
}

/// Fills the empty buffer: how many bytes came, or as `read`.
ssize_t Connection::receive() {
  while (received_ < limits_.request_bytes && wait(POLLIN, read_until_)) {
    const auto size = std::min(buffer_.size(), limits_.request_bytes - received_);
    const auto count = recv(socket_, buffer_.data(), size, 0);
    if (count < 0 && (would_wait() || errno == EINTR)) continue;
    if (count <= 0) return count;
    begin_ = 0;
    end_ = static_cast<std::size_t>(count);
    received_ += end_;
    return count;
  }
  return -1;
}

ssize_t Connection::read(char* bytes, std::size_t size) {
  if (begin_ == end_)
    if (const auto count = receive(); count <= 0) return count;
  const auto count = std::min(size, end_ - begin_);
  std::copy_n(buffer_.data() + begin_, count, bytes);
  begin_ += count;
  return static_cast<ssize_t>(count);
}

ssize_t Connection::write(const char* bytes, std::size_t size) {
  if (!write_until_) write_until_ = steady_clock::now() + limits_.answer;
  while (wait(POLLOUT, *write_until_)) {
    const auto count = send(socket_, bytes, size, MSG_NOSIGNAL);
    if (count >= 0 || (!would_wait() && errno != EINTR)) return count;
  }
  return -1;
}

void Connection::finish() {
  shutdown(socket_, SHUT_WR);
  const auto until = steady_clock::now() + limits_.farewell;
  while (wait(POLLIN, until)) {
    const auto count = recv(socket_, buffer_.data(), buffer_.size(), 0);
    if (count == 0 || (count < 0 && !would_wait() && errno != EINTR)) return;
  }
}

// Who asks is nobody's business here: it is not logged, and nothing depends on it.
void Connection::get_remote_ip_and_port(std::string& ip, int& port) const {
  ip.clear();
  port = 0;
}
void Connection::get_local_ip_and_port(std::string& ip, int& port) const {
  ip.clear();
  port = 0;
}

}  // namespace agreementd::web
