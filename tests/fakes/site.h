#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// A small HTTP/1.1 server on loopback, for the sample site and for tests. It serves what it is
/// told to, remembers what it was asked, and misbehaves on demand.
namespace agreementd::fakes {

/// A request as it came.
struct Received {
  std::string method;
  std::string target;  ///< path and query; a whole URL where we are used as a proxy
  std::multimap<std::string, std::string> headers;  ///< names in lower case
  std::string body;                                 ///< as long as Content-Length says

  /// The first value of a header; empty: absent.
  [[nodiscard]] std::string header(const std::string& name) const;
};

/// What to answer, right or wrong.
struct Reply {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers = {};
  std::string body = {};

  bool chunked = false;                            ///< Transfer-Encoding instead of Content-Length
  std::optional<std::size_t> content_length = {};  ///< announced instead of the body's size
  bool no_length = false;                     ///< neither: the end of the connection ends the body
  std::optional<std::size_t> cut_after = {};  ///< the connection closes after so many body bytes
  std::optional<std::size_t> stall_after = {};  ///< nothing more comes after so many body bytes,
                                                ///< and the connection stays open until the client
                                                ///< leaves
  std::function<void()> stalled = {};           ///< called when that has begun
  std::size_t repeat = 1;                       ///< the body so many times: huge bodies
  std::chrono::milliseconds delay{0};           ///< before the answer
  std::chrono::milliseconds drip{0};            ///< before each single byte of the body
  bool close_at_once = false;                   ///< not one byte of an answer
  bool silent = false;                          ///< no answer; open until the client leaves
  std::string raw = {};  ///< sent instead of all that, verbatim; then the connection closes
};
using Handler = std::function<Reply(const Received&)>;

/// Listens on a free port of 127.0.0.1 (or the one given) from construction to destruction, which
/// closes every connection. Handlers run on the server's threads, one at a time.
class Site {
 public:
  explicit Site(int port = 0);
  ~Site();
  Site(const Site&) = delete;
  Site& operator=(const Site&) = delete;

  [[nodiscard]] int port() const;
  /// `http://127.0.0.1:PORT` + path.
  [[nodiscard]] std::string url(const std::string& path) const;

  /// What is served at a path (without query) from now on. Paths never set answer 404.
  void serve(const std::string& path, Reply reply);
  void serve(const std::string& path, Handler handler);
  /// One reply after the other, the last one for ever.
  void serve(const std::string& path, std::vector<Reply> replies);
  void remove(const std::string& path);

  /// Every request for a path so far, in order.
  [[nodiscard]] std::vector<Received> requests(const std::string& path) const;
  [[nodiscard]] int hits(const std::string& path) const;
  /// Of all paths but /robots.txt.
  [[nodiscard]] int hits() const;
  /// How many connections were accepted so far.
  [[nodiscard]] int connections() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// A document as a good server serves it: with both validators, answering 304 to either (as ICE's
/// does, If-Modified-Since must be the very text of Last-Modified).
Handler document(const std::string& bytes, const std::string& content_type,
                 const std::string& last_modified, const std::string& etag,
                 const std::string& content_disposition = "");

}  // namespace agreementd::fakes
