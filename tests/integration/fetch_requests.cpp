#include "tests/integration/fetch_test.h"

namespace agreementd::fetchers {
namespace {

using fakes::Received;
using FetchRequest = FetchTest;

TEST_F(FetchRequest, IsWhatABrowserSendsWithOurNameAndContact) {
  EXPECT_EQ(name(answer_to({.body = "page"})), "ok");
  for (const char* path : {"/robots.txt", "/page"}) {
    const Received request = site.requests(path).at(0);
    EXPECT_EQ(request.method, "GET");
    EXPECT_EQ(request.header("user-agent"), "agreementd/0.1 (+mailto:someone@example.org)");
    EXPECT_EQ(request.header("accept"),
              "text/html,application/xhtml+xml,application/vnd.openxmlformats-officedocument."
              "spreadsheetml.sheet,*/*;q=0.8");
    EXPECT_EQ(request.header("accept-language"), "en-US,en;q=0.9");
    EXPECT_EQ(request.header("host"), "127.0.0.1:" + std::to_string(site.port()));
    EXPECT_EQ(request.headers.count("if-none-match"), 0U);
    EXPECT_EQ(request.headers.count("if-modified-since"), 0U);
    EXPECT_EQ(request.headers.count("authorization"), 0U);
  }
}

TEST_F(FetchRequest, TakesGzipBrotliAndZstd) {
  EXPECT_EQ(name(answer_to({.body = "page"})), "ok");
  const std::string encodings = site.requests("/page").at(0).header("accept-encoding");
  for (const char* encoding : {"gzip", "br", "zstd"})
    EXPECT_NE(encodings.find(encoding), std::string::npos) << encodings;
}

TEST_F(FetchRequest, SendsBothValidatorsVerbatim) {
  site.serve("/page", fakes::Reply{.status = 304});
  // neither is in the form HTTP asks for: what the server wrote goes back
  const Request request{site.url("/page"), "W/\"a b;c\"", "Friday, 11-Jul-25 12:00:00 UTC"};
  EXPECT_EQ(name(fetcher().get(request)), "not_modified");
  const Received received = site.requests("/page").at(0);
  EXPECT_EQ(received.header("if-none-match"), "W/\"a b;c\"");
  EXPECT_EQ(received.header("if-modified-since"), "Friday, 11-Jul-25 12:00:00 UTC");
  EXPECT_EQ(site.requests("/robots.txt").at(0).headers.count("if-none-match"), 0U);
}

TEST_F(FetchRequest, AValidatorWithALineEndInItIsNotSent) {
  site.serve("/page", fakes::Reply{.body = "page"});
  EXPECT_EQ(name(fetcher().get({site.url("/page"), "a\r\nX-Evil: 1", "b\nX-Evil: 1"})), "ok");
  const Received received = site.requests("/page").at(0);
  EXPECT_EQ(received.headers.count("x-evil"), 0U);
  EXPECT_EQ(received.headers.count("if-none-match"), 0U);
}

TEST_F(FetchRequest, AnUnchangedDocumentIsNotModifiedByEitherValidator) {
  const std::string date = "Fri, 11 Jul 2025 11:00:00 GMT";
  site.serve("/a.xlsx", fakes::document("bytes", "application/x", date, "\"1\""));
  const Answer first = get("/a.xlsx");
  EXPECT_EQ(first.bytes, "bytes");
  EXPECT_EQ(first.etag, "\"1\"");
  EXPECT_EQ(first.last_modified, date);
  EXPECT_EQ(first.modified_at, parse_instant("2025-07-11T11:00:00Z"));
  EXPECT_EQ(name(fetcher().get({site.url("/a.xlsx"), first.etag, {}})), "not_modified");
  const Answer again = fetcher().get({site.url("/a.xlsx"), {}, first.last_modified});
  EXPECT_EQ(name(again), "not_modified");
  EXPECT_EQ(again.bytes, "");
  EXPECT_EQ(again.last_modified, date);
  EXPECT_EQ(name(fetcher().get({site.url("/a.xlsx"), "\"2\"", "Fri, 11 Jul 2025 11:00:00 UTC"})),
            "ok");
}

TEST_F(FetchRequest, ALastModifiedThatIsNoDateIsKeptAndNotRead) {
  const Answer answer = answer_to({.headers = {{"Last-Modified", "yesterday"}}, .body = "page"});
  EXPECT_EQ(answer.last_modified, "yesterday");
  EXPECT_FALSE(answer.modified_at);
}

TEST_F(FetchRequest, TheAnswerSaysWhenItWasAskedAndHowLongItTook) {
  const Answer answer = answer_to({.body = "page", .delay = std::chrono::milliseconds(20)});
  EXPECT_EQ(answer.at, clock.time);
  EXPECT_GE(answer.duration, std::chrono::milliseconds(20));
}

TEST_F(FetchRequest, TheFileNameIsContentDispositionsElseThatOfThePath) {
  site.serve("/lists/b%20c.xlsx", {.body = "list"});
  EXPECT_EQ(get("/lists/b c.xlsx").file_name, "b c.xlsx");
  site.serve("/lists/d.xlsx",
             {.headers = {{"content-disposition", "attachment; filename=e.xlsx"}}, .body = "list"});
  EXPECT_EQ(get("/lists/d.xlsx").file_name, "e.xlsx");
  site.serve("/file-download/download/public/12",
             {.headers = {{"Content-Disposition", "attachment; filename=\"pending list 07.xlsx\""}},
              .body = "list"});
  EXPECT_EQ(get("/file-download/download/public/12").file_name, "pending list 07.xlsx");
  site.serve("/file-download/download/public/13", {.body = "list"});
  EXPECT_EQ(get("/file-download/download/public/13").file_name, "");
}

TEST_F(FetchRequest, TheFileNameOfARedirectedListIsThatOfWhereItWas) {
  site.serve("/latest.xlsx", {.status = 302, .headers = {{"Location", "/lists/f.xlsx?v=1"}}});
  site.serve("/lists/f.xlsx", {.body = "list"});
  const Answer answer = get("/latest.xlsx");
  EXPECT_EQ(answer.file_name, "f.xlsx");
  EXPECT_EQ(answer.url, site.url("/lists/f.xlsx?v=1"));
}

TEST_F(FetchRequest, HeadersOfChunkTrailersDoNotCount) {
  const Answer answer =
      answer_to({.raw = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nETag: \"head\"\r\n\r\n"
                        "4\r\npage\r\n0\r\nETag: \"trailer\"\r\nLast-Modified: x\r\n\r\n"});
  EXPECT_EQ(answer.bytes, "page");
  EXPECT_EQ(answer.etag, "\"head\"");
  EXPECT_EQ(answer.last_modified, "");
}

TEST_F(FetchRequest, AnswersToComeAreNoAnswers) {
  const Answer answer = answer_to({.raw = "HTTP/1.1 103 Early Hints\r\nETag: \"early\"\r\n\r\n"
                                          "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\npage"});
  EXPECT_EQ(name(answer), "ok");
  EXPECT_EQ(answer.http_status, 200);
  EXPECT_EQ(answer.etag, "");
  EXPECT_EQ(name(answer_to({.raw = "HTTP/1.1 100 Continue\r\n\r\n"})), "connection_failure");
}

/// The proxy variables are read at each request; the fixture clears them.
using FetchProxy = FetchTest;

TEST_F(FetchProxy, OfTheUsualVariableIsUsed) {
  setenv("http_proxy", site.url("").c_str(), 1);
  site.serve("/page", {.body = "by the proxy"});
  EXPECT_EQ(get_url("http://127.0.0.1:1/page?a=b").bytes, "by the proxy");
  EXPECT_EQ(site.requests("/page").at(0).target, "http://127.0.0.1:1/page?a=b");
  EXPECT_EQ(site.requests("/robots.txt").at(0).target, "http://127.0.0.1:1/robots.txt");
}

TEST_F(FetchProxy, ExceptionsAreHonoured) {
  setenv("http_proxy", "http://127.0.0.1:1", 1);
  setenv("no_proxy", "example.org,127.0.0.1", 1);
  EXPECT_EQ(answer_to({.body = "without a proxy"}).bytes, "without a proxy");
}

TEST_F(FetchProxy, OneThatRefusesIsAConnectionFailureAndItsPasswordIsNotRepeated) {
  setenv("https_proxy", ("http://user:secret@127.0.0.1:" + std::to_string(site.port())).c_str(), 1);
  site.serve("lists.example.org:443", {.status = 403, .body = "no"});
  const Answer answer = get_url("https://lists.example.org/page");
  EXPECT_EQ(name(answer), "connection_failure");
  EXPECT_FALSE(answer.http_status);
  EXPECT_NE(answer.detail.find("403"), std::string::npos) << answer.detail;
  EXPECT_EQ(answer.detail.find("secret"), std::string::npos) << answer.detail;
}

TEST_F(FetchProxy, OneWithoutAnAddressIsADnsFailure) {
  setenv("https_proxy", "http://user:secret@proxy.invalid:3128", 1);
  const Answer answer = get_url("https://lists.example.org/page");
  EXPECT_EQ(name(answer), "dns_failure");
  EXPECT_EQ(answer.detail.find("secret"), std::string::npos) << answer.detail;
}

}  // namespace
}  // namespace agreementd::fetchers
