#include "tests/unit/web/client.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <sstream>
#include <system_error>

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

namespace agreementd::web {
namespace {

[[noreturn]] void fail(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

void connect_four(int socket, std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) fail("connect");
}

void connect_six(int socket, std::uint16_t port) {
  sockaddr_in6 address{};
  address.sin6_family = AF_INET6;
  address.sin6_port = htons(port);
  address.sin6_addr = in6addr_loopback;
  if (connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) fail("connect");
}

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

Reply parse(const std::string& text) {
  Reply reply;
  const auto end = text.find("\r\n\r\n");
  if (end == std::string::npos) return reply;
  reply.body = text.substr(end + 4);
  std::istringstream lines(text.substr(0, end + 2));
  std::string version;
  lines >> version >> reply.status;
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line)) {
    const auto colon = line.find(": ");
    if (!line.ends_with('\r') || colon == std::string::npos) return {};
    reply.headers[lower(line.substr(0, colon))] = line.substr(colon + 2, line.size() - colon - 3);
  }
  return reply;
}

}  // namespace

std::string Reply::header(const std::string& name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? "" : found->second;
}

Client::Client(std::uint16_t port, bool six)
    : socket_(socket(six ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  if (socket_ < 0) fail("socket");
  const timeval patience{20, 0};
  setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  if (six)
    connect_six(socket_, port);
  else
    connect_four(socket_, port);
}

Client::~Client() { close(socket_); }

bool Client::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

std::string Client::receive_some() {
  std::array<char, 4096> buffer{};
  const auto count = recv(socket_, buffer.data(), buffer.size(), 0);
  if (count < 0 && errno != ECONNRESET) ADD_FAILURE() << "the server does not close";
  return {buffer.data(), count > 0 ? static_cast<std::size_t>(count) : 0};
}

std::string Client::receive() {
  std::string text;
  for (auto part = receive_some(); !part.empty(); part = receive_some()) text += part;
  return text;
}

Reply Client::reply() { return parse(receive()); }

Reply answer_to(std::uint16_t port, std::string_view bytes) {
  Client client(port);
  client.send(bytes);
  return client.reply();
}

Reply ask(std::uint16_t port, std::string_view target, std::string_view method) {
  return answer_to(port, std::string(method) + " " + std::string(target) +
                             " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
}

}  // namespace agreementd::web
