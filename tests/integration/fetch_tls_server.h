#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

/// TLS on loopback, for the tests of the fetcher: a certificate made on the spot, and a server that
/// says what it is told to.
namespace agreementd::fetchers {

/// What a certificate says of itself; it is its own authority.
struct CertificateSpec {
  std::string names = "IP:127.0.0.1";  ///< as subjectAltName
  bool expired = false;
};

/// One client's connection, after the handshake. Both calls throw where the client has left.
class TlsStream {
 public:
  virtual ~TlsStream() = default;
  /// So many bytes, no fewer.
  virtual std::string read(std::size_t size) = 0;
  virtual void write(std::string_view bytes) = 0;
};

/// Listens on a free port of 127.0.0.1. One client after the other.
class TlsServer {
 public:
  struct Options {
    CertificateSpec certificate = {};
    bool old = false;          ///< TLS 1.1 at most
    bool http2 = false;        ///< agrees to HTTP/2 (ALPN), where the client wants it
    std::string instead = {};  ///< sent instead of a handshake
  };
  /// `talk` is called for each connection, on the server's thread, and closes it by returning.
  TlsServer(const Options& options, std::function<void(TlsStream&)> talk);
  ~TlsServer();
  TlsServer(const TlsServer&) = delete;
  TlsServer& operator=(const TlsServer&) = delete;

  [[nodiscard]] int port() const;
  /// The certificate, in PEM, in a file that lives as long as this.
  [[nodiscard]] std::string ca_file() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace agreementd::fetchers
