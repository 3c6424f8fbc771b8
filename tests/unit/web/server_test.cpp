#include "web/server.h"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "model/result.h"
#include "tests/unit/web/client.h"
#include "tests/unit/web/exposition.h"
#include "web/metrics.h"

namespace agreementd::web {
namespace {

const Endpoint loopback{"127.0.0.1", 0};

Pages pages() {
  return {[] {
            return Health{true, "alive"};
          },
          [] {
            return Health{false, "the database is away"};
          },
          [] { return std::string("# HELP a b\n# TYPE a gauge\na 1\n"); }};
}

/// A server whose liveness is made by `live`.
Server serving(std::function<Health()> live) {
  auto all = pages();
  all.live = std::move(live);
  return {loopback, std::move(all)};
}

TEST(Server, HealthIs200WhereAllIsWell) {
  const Server server(loopback, pages());
  const auto reply = ask(server.port(), "/healthz");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, "alive\n");
  EXPECT_EQ(reply.header("content-type"), "text/plain; charset=utf-8");
  EXPECT_EQ(reply.header("cache-control"), "no-store");
  EXPECT_EQ(reply.header("connection"), "close");
  EXPECT_EQ(reply.header("server"), "");
}

TEST(Server, HealthIs503WhereItIsNotAndSaysWhatIsNot) {
  const Server server(loopback, pages());
  const auto reply = ask(server.port(), "/readyz");
  EXPECT_EQ(reply.status, 503);
  EXPECT_EQ(reply.body, "the database is away\n");
  EXPECT_EQ(reply.header("content-type"), "text/plain; charset=utf-8");
  EXPECT_EQ(reply.header("cache-control"), "no-store");
}

TEST(Server, MetricsComeInTheTypeOfTheFormat) {
  const Server server(loopback, pages());
  const auto reply = ask(server.port(), "/metrics");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.header("content-type"), "text/plain; version=0.0.4; charset=utf-8");
  EXPECT_EQ(read_exposition(reply.body).value("a"), 1);
}

TEST(Server, WhatIsServedIsTheMetricsText) {
  const Metrics metrics("1.2.3", 13);
  auto all = pages();
  all.metrics = [&] { return metrics.text(); };
  const Server server(loopback, all);
  EXPECT_EQ(ask(server.port(), "/metrics").body, metrics.text());
}

TEST(Server, AQueryIsNoPartOfThePath) {
  const Server server(loopback, pages());
  EXPECT_EQ(ask(server.port(), "/healthz?verbose=1").status, 200);
}

TEST(Server, HeadIsGetWithoutTheBody) {
  const Server server(loopback, pages());
  for (const auto* path : {"/healthz", "/readyz", "/metrics", "/none"}) {
    const auto get = ask(server.port(), path);
    const auto head = ask(server.port(), path, "HEAD");
    EXPECT_EQ(head.status, get.status) << path;
    EXPECT_EQ(head.headers, get.headers) << path;
    EXPECT_EQ(head.header("content-length"), std::to_string(get.body.size())) << path;
    EXPECT_EQ(head.body, "") << path;
  }
}

TEST(Server, AnAnswerWithAStateMayBeKeptAndAskedAbout) {
  const Validators state{"\"abc\"", parse_instant("2025-03-18T21:00:00Z")};
  const Server server(loopback,
                      std::vector<Route>{{"/page", [&](const Request& request) {
                                            if (request.has(state))
                                              return Answer{304, "", "", state};
                                            return Answer{200, "text/plain", request.host, state};
                                          }}});
  const auto full = ask(server.port(), "/page");
  EXPECT_EQ(full.status, 200);
  EXPECT_EQ(full.body, "127.0.0.1");
  EXPECT_EQ(full.header("etag"), "\"abc\"");
  EXPECT_EQ(full.header("last-modified"), "Tue, 18 Mar 2025 21:00:00 GMT");
  EXPECT_EQ(full.header("cache-control"), "no-cache");
  const auto same =
      answer_to(server.port(), "GET /page HTTP/1.1\r\nHost: a\r\nIf-None-Match: \"abc\"\r\n\r\n");
  EXPECT_EQ(same.status, 304);
  EXPECT_EQ(same.body, "");
  EXPECT_EQ(same.header("etag"), "\"abc\"");
  EXPECT_EQ(same.headers.count("content-length"), 0U);
  EXPECT_EQ(same.headers.count("content-type"), 0U);
}

