#include "fetchers/url.h"

#include <gtest/gtest.h>

#include "fetchers/fetcher.h"

namespace agreementd::fetchers {
namespace {

constexpr const char* page = "https://www.ice.gov/identify-and-arrest/287g?tab=1#top";

std::string resolved(const std::string& reference, const std::string& base = page) {
  return resolve(base, reference).value_or("none");
}

TEST(ResolveUrl, RelativeReferencesAreReadAsRfc3986Says) {
  const std::string base = "http://a/b/c/d;p?q";  // its 5.4.1 and 5.4.2
  const std::vector<std::pair<std::string, std::string>> examples{
      {"g", "http://a/b/c/g"},
      {"./g", "http://a/b/c/g"},
      {"g/", "http://a/b/c/g/"},
      {"/g", "http://a/g"},
      {"//g", "http://g/"},
      {"?y", "http://a/b/c/d;p?y"},
      {"g?y", "http://a/b/c/g?y"},
      {"#s", "http://a/b/c/d;p?q"},
      {"g#s", "http://a/b/c/g"},
      {"g?y#s", "http://a/b/c/g?y"},
      {";x", "http://a/b/c/;x"},
      {"g;x", "http://a/b/c/g;x"},
      {"g;x?y#s", "http://a/b/c/g;x?y"},
      {"", "http://a/b/c/d;p?q"},
      {".", "http://a/b/c/"},
      {"./", "http://a/b/c/"},
      {"..", "http://a/b/"},
      {"../", "http://a/b/"},
      {"../g", "http://a/b/g"},
      {"../..", "http://a/"},
      {"../../", "http://a/"},
      {"../../g", "http://a/g"},
      {"../../../g", "http://a/g"},
      {"/./g", "http://a/g"},
      {"/../g", "http://a/g"},
      {"g.", "http://a/b/c/g."},
      {"..g", "http://a/b/c/..g"},
      {"./g/.", "http://a/b/c/g/"},
      {"g/../h", "http://a/b/c/h"},
      {"g?y/../x", "http://a/b/c/g?y/../x"}};
  for (const auto& [reference, meant] : examples)
    EXPECT_EQ(resolved(reference, base), meant) << reference;
}

TEST(ResolveUrl, WhiteSpaceAroundIsDroppedAndSpacesWithinAreEncoded) {
  EXPECT_EQ(resolved(" \n/doclib/a.xlsx\t"), "https://www.ice.gov/doclib/a.xlsx");
  EXPECT_EQ(resolved("/doclib/participating agencies 07.xlsx"),
            "https://www.ice.gov/doclib/participating%20agencies%2007.xlsx");
  EXPECT_EQ(resolved("https://www.ice.gov/pending agencies.xlsx"),
            "https://www.ice.gov/pending%20agencies.xlsx");
  EXPECT_EQ(resolved("/doclib/M\xC3\xBCller.xlsx"), "https://www.ice.gov/doclib/M%C3%BCller.xlsx");
}

TEST(ResolveUrl, TriplesAreInCapitalsAndOtherPercentSignsStay) {
  EXPECT_EQ(resolved("/a%2fb%c3%bc?c%3d"), "https://www.ice.gov/a%2Fb%C3%BC?c%3D");
  EXPECT_EQ(resolved("/100%az%a"), "https://www.ice.gov/100%az%a");
}

TEST(ResolveUrl, SchemeAndHostAreInLowerCaseWithoutTheDefaultPort) {
  EXPECT_EQ(resolved("HTTPS://WWW.ICE.GOV:443/Doclib/A.XLSX"), "https://www.ice.gov/Doclib/A.XLSX");
  EXPECT_EQ(resolved("http://127.0.0.1:8080/a"), "http://127.0.0.1:8080/a");
}

TEST(ResolveUrl, WhatIsNoWebAddressIsNone) {
  for (const char* reference :
       {"mailto:staff@example.org", "javascript:void(0)", "ftp://example.org/a.xlsx",
        "file:///etc/passwd", "https://", "https:///", "http://[::1", "https://a b/c",
        "https://example.org:notaport/", "data:text/html,x"})
    EXPECT_EQ(resolved(reference), "none") << reference;
  EXPECT_EQ(resolved("/a", "no base"), "none");
}

TEST(ResolveUrl, UserNamesAndPasswordsAreRefused) {
  EXPECT_EQ(resolved("https://user:secret@www.ice.gov/a.xlsx"), "none");
  EXPECT_EQ(resolved("https://user@www.ice.gov/a.xlsx"), "none");
  EXPECT_EQ(resolved("https://:secret@www.ice.gov/a.xlsx"), "none");
  EXPECT_EQ(resolved("/a.xlsx", "https://user:secret@www.ice.gov/"), "none");
}

TEST(ParseUrl, KeepsNoUserNameOrPassword) {
  const auto url = parse_url("https://user:secret@www.ice.gov/a?b");
  ASSERT_TRUE(url);
  EXPECT_TRUE(url->with_login);
  EXPECT_EQ(url->text, "");
  EXPECT_EQ(url->origin, "https://www.ice.gov:443");
  EXPECT_EQ(url->target, "/a?b");
}

TEST(HostOfUrl, IsInLowerCaseAndWithoutPort) {
  EXPECT_EQ(host_of("https://WWW.Ice.Gov:8443/a?b"), "www.ice.gov");
  EXPECT_EQ(host_of("http://[::1]:80/"), "::1");
  EXPECT_EQ(host_of("https://user:secret@www.ice.gov/"), "www.ice.gov");
  EXPECT_EQ(host_of("/a/path"), "");
  EXPECT_EQ(host_of(""), "");
}

TEST(IsLoopback, OnlyThisMachineHoweverItIsWritten) {
  for (const char* url :
       {"http://127.0.0.1/", "http://127.8.9.1:1/", "http://localhost/", "http://LOCALHOST:8080/a",
        "http://[::1]/", "http://2130706433/", "http://0x7f.1/"})
    EXPECT_TRUE(is_loopback(url)) << url;
  for (const char* url :
       {"http://127.0.0.1.example.org/", "http://example.org/", "http://localhost.example.org/",
        "http://128.0.0.1/", "http://[::2]/", "http://example.org/127.0.0.1",
        "http://127.0.0.1@example.org/", "127.0.0.1", ""})
    EXPECT_FALSE(is_loopback(url)) << url;
}

std::string redirect_fault(const std::string& from, const std::string& to) {
  return fault_of_redirect(*parse_url("https://www.ice.gov/a"), *parse_url(from), *parse_url(to),
                           {"cdn.ice.gov", "127.0.0.1"})
      .value_or("none");
}

TEST(RedirectFault, OnlyTheRequestsHostAndAllowedOnesOverHttps) {
  const std::string page_url = "https://www.ice.gov/a";
  EXPECT_EQ(redirect_fault(page_url, "https://www.ice.gov:443/b"), "none");
  EXPECT_EQ(redirect_fault(page_url, "https://CDN.ice.gov/b"), "none");
  EXPECT_EQ(redirect_fault("https://cdn.ice.gov/", "https://www.ice.gov/b"), "none");
  EXPECT_EQ(redirect_fault(page_url, "https://x.cdn.ice.gov/b"),
            "redirected to x.cdn.ice.gov, which is no allowed host");
  EXPECT_EQ(redirect_fault(page_url, "http://www.ice.gov/b"),
            "redirected, but the address at www.ice.gov begins with http: only https is asked for");
  EXPECT_EQ(redirect_fault(page_url, "http://127.0.0.1/b"),
            "redirected from https to http at 127.0.0.1");
  EXPECT_EQ(redirect_fault(page_url, "https://user:secret@www.ice.gov/b"),
            "redirected, but the address holds a user name or password: write it without");
}

TEST(RedirectFault, OnlyTheUsualPortOrThatOfTheRequest) {
  EXPECT_EQ(redirect_fault("https://www.ice.gov/a", "https://www.ice.gov:25/b"),
            "redirected to port 25 of www.ice.gov: only the usual port is asked");
  EXPECT_EQ(redirect_fault("https://www.ice.gov:25/a", "https://cdn.ice.gov:25/b"),
            "redirected to port 25 of cdn.ice.gov: only the usual port is asked")
      << "the request was for the usual one";
  EXPECT_EQ(redirect_fault("https://www.ice.gov/a", "https://127.0.0.1:8443/b"), "none");
}

TEST(MayLeadTo, HostsOfThePageAndAllowedOnesAtTheUsualPortOrThePages) {
  const auto leads = [](const std::string& from, const std::string& to) {
    return may_lead_to(from, to, {"cdn.ice.gov", "localhost"});
  };
  EXPECT_TRUE(leads("https://www.ice.gov/a", "https://www.ice.gov/b.xlsx"));
  EXPECT_TRUE(leads("https://www.ice.gov/a", "https://cdn.ice.gov:0443/b.xlsx"));
  EXPECT_TRUE(leads("https://www.ice.gov:8443/a", "https://www.ice.gov:8443/b.xlsx"));
  EXPECT_TRUE(leads("https://www.ice.gov:8443/a", "https://cdn.ice.gov/b.xlsx"));
  EXPECT_TRUE(leads("http://127.0.0.1:8080/a", "http://127.0.0.1:9090/b.xlsx"));
  EXPECT_TRUE(leads("http://127.0.0.1:8080/a", "http://localhost:9090/b.xlsx"));
  for (const char* url : {"https://www.ice.gov:25/b", "https://cdn.ice.gov:8443/b",
                          "https://www.ice.gov:80/b", "https://elsewhere.example/b",
                          "http://www.ice.gov/b", "http://localhost/b", "ftp://www.ice.gov/b",
                          "https://user:secret@www.ice.gov/b", "https://127.0.0.1/b", "/b", ""})
    EXPECT_FALSE(leads("https://www.ice.gov/a", url)) << url;
  EXPECT_FALSE(leads("no page", "https://www.ice.gov/b"));
}

}  // namespace
}  // namespace agreementd::fetchers
