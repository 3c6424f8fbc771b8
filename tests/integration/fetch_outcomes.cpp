#include "tests/integration/fetch_test.h"

namespace agreementd::fetchers {
namespace {

using FetchOutcome = FetchTest;

TEST_F(FetchOutcome, A200WithBytesIsOk) {
  const Answer answer = answer_to({.body = "<html></html>"});
  EXPECT_EQ(name(answer), "ok");
  EXPECT_EQ(answer.http_status, 200);
  EXPECT_EQ(answer.bytes, "<html></html>");
  EXPECT_EQ(answer.detail, "");
  EXPECT_EQ(answer.url, site.url("/page"));
}

TEST_F(FetchOutcome, A200WithoutBytesOrWithWhiteSpaceAloneIsEmpty) {
  for (const char* body : {"", " \r\n\t\n"}) {
    const Answer answer = answer_to({.body = body});
    EXPECT_EQ(name(answer), "empty") << body;
    EXPECT_EQ(answer.bytes, "");
    EXPECT_EQ(answer.detail, "127.0.0.1 answered without a body");
  }
}

TEST_F(FetchOutcome, A304IsNotModifiedOnlyWhereAValidatorWasSent) {
  site.serve("/page", fakes::Reply{.status = 304});
  EXPECT_EQ(name(fetcher().get({site.url("/page"), "\"a\"", {}})), "not_modified");
  EXPECT_EQ(name(fetcher().get({site.url("/page"), {}, "Fri, 11 Jul 2025 12:00:00 GMT"})),
            "not_modified");
  const Answer unasked = get("/page");
  EXPECT_EQ(name(unasked), "client_error");
  EXPECT_EQ(unasked.http_status, 304);
}

TEST_F(FetchOutcome, TheStatusDecides) {
  const std::vector<std::pair<int, std::string>> outcomes{
      {201, "client_error"}, {202, "client_error"}, {204, "client_error"}, {206, "truncated"},
      {300, "client_error"}, {305, "client_error"}, {400, "client_error"}, {401, "blocked"},
      {402, "client_error"}, {403, "blocked"},      {404, "not_found"},    {405, "client_error"},
      {407, "client_error"}, {408, "server_error"}, {410, "not_found"},    {418, "client_error"},
      {425, "server_error"}, {429, "server_error"}, {451, "blocked"},      {500, "server_error"},
      {501, "server_error"}, {502, "server_error"}, {503, "server_error"}, {504, "server_error"},
      {520, "server_error"}, {599, "server_error"}, {600, "client_error"}, {999, "client_error"}};
  for (const auto& [status, outcome] : outcomes) {
    const Answer answer = answer_to({.status = status, .body = "words of the server"});
    EXPECT_EQ(name(answer), outcome) << status;
    EXPECT_EQ(answer.http_status, status);
    EXPECT_NE(answer.detail.find(std::to_string(status)), std::string::npos) << answer.detail;
    EXPECT_EQ(answer.detail.find("words"), std::string::npos) << answer.detail;
  }
}

TEST_F(FetchOutcome, OfFailuresOnlyABlockedAnswerKeepsItsBody) {
  for (const int status : {401, 403, 451})
    EXPECT_EQ(answer_to({.status = status, .body = "Access Denied"}).bytes, "Access Denied");
  for (const int status : {201, 206, 404, 429, 500})
    EXPECT_EQ(answer_to({.status = status, .body = "something"}).bytes, "") << status;
}

TEST_F(FetchOutcome, ABlockedAnswerIsBlockedWhateverBecomesOfItsBody) {
  settings.largest_body = 10;
  EXPECT_EQ(name(answer_to({.status = 403, .body = "longer than ten", .cut_after = 5})), "blocked");
  const Answer announced = answer_to({.status = 403, .body = "longer than ten"});
  EXPECT_EQ(name(announced), "blocked");
  const Answer chunked = answer_to({.status = 403, .body = "longer than ten", .chunked = true});
  EXPECT_EQ(name(chunked), "blocked");
  EXPECT_EQ(chunked.bytes, "longer tha");
}

TEST_F(FetchOutcome, ANameWithoutAnAddressIsADnsFailure) {
  const Answer answer = get_url("https://no-such-name.invalid/page");
  EXPECT_EQ(name(answer), "dns_failure");
  EXPECT_FALSE(answer.http_status);
  EXPECT_EQ(answer.detail,
            "Could not resolve host: no-such-name.invalid: check the host's name and this "
            "machine's name server (its robots.txt was asked for)");
}

TEST_F(FetchOutcome, NobodyThereIsAConnectionFailure) {
  std::string url;
  {
    const fakes::Site gone;
    url = gone.url("/page");
  }
  const Answer answer = get_url(url);
  EXPECT_EQ(name(answer), "connection_failure");
  EXPECT_FALSE(answer.http_status);
  EXPECT_EQ(answer.detail.find("no answer from 127.0.0.1: "), 0U) << answer.detail;
}

TEST_F(FetchOutcome, AConnectionThatBreaksBeforeAnAnswerIsAConnectionFailure) {
  EXPECT_EQ(name(answer_to({.close_at_once = true})), "connection_failure");
  EXPECT_EQ(name(answer_to({.raw = "HTTP/1.1 2"})), "connection_failure");
}

TEST_F(FetchOutcome, WhatIsNoHttpIsAConnectionFailure) {
  const Answer answer = answer_to({.raw = "220 mail.example.org ESMTP\r\n\r\n"});
  EXPECT_EQ(name(answer), "connection_failure");
  EXPECT_EQ(answer.bytes, "");
}

TEST_F(FetchOutcome, AnAddressThatIsNoneOrMayNotBeAskedIsRefused) {
  for (const char* url : {"", "no address", "http://", "/page"}) {
    const Answer answer = get_url(url);
    EXPECT_EQ(name(answer), "host_refused") << url;
    EXPECT_EQ(answer.detail, "the address is no URL") << url;
    EXPECT_EQ(answer.url, "");
  }
  EXPECT_EQ(get_url("http://lists.example.org/a").detail,
            "the address at lists.example.org begins with http: only https is asked for");
  EXPECT_EQ(get_url("ftp://127.0.0.1/a").detail,
            "the address begins with ftp: only https is asked for");
  EXPECT_EQ(site.hits(), 0);
}

TEST_F(FetchOutcome, CredentialsInAnAddressAreRefusedAndNeverRepeated) {
  for (const std::string& url :
       {"http://user:secret@127.0.0.1:" + std::to_string(site.port()) + "/page",
        std::string("https://user:secret@"), std::string("http://user:secret@lists.example.org/"),
        std::string("user:secret@127.0.0.1")}) {
    const Answer answer = get_url(url);
    EXPECT_EQ(name(answer), "host_refused") << url;
    EXPECT_EQ((answer.detail + answer.url).find("secret"), std::string::npos) << url;
  }
  EXPECT_EQ(site.hits() + site.hits("/robots.txt"), 0);
}

}  // namespace
}  // namespace agreementd::fetchers
