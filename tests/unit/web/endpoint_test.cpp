#include "web/endpoint.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace agreementd::web {
namespace {

using namespace std::string_view_literals;

Endpoint parsed(std::string_view text) {
  const auto endpoint = parse_endpoint(text);
  EXPECT_TRUE(endpoint.ok()) << text << ": " << (endpoint.ok() ? "" : endpoint.error());
  return endpoint.ok() ? *endpoint : Endpoint{};
}

TEST(ParseEndpoint, AnAddressAndAPort) {
  EXPECT_EQ(parsed("127.0.0.1:9287"), (Endpoint{"127.0.0.1", 9287}));
  EXPECT_EQ(parsed("[::1]:9287"), (Endpoint{"::1", 9287}));
  EXPECT_EQ(parsed("0.0.0.0:65535"), (Endpoint{"0.0.0.0", 65'535}));
}

TEST(ParseEndpoint, LocalhostIsTheLoopbackAddress) {
  EXPECT_EQ(parsed("localhost:80"), (Endpoint{"127.0.0.1", 80}));
}

TEST(ParseEndpoint, PortZeroIsAnyThatIsFree) {
  EXPECT_EQ(parsed("127.0.0.1:0"), (Endpoint{"127.0.0.1", 0}));
}

TEST(ParseEndpoint, WhatIsWrittenIsWhatWasParsed) {
  for (const auto* text : {"127.0.0.1:9287", "[::1]:9287", "[fe80::1]:0"})
    EXPECT_EQ(to_string(parsed(text)), text);
}

TEST(ParseEndpoint, EverythingElseIsRefusedInOneLineThatShowsWhatIsRight) {
  for (const auto text : {""sv,
                          ":"sv,
                          ":9287"sv,
                          "9287"sv,
                          "127.0.0.1"sv,
                          "127.0.0.1:"sv,
                          "127.0.0.1:65536"sv,
                          "127.0.0.1:-1"sv,
                          "127.0.0.1:+1"sv,
                          "127.0.0.1: 80"sv,
                          "127.0.0.1:80 "sv,
                          " 127.0.0.1:80"sv,
                          "127.0.0.1:80x"sv,
                          "127.0.0.1:99999999999999999999"sv,
                          "127.1:80"sv,
                          "256.0.0.1:80"sv,
                          "::1"sv,
                          "::1:9287"sv,
                          "[::1]"sv,
                          "[::1]9287"sv,
                          "[::1:9287"sv,
                          "::1]:9287"sv,
                          "[]:9287"sv,
                          "[127.0.0.1]:80"sv,
                          "[localhost]:80"sv,
                          "[::1%lo]:80"sv,
                          "example.org:80"sv,
                          "http://127.0.0.1:80"sv,
                          "127.0.0.1\0:80"sv,
                          "localhost"sv,
                          "*:80"sv}) {
    const auto endpoint = parse_endpoint(text);
    ASSERT_FALSE(endpoint.ok()) << text;
    EXPECT_NE(endpoint.error().find("as in 127.0.0.1:9287 or [::1]:9287"), std::string::npos);
    EXPECT_EQ(endpoint.error().find('\n'), std::string::npos);
  }
}

TEST(ParseEndpoint, TheErrorSaysWhatIsMissing) {
  EXPECT_EQ(parse_endpoint("127.0.0.1").error(),
            "\"127.0.0.1\" has no port: write an address and a port, as in 127.0.0.1:9287 or "
            "[::1]:9287");
  EXPECT_NE(parse_endpoint("::1:9287").error().find("brackets"), std::string::npos);
  EXPECT_NE(parse_endpoint("127.0.0.1:70000").error().find("65535"), std::string::npos);
  EXPECT_NE(parse_endpoint("example.org:80").error().find("neither localhost nor an address"),
            std::string::npos);
}

}  // namespace
}  // namespace agreementd::web
