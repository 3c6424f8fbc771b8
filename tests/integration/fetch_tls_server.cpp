#include "tests/integration/fetch_tls_server.h"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/integration/fetch_certificate.h"

namespace agreementd::fetchers {
namespace {

struct CloseSsl {
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  void operator()(SSL* ssl) const { SSL_free(ssl); }
};
struct ClientLeft {};

int choose_http2(SSL*, const unsigned char** chosen, unsigned char* size,
                 const unsigned char* offered, unsigned offered_size, void*) {
  static constexpr unsigned char ours[] = "\x02h2";
  unsigned char* found = nullptr;
  if (SSL_select_next_proto(&found, size, ours, 3, offered, offered_size) != OPENSSL_NPN_NEGOTIATED)
    return SSL_TLSEXT_ERR_NOACK;
  *chosen = found;
  return SSL_TLSEXT_ERR_OK;
}

using Context = std::unique_ptr<SSL_CTX, CloseSsl>;

Context make_context(const TlsServer::Options& options, const Certificate& certificate) {
  Context context(SSL_CTX_new(TLS_server_method()));
  if (!context || SSL_CTX_use_certificate(context.get(), certificate.x509.get()) != 1 ||
      SSL_CTX_use_PrivateKey(context.get(), certificate.key.get()) != 1)
    throw std::runtime_error("no TLS");
  if (options.old) {
    SSL_CTX_set_security_level(context.get(), 0);
    SSL_CTX_set_min_proto_version(context.get(), TLS1_VERSION);
    SSL_CTX_set_max_proto_version(context.get(), TLS1_1_VERSION);
  }
  if (options.http2) SSL_CTX_set_alpn_select_cb(context.get(), choose_http2, nullptr);
  return context;
}

class Stream final : public TlsStream {
 public:
  explicit Stream(SSL* ssl) : ssl_(ssl) {}
  std::string read(std::size_t size) override {
    std::string bytes(size, '\0');
    for (std::size_t at = 0; at < size;) {
      const int count = SSL_read(ssl_, bytes.data() + at, static_cast<int>(size - at));
      if (count <= 0) throw ClientLeft{};
      at += static_cast<std::size_t>(count);
    }
    return bytes;
  }
  void write(std::string_view bytes) override {
    if (SSL_write(ssl_, bytes.data(), static_cast<int>(bytes.size())) <= 0) throw ClientLeft{};
  }

 private:
  SSL* ssl_;
};

/// A temporary file, gone at its end.
class PemFile {
 public:
  explicit PemFile(X509* certificate) {
    path_ = (std::filesystem::temp_directory_path() / "agreementd-ca-XXXXXX").string();
    const int descriptor = mkstemp(path_.data());
    std::FILE* file = descriptor < 0 ? nullptr : fdopen(descriptor, "w");
    if (file == nullptr || PEM_write_X509(file, certificate) != 1 || std::fclose(file) != 0)
      throw std::runtime_error("no file for the certificate");
  }
  ~PemFile() { std::remove(path_.c_str()); }
  PemFile(const PemFile&) = delete;
  PemFile& operator=(const PemFile&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace

struct TlsServer::State {
  State(const Options& options, std::function<void(TlsStream&)> talk_given)
      : certificate(options.certificate),
        pem(certificate.x509.get()),
        context(make_context(options, certificate)),
        instead(options.instead),
        talk(std::move(talk_given)),
        listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (::bind(listener, generic, size) != 0 || ::listen(listener, SOMAXCONN) != 0 ||
        ::getsockname(listener, generic, &size) != 0)
      throw std::runtime_error("cannot listen on loopback");
    port = ntohs(address.sin_port);
    thread = std::thread([this] { serve(); });
  }
  ~State() {
    {
      const std::lock_guard lock(mutex);
      ::shutdown(listener, SHUT_RDWR);
      if (client >= 0) ::shutdown(client, SHUT_RDWR);
    }
    thread.join();
    ::close(listener);
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  void serve() {
    // OpenSSL writes to clients that have left; that is to be an error for this thread, not its
    // end.
    sigset_t broken_pipe;
    sigemptyset(&broken_pipe);
    sigaddset(&broken_pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &broken_pipe, nullptr);
    for (;;) {
      const int socket = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
      if (socket < 0) return;
      note_client(socket);
      converse(socket);
      note_client(-1);
      ::close(socket);
    }
  }

  void note_client(int socket) {
    const std::lock_guard lock(mutex);
    client = socket;
  }

  void converse(int socket) {
    if (!instead.empty()) {
      ::send(socket, instead.data(), instead.size(), MSG_NOSIGNAL);
      return;
    }
    const std::unique_ptr<SSL, CloseSsl> ssl(SSL_new(context.get()));
    SSL_set_fd(ssl.get(), socket);
    if (SSL_accept(ssl.get()) != 1) return;
    Stream stream(ssl.get());
    try {
      talk(stream);
      SSL_shutdown(ssl.get());
    } catch (const ClientLeft&) {
      // as clients do
    }
  }

  Certificate certificate;
  PemFile pem;
  Context context;
  std::string instead;
  std::function<void(TlsStream&)> talk;
  int listener;
  int port = 0;
  std::mutex mutex;
  int client = -1;  // being talked to
  std::thread thread;
};

TlsServer::TlsServer(const Options& options, std::function<void(TlsStream&)> talk)
    : state_(std::make_unique<State>(options, std::move(talk))) {}
TlsServer::~TlsServer() = default;
int TlsServer::port() const { return state_->port; }
std::string TlsServer::ca_file() const { return state_->pem.path(); }

}  // namespace agreementd::fetchers