TEST(Server, OtherMethodsAre405AndToldWhichAreAllowed) {
  const Server server(loopback, pages());
  for (const auto* method : {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT"})
    for (const auto* path : {"/healthz", "/none"}) {
      const auto reply = ask(server.port(), path, method);
      EXPECT_EQ(reply.status, 405) << method;
      EXPECT_EQ(reply.header("allow"), "GET, HEAD") << method;
      EXPECT_EQ(reply.body, "only GET and HEAD are answered here\n") << method;
    }
}

TEST(Server, AnythingElseIs404InOneLineThatRepeatsNothing) {
  const Server server(loopback, pages());
  for (const auto* path : {"/", "/none", "/healthz/", "//healthz", "/HEALTHZ",
                           "/healthz/../metrics", "/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd",
                           "/healthz%00", "/healthz%0d%0aX-Evil:%201", "/<script>", "/metrics;x",
                           "/%zz", "/\xff", "http://127.0.0.1/healthz", "*", "healthz"}) {
    const auto reply = ask(server.port(), path);
    EXPECT_EQ(reply.status, 404) << path;
    EXPECT_EQ(reply.body, "there is no such page\n") << path;
    EXPECT_EQ(reply.header("x-evil"), "") << path;
  }
}

TEST(Server, AnExceptionIsA500ThatTellsNothingOfIt) {
  for (const auto& live : std::vector<std::function<Health()>>{
           []() -> Health { throw std::runtime_error("password=secret"); },
           []() -> Health { throw 42; }, std::function<Health()>{}}) {
    const Server server = serving(live);
    const auto reply = ask(server.port(), "/healthz");
    EXPECT_EQ(reply.status, 500);
    EXPECT_EQ(reply.body, "this page could not be made\n");
    for (const auto& [name, value] : reply.headers)
      EXPECT_EQ(value.find("secret"), std::string::npos) << name;
    EXPECT_EQ(ask(server.port(), "/metrics").status, 200);
  }
}

TEST(Server, AnyRouteCanBeServedAndIsToldTheQuery) {
  const Server server(loopback,
                      std::vector<Route>{{"/feed", [](const Request& request) {
                                            Answer answer;
                                            answer.type = "application/atom+xml";
                                            answer.body = request.path;
                                            for (const auto& [name, value] : request.query)
                                              answer.body += " " + name + "=" + value;
                                            return answer;
                                          }}});
  const auto reply = ask(server.port(), "/feed?state=T%58&list=pending");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.header("content-type"), "application/atom+xml");
  EXPECT_EQ(reply.body, "/feed list=pending state=TX");
  EXPECT_EQ(ask(server.port(), "/healthz").status, 404);
}

TEST(Server, APortThatIsTakenIsAFailureThatSaysWhatToDo) {
  const Server first(loopback, pages());
  try {
    const Server second({"127.0.0.1", first.port()}, pages());
    FAIL() << "both listen";
  } catch (const Failure& failure) {
    EXPECT_EQ(std::string(failure.what()),
              "cannot listen on 127.0.0.1:" + std::to_string(first.port()) +
                  ": a program, maybe this one, listens there already; end it, or set http.listen "
                  "to another port");
  }
  EXPECT_EQ(ask(first.port(), "/healthz").status, 200);
}

TEST(Server, AnAddressThatIsNotOursIsAFailureThatSaysWhatToDo) {
  for (const auto* address : {"192.0.2.1", "2001:db8::1"}) {  // of documentation: nobody's
    try {
      const Server server({address, 0}, pages());
      FAIL() << address << " is ours";
    } catch (const Failure& failure) {
      const std::string text = failure.what();
      EXPECT_NE(text.find("this machine has no such address; set http.listen to one of its own"),
                std::string::npos)
          << text;
      EXPECT_EQ(text.find('\n'), std::string::npos);
    }
  }
}

TEST(Server, ANameIsNoAddress) { EXPECT_THROW(Server({"example.org", 0}, pages()), Failure); }

TEST(Server, ThePortIsFreeAgainAtOnce) {
  std::uint16_t port = 0;
  {
    const Server server(loopback, pages());
    port = server.port();
    EXPECT_EQ(ask(port, "/healthz").status, 200);
  }
  const Server again({"127.0.0.1", port}, pages());
  EXPECT_EQ(again.port(), port);
  EXPECT_EQ(ask(port, "/healthz").status, 200);
}

TEST(Server, ListensOnIPv6) {
  try {
    const Server server({"::1", 0}, pages());
    Client client(server.port(), true);
    client.send("GET /healthz HTTP/1.1\r\nHost: [::1]\r\n\r\n");
    EXPECT_EQ(client.reply().status, 200);
  } catch (const Failure&) {
    GTEST_SKIP() << "this machine has no ::1";
  }
}

TEST(Server, ManyAtATimeAreAllAnswered) {
  Metrics metrics("1", 1);
  auto all = pages();
  all.metrics = [&] {
    metrics.count_database_error();
    return metrics.text();
  };
  const Server server(loopback, all);
  constexpr int clients = 16;
  constexpr int requests = 25;
  std::vector<int> answered(clients);
  {
    std::vector<std::jthread> threads;
    for (auto& count : answered)
      threads.emplace_back([&] {
        for (int i = 0; i < requests; ++i)
          if (ask(server.port(), "/metrics").status == 200) ++count;
      });
  }
  EXPECT_TRUE(std::ranges::all_of(answered, [](int count) { return count == requests; }));
  EXPECT_EQ(read_exposition(metrics.text()).value("agreementd_database_errors_total"),
            clients * requests);
}

}  // namespace
}  // namespace agreementd::web
