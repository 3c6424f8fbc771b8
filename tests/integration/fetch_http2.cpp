#include "tests/integration/fetch_test.h"
#include "tests/integration/fetch_tls_server.h"

/// HTTP/2 (RFC 9113), as far as a server needs it that answers by heart: frames, and headers from
/// the static table of RFC 7541.
namespace agreementd::fetchers {
namespace {

enum FrameType : char { data = 0, headers = 1, rst_stream = 3, settings_frame = 4, goaway = 7 };
constexpr char end_stream = 1;
constexpr char ack = 1;
constexpr char end_headers = 4;
const std::string status_200 = "\x88";  // `:status: 200` in the table
const std::string status_404 = "\x8D";

std::string number(std::size_t value, int bytes) {
  std::string text;
  for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8)
    text += static_cast<char>((value >> static_cast<unsigned>(shift)) & 0xFFU);
  return text;
}

std::string frame(FrameType type, char flags, std::size_t stream, const std::string& payload) {
  return number(payload.size(), 3) + static_cast<char>(type) + flags + number(stream, 4) + payload;
}

/// `etag: "1"` as a literal that names the table's header 34.
std::string etag() { return std::string("\x0F\x13\x03\"1\"", 6); }

/// The beginning of an answer, longer than a client takes in before it looks at it.
std::string long_beginning(std::size_t stream) {
  std::string frames = frame(headers, end_headers, stream, status_200);
  for (int i = 0; i < 20; ++i) frames += frame(data, 0, stream, std::string(16'000, 'x'));
  return frames;
}

/// Answers one request, on that stream.
using Respond = std::function<std::string(std::size_t stream)>;

/// A server that has no robots.txt (the first request on a connection) and then answers as told.
std::function<void(TlsStream&)> serving(Respond respond) {
  return [respond = std::move(respond)](TlsStream& tls) {
    const std::string preface = tls.read(24);
    EXPECT_EQ(preface, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    tls.write(frame(settings_frame, 0, 0, ""));
    for (bool first = true;;) {
      const std::string head = tls.read(9);
      std::size_t size = 0;
      for (int i = 0; i < 3; ++i)
        size = size * 256 + static_cast<unsigned char>(head[static_cast<std::size_t>(i)]);
      tls.read(size);
      const std::size_t stream = static_cast<unsigned char>(head[8]);
      if (head[3] == settings_frame && head[4] != ack) tls.write(frame(settings_frame, ack, 0, ""));
      if (head[3] != headers) continue;
      tls.write(first ? frame(headers, end_headers | end_stream, stream, status_404)
                      : respond(stream));
      first = false;
    }
  };
}

class FetchHttp2 : public FetchTest {
 protected:
  Answer answer_to_stream(Respond respond) {
    const TlsServer server({.http2 = true}, serving(std::move(respond)));
    settings.ca_file = server.ca_file();
    Fetcher fetcher(settings, effects());
    return fetcher.get({"https://127.0.0.1:" + std::to_string(server.port()) + "/a.xlsx", {}, {}});
  }
};

TEST_F(FetchHttp2, IsSpokenWhereTheServerCan) {
  const Answer answer = answer_to_stream([](std::size_t stream) {
    return frame(headers, end_headers, stream, status_200 + etag()) + frame(data, 0, stream, "pa") +
           frame(data, end_stream, stream, "ge");
  });
  EXPECT_EQ(name(answer), "ok") << answer.detail;
  EXPECT_EQ(answer.http_status, 200);
  EXPECT_EQ(answer.bytes, "page");
  EXPECT_EQ(answer.etag, "\"1\"");
  EXPECT_EQ(answer.file_name, "a.xlsx");
}

TEST_F(FetchHttp2, AStreamResetInTheMiddleIsTruncated) {
  const Answer answer = answer_to_stream([](std::size_t stream) {
    return long_beginning(stream) + frame(rst_stream, 0, stream, number(2, 4));
  });
  EXPECT_EQ(name(answer), "truncated") << answer.detail;
  EXPECT_EQ(answer.bytes, "");
}

TEST_F(FetchHttp2, AStreamResetBeforeAnAnswerIsAConnectionFailure) {
  const Answer answer = answer_to_stream(
      [](std::size_t stream) { return frame(rst_stream, 0, stream, number(2, 4)); });
  EXPECT_EQ(name(answer), "connection_failure");
  EXPECT_FALSE(answer.http_status);
}

TEST_F(FetchHttp2, AServerThatGoesAwayInTheMiddleIsTruncated) {
  const Answer answer = answer_to_stream([](std::size_t stream) {
    return long_beginning(stream) + frame(goaway, 0, 0, number(0, 4) + number(2, 4));
  });
  EXPECT_EQ(name(answer), "truncated") << answer.detail;
  EXPECT_EQ(answer.bytes, "");
}

}  // namespace
}  // namespace agreementd::fetchers
