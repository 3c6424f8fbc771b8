#include <chrono>
#include <future>
#include <list>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <dirent.h>
#include <gtest/gtest.h>

#include "tests/unit/web/client.h"
#include "web/server.h"

namespace agreementd::web {
namespace {

using namespace std::chrono_literals;

const Endpoint loopback{"127.0.0.1", 0};

std::vector<Route> one_page() {
  return {{"/healthz", [](const Request&) { return Answer{200, "text/plain", "alive\n"}; }}};
}

Limits impatient() {
  Limits limits;
  limits.request = 50ms;
  limits.farewell = 50ms;
  return limits;
}

/// A server that will not end by itself the connections a test holds.
Limits patient() {
  Limits limits;
  limits.request = 1h;
  limits.answer = 1h;
  limits.farewell = 1h;
  return limits;
}

std::chrono::steady_clock::duration time_to_end(std::unique_ptr<Server> server) {
  const auto begin = std::chrono::steady_clock::now();
  server.reset();
  return std::chrono::steady_clock::now() - begin;
}

TEST(ServerLimits, AClientThatStallsDoesNotHoldUpAnother) {
  const Server server(loopback, one_page(), patient());
  Client silent(server.port());
  Client slow(server.port());
  slow.send("GET /hea");
  Client unfinished(server.port());
  unfinished.send("GET /healthz HTTP/1.1\r\nHost: x\r\n");
  for (int i = 0; i < 20; ++i) EXPECT_EQ(ask(server.port(), "/healthz").status, 200);
  slow.send("lthz HTTP/1.1\r\n\r\n");
  EXPECT_EQ(slow.reply().status, 200);
}

TEST(ServerLimits, MoreClientsThatStallThanThreadsDelayOthersByTheirTimeAtMost) {
  const Server server(loopback, one_page(), impatient());
  std::list<Client> silent;
  for (int i = 0; i < 40; ++i) silent.emplace_back(server.port());
  EXPECT_EQ(ask(server.port(), "/healthz").status, 200);
}

TEST(ServerLimits, AClientThatSendsBitByBitIsClosedOnceItsTimeIsOver) {
  const Server server(loopback, one_page(), impatient());
  Client client(server.port());
  client.send("GET /healthz HTTP/1.1\r\n");
  const auto begin = std::chrono::steady_clock::now();
  // Ends when the server has closed; a server that gives time to each line never does.
  while (client.send("X: y\r\n") && std::chrono::steady_clock::now() - begin < 20s)
    std::this_thread::yield();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 20s);
}

TEST(ServerLimits, TheDestructorEndsAtOnceWhateverTheClientsDo) {
  auto server = std::make_unique<Server>(loopback, one_page(), patient());
  Client silent(server->port());
  Client slow(server->port());
  slow.send("GET /healthz HTTP/1.1\r\nHo");
  Client stays(server->port());
  stays.send("GET /healthz HTTP/1.1\r\n\r\n");
  EXPECT_EQ(stays.reply().status, 200);  // and the client does not close
  EXPECT_EQ(ask(server->port(), "/healthz").status, 200);
  EXPECT_LT(time_to_end(std::move(server)), 1s);
  EXPECT_EQ(silent.receive(), "");
}

TEST(ServerLimits, TheDestructorEndsAtOnceWhereAnAnswerIsNotRead) {
  const auto huge = std::vector<Route>{{"/", [](const Request&) {
                                          return Answer{200, "image/x", std::string(64 << 20, 'x')};
                                        }}};
  auto server = std::make_unique<Server>(loopback, huge, patient());
  Client client(server->port());
  client.send("GET / HTTP/1.1\r\n\r\n");
  const auto head = client.receive_some();
  EXPECT_TRUE(head.starts_with("HTTP/1.1 200")) << head.substr(0, 100);
  EXPECT_LT(time_to_end(std::move(server)), 1s);
}

TEST(ServerLimits, APageThatTakesLongDoesNotHoldUpAnother) {
  std::promise<void> asked;
  std::promise<void> go_on;
  auto routes = one_page();
  routes.push_back({"/slow", [&](const Request&) {
                      asked.set_value();
                      go_on.get_future().wait();
                      return Answer{200, "text/plain", "late\n"};
                    }});
  const Server server(loopback, routes);
  Client slow(server.port());
  slow.send("GET /slow HTTP/1.1\r\n\r\n");
  asked.get_future().wait();
  EXPECT_EQ(ask(server.port(), "/healthz").status, 200);
  go_on.set_value();
  EXPECT_EQ(slow.reply().body, "late\n");
}

TEST(ServerLimits, ARequestThatIsTooLargeIsRefused) {
  const Server server(loopback, one_page());
  EXPECT_EQ(ask(server.port(), "/" + std::string(9'000, 'a')).status, 414);
  // A line without an end in sight is not worth an answer.
  EXPECT_EQ(ask(server.port(), "/" + std::string(100'000, 'a')).status, 0);
  std::string many = "GET /healthz HTTP/1.1\r\n";
  for (int i = 0; i < 5'000; ++i) many += "X-" + std::to_string(i) + ": y\r\n";
  EXPECT_EQ(answer_to(server.port(), many + "\r\n").status, 400);
  const auto long_line = "GET /healthz HTTP/1.1\r\nX: " + std::string(200'000, 'y') + "\r\n\r\n";
  EXPECT_EQ(answer_to(server.port(), long_line).status / 100, 4);
  EXPECT_EQ(ask(server.port(), "/healthz").status, 200);
}

TEST(ServerLimits, ABodyIsNeverReadAndTheRefusalStillArrives) {
  const Server server(loopback, one_page());
  const std::string head = "POST /healthz HTTP/1.1\r\nContent-Length: 1000000\r\n";
  EXPECT_EQ(answer_to(server.port(), head + "\r\n" + std::string(1'000'000, 'x')).status, 405);
  EXPECT_EQ(answer_to(server.port(), head + "Expect: 100-continue\r\n\r\n").status, 417);
  EXPECT_EQ(
      answer_to(server.port(),
                "POST /healthz HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffff\r\n")
          .status,
      405);
}

TEST(ServerLimits, WhatIsNoRequestIsRefusedInOneLine) {
  const Server server(loopback, one_page());
  using namespace std::string_literals;
  for (const auto& bytes :
       {"\r\n\r\n"s, "nonsense\r\n\r\n"s, "GET\r\n\r\n"s, "GET /healthz\r\n\r\n"s,
        "BREW /healthz HTTP/1.1\r\n\r\n"s, "get /healthz HTTP/1.1\r\n\r\n"s,
        "GET /healthz HTTP/9.9\r\n\r\n"s, "GET /healthz HTTP/1.1 x\r\n\r\n"s,
        "\x16\x03\x01\x02\x00\x01\r\n\r\n"s}) {
    const auto reply = answer_to(server.port(), bytes);
    EXPECT_EQ(reply.status, 400) << bytes;
    EXPECT_EQ(reply.body, "this request is not understood\n") << bytes;
  }
  EXPECT_EQ(ask(server.port(), "/healthz").status, 200);
}

TEST(ServerLimits, OneConnectionIsForOneRequest) {
  const Server server(loopback, one_page());
  const std::string request = "GET /healthz HTTP/1.1\r\nConnection: keep-alive\r\n\r\n";
  Client client(server.port());
  client.send(request + request);
  const auto text = client.receive();
  EXPECT_EQ(text.find("HTTP/1.1 200"), text.rfind("HTTP/1.1"));
}

TEST(ServerLimits, APageIsSentWholeWhateverPartIsAskedFor) {
  const Server server(loopback, one_page());
  std::string many = "bytes=0-1";
  while (many.size() < 7'000) many += ",0-1";
  for (const auto& range : {std::string("bytes=0-1"), std::string("bytes=-1"), many}) {
    const auto reply =
        answer_to(server.port(), "GET /healthz HTTP/1.1\r\nRange: " + range + "\r\n\r\n");
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.body, "alive\n");
  }
}

std::size_t open_descriptors() {
  std::size_t count = 0;
  auto* const folder = opendir("/proc/self/fd");
  while (readdir(folder) != nullptr) ++count;
  closedir(folder);
  return count;
}

TEST(ServerLimits, NoDescriptorIsLeftOpen) {
  const auto before = open_descriptors();
  {
    const Server server(loopback, one_page());
    for (int i = 0; i < 20; ++i) ask(server.port(), "/healthz");
    const Client silent(server.port());
  }
  EXPECT_EQ(open_descriptors(), before);
}

}  // namespace
}  // namespace agreementd::web
