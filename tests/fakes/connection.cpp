#include "tests/fakes/connection.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <limits>

#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>

namespace agreementd::fakes {
namespace {

constexpr std::size_t largest_head = 1U << 20U;
constexpr std::size_t block_size = 64U << 10U;
constexpr std::string_view end_of_head = "\r\n\r\n";

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

/// `GET /path HTTP/1.1` and the lines below it.
std::optional<Received> parse(std::string_view head) {
  Received received;
  const auto line = head.substr(0, head.find("\r\n"));
  const auto target = line.find(' ');
  const auto version = line.rfind(' ');
  if (target == std::string_view::npos || version <= target) return std::nullopt;
  received.method = line.substr(0, target);
  received.target = line.substr(target + 1, version - target - 1);
  head.remove_prefix(line.size());
  while (!head.empty()) {
    head.remove_prefix(std::min<std::size_t>(2, head.size()));
    const auto header = head.substr(0, head.find("\r\n"));
    const auto colon = std::min(header.find(':'), header.size());
    if (colon < header.size())
      received.headers.emplace(lower(std::string(header.substr(0, colon))),
                               trimmed(header.substr(colon + 1)));
    head.remove_prefix(header.size());
  }
  return received;
}

std::size_t length_of_body(const Received& request) {
  const std::string length = request.header("content-length");
  return length.empty() ? 0 : std::stoul(length);
}

std::size_t size_of_body(const Reply& reply) { return reply.body.size() * reply.repeat; }

bool has_body(const Received& request, const Reply& reply) {
  return request.method != "HEAD" && reply.status != 304 && reply.status != 204;
}

bool asks_to_close(const auto& headers) {
  return std::any_of(headers.begin(), headers.end(), [](const auto& header) {
    return lower(header.first) == "connection" && lower(header.second) == "close";
  });
}

std::string head_of(const Received& request, const Reply& reply) {
  std::string head = fmt::format("HTTP/1.1 {} \r\n", reply.status);
  for (const auto& [name, value] : reply.headers) head += fmt::format("{}: {}\r\n", name, value);
  if (reply.chunked)
    head += "Transfer-Encoding: chunked\r\n";
  else if (!reply.no_length && (has_body(request, reply) || request.method == "HEAD"))
    head +=
        fmt::format("Content-Length: {}\r\n", reply.content_length.value_or(size_of_body(reply)));
  return head + "\r\n";
}

/// Where the body ends, rightly or not.
std::size_t end_of_body(const Reply& reply) {
  constexpr auto never = std::numeric_limits<std::size_t>::max();
  return std::min(
      {size_of_body(reply), reply.cut_after.value_or(never), reply.stall_after.value_or(never)});
}

/// The body as often as it fits in a block, at least once.
std::string block_of(const Reply& reply) {
  const auto copies =
      std::min(reply.repeat, block_size / std::max<std::size_t>(1, reply.body.size()) + 1);
  std::string block;
  for (std::size_t i = 0; i < copies; ++i) block += reply.body;
  return block;
}

}  // namespace

std::optional<Received> Connection::read() {
  std::size_t end = 0;
  while ((end = buffer_.find(end_of_head)) == std::string::npos) {
    if (buffer_.size() > largest_head || !read_more()) return std::nullopt;
    // A TLS handshake (RFC 8446, 5.1): servers answer it on a plain port in plain words.
    if (buffer_.front() == '\x16') {
      send("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
      return std::nullopt;
    }
  }
  auto received = parse(std::string_view(buffer_).substr(0, end));
  buffer_.erase(0, end + end_of_head.size());
  if (!received) return received;
  const std::size_t length = length_of_body(*received);
  while (buffer_.size() < length)
    if (!read_more()) return std::nullopt;
  received->body = buffer_.substr(0, length);
  buffer_.erase(0, length);
  return received;
}

bool Connection::read_more() {
  std::array<char, 8192> bytes{};
  const auto count = ::recv(socket_, bytes.data(), bytes.size(), 0);
  if (count <= 0) return false;
  buffer_.append(bytes.data(), static_cast<std::size_t>(count));
  return true;
}

bool Connection::write(const Received& request, const Reply& reply) {
  if (reply.close_at_once) return false;
  if (reply.silent) {
    wait_until_it_leaves();
    return false;
  }
  if (!reply.raw.empty()) {
    send(reply.raw);
    return false;
  }
  if (!stays(reply.delay) || !send(head_of(request, reply))) return false;
  if (has_body(request, reply) && !send_body(reply)) return false;
  return !reply.no_length && !reply.content_length && !asks_to_close(request.headers) &&
         !asks_to_close(reply.headers);
}

bool Connection::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

bool Connection::send_body(const Reply& reply) {
  const std::string block = block_of(reply);
  const std::size_t end = end_of_body(reply);
  for (std::size_t sent = 0; sent < end; sent += block.size())
    if (!send_piece(reply, std::string_view(block).substr(0, end - sent))) return false;
  if (reply.stall_after) {
    if (reply.stalled) reply.stalled();
    wait_until_it_leaves();
  }
  if (reply.stall_after || reply.cut_after) return false;
  return !reply.chunked || send("0\r\n\r\n");
}

bool Connection::send_piece(const Reply& reply, std::string_view piece) {
  const bool drips = reply.drip > reply.drip.zero();
  if (drips && piece.size() > 1) {
    for (std::size_t at = 0; at < piece.size(); ++at)
      if (!send_piece(reply, piece.substr(at, 1))) return false;
    return true;
  }
  if (drips && !stays(reply.drip)) return false;
  return reply.chunked ? send(fmt::format("{:x}\r\n{}\r\n", piece.size(), piece)) : send(piece);
}

/// Whether the client is still there after that time.
bool Connection::stays(std::chrono::milliseconds time) {
  if (time <= time.zero()) return true;
  pollfd watched{socket_, POLLRDHUP, 0};
  return ::poll(&watched, 1, static_cast<int>(time.count())) == 0;
}

void Connection::wait_until_it_leaves() {
  pollfd watched{socket_, POLLRDHUP, 0};
  ::poll(&watched, 1, -1);
}

}  // namespace agreementd::fakes
