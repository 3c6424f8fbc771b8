#include "tests/integration/fetch_network.h"
#include "tests/integration/post_test.h"

namespace agreementd::fetchers {
namespace {

/// Where may be posted to.
class PostAddress : public PostTest {
 protected:
  PostAddress() { posting.connect_timeout = std::chrono::milliseconds(500); }

  /// Whether it is refused without a connect to its port.
  void expect_refused(const std::string& url) {
    const int before = connects_;
    const Posted posted = post_url(url);
    EXPECT_EQ(name(posted), "failed") << url << ": " << posted.detail;
    EXPECT_FALSE(posted.status);
    EXPECT_NE(posted.detail.find("not the Internet's"), std::string::npos) << posted.detail;
    EXPECT_EQ(connects_, before) << url;
  }
  /// Whether that is tried, in vain: there is no network.
  void expect_tried(const std::string& url) {
    const int before = connects_;
    const Posted posted = post_url(url);
    EXPECT_EQ(name(posted), "failed") << url << ": " << posted.detail;
    EXPECT_GT(connects_, before) << url;
  }

 private:
  int connects_ = 0;
  ConnectWatch https_{443, [this] { ++connects_; }};
};

const std::vector<std::string> internal{"10.0.0.1",        "172.16.0.1",     "192.168.1.1",
                                        "169.254.169.254", "100.64.1.1",     "224.0.0.1",
                                        "0.0.0.0",         "255.255.255.255"};

TEST_F(PostAddress, OfAPrivateNetworkIsRefusedWithoutAPacket) {
  for (const std::string& address : internal) expect_refused("https://" + address + "/hook");
  for (const char* host : {"[fd00::1]", "[fe80::1]", "[::]", "[ff02::1]", "[::ffff:10.0.0.1]",
                           "[64:ff9b::10.0.0.1]", "[::ffff:127.0.0.1]", "10.1", "0x0a000001"})
    expect_refused("https://" + std::string(host) + "/hook");
}

TEST_F(PostAddress, ThatANameLeadsToCountsNotTheName) {
  for (const std::string& address : internal) {
    const FakeName hook("hook.example.org", [&] { return address; });
    expect_refused("https://hook.example.org/hook");
  }
}

TEST_F(PostAddress, IsLookedAtAtEachConnectSoThatANameMayNotChangeItsMind) {
  int lookups = 0;
  const FakeName hook("hook.example.org", [&] {
    ++lookups;
    return lookups == 1 ? std::string("93.184.215.14") : std::string("10.0.0.1");
  });
  expect_tried("https://hook.example.org/hook");
  Poster another(posting, clock);
  const Posted posted = another.post({"https://hook.example.org/hook", "text/plain", "a"});
  EXPECT_EQ(name(posted), "failed") << posted.detail;
  EXPECT_EQ(posted.detail,
            "https://hook.example.org leads to an address that is not the Internet's: it is posted "
            "to only where private addresses are allowed");
}

TEST_F(PostAddress, OfThisMachineIsPostedToOnlyUnderItsOwnName) {
  const FakeName hook("hook.example.org", [] { return true; });
  expect_refused("https://hook.example.org/hook");
  expect_refused("https://hook.localhost/hook");
  site.serve("/hook", fakes::Reply{});
  const std::string port = std::to_string(site.port());
  EXPECT_EQ(name(post_url("http://localhost:" + port + "/hook")), "delivered");
  EXPECT_EQ(name(post_url("http://127.0.0.1:" + port + "/hook")), "delivered");
}

TEST_F(PostAddress, OfAPrivateNetworkIsPostedToWhereTheOperatorSaysSo) {
  posting.private_addresses = true;
  const FakeName hook("hook.example.org", [] { return std::string("10.0.0.1"); });
  expect_tried("https://hook.example.org/hook");
  expect_tried("https://192.168.1.1/hook");
}

TEST_F(PostAddress, OfTheInternetIsPostedTo) {
  const FakeName hook("hook.example.org", [] { return std::string("93.184.215.14"); });
  expect_tried("https://hook.example.org/hook");
}

TEST_F(PostAddress, WithAPasswordIsRefusedAndItIsNotRepeated) {
  for (const char* url : {"https://user:secret@example.org/", "https://secret@example.org/",
                          "http://user:secret@127.0.0.1/"}) {
    const Posted posted = post_url(url);
    EXPECT_EQ(name(posted), "failed");
    EXPECT_EQ(posted.detail, "the address holds a user name or password: write it without");
  }
}

TEST_F(PostAddress, WithoutTlsIsRefusedButOnLoopback) {
  const Posted posted = post_url("http://example.org/hook");
  EXPECT_EQ(name(posted), "failed");
  EXPECT_EQ(posted.detail, "the address at example.org begins with http: only https is asked for");
  posting.private_addresses = true;
  EXPECT_EQ(name(Poster(posting, clock).post({"http://10.0.0.1/hook", "text/plain", "a"})),
            "failed");
}

TEST_F(PostAddress, IsRefusedWithoutPostingWhereItShowsThat) {
  EXPECT_EQ(fault_of_hook("https://hooks.example.org/services/a", false), std::nullopt);
  EXPECT_EQ(fault_of_hook("https://10.0.0.1/hook", true), std::nullopt);
  EXPECT_EQ(fault_of_hook("http://127.0.0.1:80/hook", false), std::nullopt);
  for (const char* url : {"", "hook", "https://10.0.0.1/", "http://example.org/", "file:///etc"})
    EXPECT_TRUE(fault_of_hook(url, false)) << url;
}

using PostProxy = PostAddress;

TEST_F(PostProxy, OfTheUsualVariablesIsUsedWhateverItsAddress) {
  setenv("https_proxy", site.url("").c_str(), 1);
  site.serve("hook.example.org:443", {.status = 403, .body = "no"});
  const Posted posted = post_url("https://hook.example.org/secret");
  EXPECT_EQ(name(posted), "failed");
  EXPECT_FALSE(posted.status);
  EXPECT_NE(posted.detail.find("403"), std::string::npos) << posted.detail;
  EXPECT_EQ(site.hits("hook.example.org:443"), 1);
}

TEST_F(PostProxy, IsNotUsedToReachAPrivateAddressOrThisMachine) {
  for (const char* variable : {"https_proxy", "http_proxy", "all_proxy"})
    setenv(variable, site.url("").c_str(), 1);
  expect_refused("https://10.0.0.1/hook");
  fakes::Site other;
  other.serve("/hook", fakes::Reply{});
  EXPECT_EQ(name(post_url(other.url("/hook"))), "delivered");
  EXPECT_EQ(site.connections(), 0);
}

TEST_F(PostProxy, WhereAnExceptionLeadsPastItTheAddressIsChecked) {
  setenv("https_proxy", site.url("").c_str(), 1);
  const FakeName hook("hook.example.org", [] { return std::string("10.0.0.1"); });
  for (const char* exceptions :
       {"hook.example.org", "a.org, .Example.ORG", "example.org", "*", "a.org hook.example.org."}) {
    setenv("no_proxy", exceptions, 1);
    expect_refused("https://hook.example.org/hook");
  }
  setenv("no_proxy", "93.184.0.0/16", 1);
  expect_tried("https://93.184.215.14/hook");
  EXPECT_EQ(site.connections(), 0);
}

}  // namespace
}  // namespace agreementd::fetchers
