#include <string_view>

#include "tests/integration/fetch_test.h"

namespace agreementd::fetchers {
namespace {

using fakes::Reply;
using FetchBody = FetchTest;

TEST_F(FetchBody, ChunkedOrEndedByTheConnectionIsOk) {
  EXPECT_EQ(answer_to({.body = "page", .chunked = true, .repeat = 50'000}).bytes.size(), 200'000U);
  EXPECT_EQ(answer_to({.body = "page", .no_length = true}).bytes, "page");
}

TEST_F(FetchBody, ShorterThanAnnouncedIsTruncated) {
  for (const Reply& reply :
       {Reply{.body = "half a pag", .content_length = 11}, Reply{.body = "page", .cut_after = 0},
        Reply{.body = "page", .cut_after = 3, .repeat = 100'000}}) {
    const Answer answer = answer_to(reply);
    EXPECT_EQ(name(answer), "truncated");
    EXPECT_EQ(answer.http_status, 200);
    EXPECT_EQ(answer.bytes, "");
    EXPECT_EQ(answer.detail.find("what 127.0.0.1 sent broke off: "), 0U) << answer.detail;
  }
}

TEST_F(FetchBody, AnAnswerThatEndsWithinItsHeadersIsTruncated) {
  for (const auto* raw :
       {"HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Le", "HTTP/1.1 200 OK\r\nETag: x\r\n"})
    EXPECT_EQ(name(answer_to({.raw = raw})), "truncated") << raw;
}

TEST_F(FetchBody, ChunksThatBreakOffOrAreNoneAreTruncated) {
  EXPECT_EQ(name(answer_to({.body = "page", .chunked = true, .cut_after = 4})), "truncated");
  EXPECT_EQ(name(answer_to({.body = "page", .chunked = true, .cut_after = 0})), "truncated");
  const std::string head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (const char* body :
       {"8\r\npage", "8\r\npage\r\n", "xyz\r\npage\r\n0\r\n\r\n", "4\r\npage and more\r\n0\r\n\r\n",
        "4\r\npage\r\n", "4\r\npage\r\n0\r\n"})
    EXPECT_EQ(name(answer_to({.raw = head + body})), "truncated") << body;
}

TEST_F(FetchBody, LongerThanAnnouncedEndsWhereAnnouncedAndSpoilsNothingAfterIt) {
  // HTTP's framing decides; what follows on the connection is no part of this answer, nor of the
  // next.
  for (int i = 0; i < 20; ++i)
    EXPECT_EQ(answer_to({.body = "page, and HTTP/1.1 200 OK\r\n\r\n", .content_length = 4}).bytes,
              "page");
  EXPECT_EQ(answer_to({.body = "another page"}).bytes, "another page");
}

TEST_F(FetchBody, AsLargeAsAllowedIsOkAndOneByteMoreIsTooLarge) {
  settings.largest_body = 100'000;
  EXPECT_EQ(answer_to({.body = "x", .repeat = 100'000}).bytes.size(), 100'000U);
  EXPECT_EQ(answer_to({.body = "x", .chunked = true, .repeat = 100'000}).bytes.size(), 100'000U);
  for (const Reply& reply : {Reply{.body = "x", .repeat = 100'001},
                             Reply{.body = "x", .chunked = true, .repeat = 100'001},
                             Reply{.body = "x", .no_length = true, .repeat = 100'001}}) {
    const Answer answer = answer_to(reply);
    EXPECT_EQ(name(answer), "too_large");
    EXPECT_EQ(answer.bytes, "");
    EXPECT_EQ(answer.detail, "127.0.0.1 sends more than a list can have: more than 100000 bytes");
  }
}

TEST_F(FetchBody, AHugeOneIsGivenUpAtTheLimit) {
  const Reply huge{.body = std::string(1 << 16, 'x'), .chunked = true, .repeat = 1 << 20};
  const Answer answer = answer_to(huge);
  EXPECT_EQ(name(answer), "too_large");
  EXPECT_LT(answer.duration, std::chrono::seconds(10));
}

TEST_F(FetchBody, HeadersWithoutEndAreTooLarge) {
  Reply many{.body = "page"};
  for (int i = 0; i < 5'000; ++i)
    many.headers.emplace_back("X-" + std::to_string(i), std::string(100, 'x'));
  EXPECT_EQ(name(answer_to(many)), "too_large");
  const Answer one_long =
      answer_to({.headers = {{"X-Long", std::string(1 << 20, 'x')}}, .body = "page"});
  EXPECT_EQ(name(one_long), "too_large");
  EXPECT_EQ(one_long.detail, "127.0.0.1 sends more than a list can have: headers without end");
}

TEST_F(FetchBody, SilenceIsATimeout) {
  settings.timeout = std::chrono::milliseconds(150);
  for (const Reply& reply : {Reply{.silent = true}, Reply{.body = "page", .stall_after = 2},
                             Reply{.body = "page", .chunked = true, .stall_after = 4}}) {
    const Answer answer = answer_to(reply);
    EXPECT_EQ(name(answer), "timeout");
    EXPECT_EQ(answer.bytes, "");
    EXPECT_EQ(answer.detail.find("127.0.0.1 did not answer in time: "), 0U) << answer.detail;
    EXPECT_LT(answer.duration, std::chrono::seconds(5));
  }
}

TEST_F(FetchBody, ASlowDripIsATimeout) {
  settings.low_speed_bytes = 200;
  settings.low_speed_time = std::chrono::seconds(1);
  const Answer answer =
      answer_to({.body = "x", .repeat = 1'000'000, .drip = std::chrono::milliseconds(50)});
  EXPECT_EQ(name(answer), "timeout");
  EXPECT_LT(answer.duration, std::chrono::seconds(10));
}

std::string unhex(std::string_view hex) {
  std::string bytes;
  for (std::size_t at = 0; at + 1 < hex.size(); at += 2)
    bytes += static_cast<char>(std::stoi(std::string(hex.substr(at, 2)), nullptr, 16));
  return bytes;
}

const std::string plain = "<html><body>Participating agencies, pending agencies</body></html>\n";

struct Encoded {
  const char* encoding;
  std::string body;
};
/// `plain` as gzip -9, brotli -9 and zstd -19 make it.
std::vector<Encoded> encoded() {
  return {
      {"gzip", unhex("1f8b0800000000000203b3c928c9cdb1b349ca4fa9b40b482c2ac94cce2c482cc9cc4b57484c4"
                     "fcd4bce4c2dd6512848cd4b4116b1d1072bb7d107ebe502008ad869f543000000")},
      {"br", unhex("1f4200004427e7097dde16483b70a051bbb420b7b1f18f20884f70b97623701c3e4f4474d740493"
                   "0490f659d851f5dbf7650d01c1784ea37b14d865f06")},
      {"zstd", unhex("28b52ffd0468e5010024033c68746d6c3e3c626f64793e50617274696369706174696e6720616"
                     "7656e636965732c2070656e643c2f3c2f68746d6c3e0a0200520918c5cd32152d79e1")}};
}

Reply reply_with(const Encoded& document) {
  return {.headers = {{"Content-Encoding", document.encoding}}, .body = document.body};
}

TEST_F(FetchBody, GzipBrotliAndZstdAreDecompressed) {
  for (const Encoded& document : encoded())
    EXPECT_EQ(answer_to(reply_with(document)).bytes, plain) << document.encoding;
}

TEST_F(FetchBody, WhatCannotBeDecompressedIsTruncated) {
  for (Encoded document : encoded()) {
    document.body = "no such thing as this";
    EXPECT_EQ(name(answer_to(reply_with(document))), "truncated") << document.encoding;
  }
  EXPECT_EQ(name(answer_to(reply_with({"unheard-of", "page"}))), "truncated");
  Encoded gzip = encoded().at(0);
  gzip.body[gzip.body.size() / 2] = static_cast<char>(~gzip.body[gzip.body.size() / 2]);
  EXPECT_EQ(name(answer_to(reply_with(gzip))), "truncated");
}

TEST_F(FetchBody, MoreAfterACompressedOneIsTruncatedAndNotBlamedOnADisk) {
  for (Encoded document : encoded()) {
    document.body += "more";
    const Answer answer = answer_to(reply_with(document));
    EXPECT_EQ(name(answer), "truncated") << document.encoding;
    EXPECT_EQ(answer.detail.find("disk"), std::string::npos) << answer.detail;
  }
}

TEST_F(FetchBody, ACompressedBodyThatBreaksOffIsTruncated) {
  for (const Encoded& document : encoded()) {
    Reply reply = reply_with(document);
    reply.cut_after = document.body.size() - 4;
    EXPECT_EQ(name(answer_to(reply)), "truncated") << document.encoding;
  }
}

TEST_F(FetchBody, ADecompressionBombStopsAtTheLimit) {
  // 64 MiB of zeros as brotli -9 makes them
  const Answer answer =
      answer_to(reply_with({"br", unhex("cfffff7f002400e2b14072effff9ffff0f8004401c1680eefd3fffffff"
                                        "01900088c302d0bdffe7ffff3f001200715800baf7ff03")}));
  EXPECT_EQ(name(answer), "too_large");
  EXPECT_EQ(answer.bytes, "");
}

}  // namespace
}  // namespace agreementd::fetchers
