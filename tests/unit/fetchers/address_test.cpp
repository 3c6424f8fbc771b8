#include "fetchers/address.h"

#include <vector>

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>

namespace agreementd::fetchers {
namespace {

void expect_all(Zone zone, const std::vector<std::string>& hosts) {
  for (const std::string& host : hosts) EXPECT_EQ(zone_of(host), zone) << host;
}

TEST(AddressZone, OfThisMachineIsLoopback) {
  expect_all(Zone::loopback, {"127.0.0.1", "127.255.255.255", "::1", "::ffff:127.0.0.1"});
}

TEST(AddressZone, OfPrivateAndReservedNetworksIsInternal) {
  expect_all(Zone::internal, {"0.0.0.0",     "10.0.0.0",        "10.255.255.255",
                              "100.64.0.0",  "100.127.255.255", "169.254.169.254",
                              "172.16.0.0",  "172.31.255.255",  "192.0.0.8",
                              "192.0.2.1",   "192.88.99.1",     "192.168.0.1",
                              "198.18.0.1",  "198.19.255.1",    "198.51.100.1",
                              "203.0.113.1", "224.0.0.1",       "239.1.1.1",
                              "240.0.0.1",   "255.255.255.255", "::",
                              "fc00::1",     "fdff::1",         "fe80::1",
                              "fec0::1",     "ff02::1",         "2001::1",
                              "2001:db8::1", "2002:a00:1::",    "3fff::1",
                              "100::1",      "64:ff9b:1::1",    "::10.0.0.1",
                              "5f00::1",     "4000::1"});
}

TEST(AddressZone, OfTheInternetIsAnyOther) {
  expect_all(Zone::internet,
             {"1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.1.1.1",
              "128.0.0.1", "169.253.1.1", "172.15.255.255", "172.32.0.0", "192.0.1.1",
              "192.167.1.1", "198.17.255.255", "198.20.0.0", "223.255.255.255", "2001:200::1",
              "2606:4700::1", "2a00:1450::1"});
}

TEST(AddressZone, IsThatOfTheIpv4AddressInAnIpv6One) {
  expect_all(Zone::internal, {"::ffff:10.0.0.1", "::ffff:169.254.169.254", "64:ff9b::192.168.1.1",
                              "64:ff9b::127.0.0.1"});
  expect_all(Zone::internet, {"::ffff:1.1.1.1", "64:ff9b::1.1.1.1"});
}

TEST(AddressZone, OfANameThereIsNone) {
  for (const char* host : {"", "example.org", "10.0.0", "10.0.0.1.", "[::1]", "localhost"})
    EXPECT_FALSE(zone_of(std::string(host))) << host;
}

TEST(AddressZone, OfWhatIsNoIpAddressIsInternal) {
  sockaddr_in6 address{};
  address.sin6_family = AF_UNIX;
  EXPECT_EQ(zone_of(reinterpret_cast<const sockaddr&>(address)), Zone::internal);
  address.sin6_family = AF_INET6;
  inet_pton(AF_INET6, "2606:4700::1", &address.sin6_addr);
  EXPECT_EQ(zone_of(reinterpret_cast<const sockaddr&>(address)), Zone::internet);
}

TEST(AddressNetwork, HoldsWhatBeginsLikeIt) {
  EXPECT_TRUE(is_in_network("10.1.2.3", "10.0.0.0/8"));
  EXPECT_TRUE(is_in_network("10.1.2.3", "10.1.2.3"));
  EXPECT_TRUE(is_in_network("10.1.2.3", "0.0.0.0/0"));
  EXPECT_TRUE(is_in_network("fd00::1", "fd00::/8"));
  EXPECT_FALSE(is_in_network("11.1.2.3", "10.0.0.0/8"));
  EXPECT_FALSE(is_in_network("fd00::1", "0.0.0.0/0"));
  for (const char* network :
       {"", "/", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/a", "a"})
    EXPECT_FALSE(is_in_network("10.0.0.0", network)) << network;
  EXPECT_FALSE(is_in_network("example.org", "example.org"));
}

}  // namespace
}  // namespace agreementd::fetchers
