#include "tests/fakes/mail_server.h"

#include <array>
#include <mutex>
#include <thread>
#include <utility>

#include <sys/socket.h>
#include <unistd.h>

#include "tests/fakes/listener.h"

namespace agreementd::fakes {
namespace {

/// Lines out of a socket.
class LineReader {
 public:
  explicit LineReader(int socket) : socket_(socket) {}

  /// The next without its end; nothing where the client leaves.
  std::optional<std::string> read() {
    std::size_t end = 0;
    while ((end = buffer_.find("\r\n")) == std::string::npos) {
      std::array<char, 4096> bytes{};
      const auto count = ::recv(socket_, bytes.data(), bytes.size(), 0);
      if (count <= 0) return std::nullopt;
      buffer_.append(bytes.data(), static_cast<std::size_t>(count));
    }
    std::string line = buffer_.substr(0, end);
    buffer_.erase(0, end + 2);
    return line;
  }

 private:
  int socket_;
  std::string buffer_;
};

}  // namespace

struct MailServer::State {
  State(MailDialogue::Replies replies_given, std::function<void(const std::string&)> heard_given)
      : replies(std::move(replies_given)), heard(std::move(heard_given)) {}
  ~State() {
    listener.stop();
    {
      const std::lock_guard lock(mutex);
      stopped = true;
      if (client >= 0) ::shutdown(client, SHUT_RDWR);
    }
    thread.join();
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  void serve() {
    for (int socket = listener.accept(); socket >= 0; socket = listener.accept()) {
      if (note_client(socket)) converse(socket);
      note_client(-1);
      ::close(socket);
    }
  }

  /// False where it is to end.
  bool note_client(int socket) {
    const std::lock_guard lock(mutex);
    client = socket;
    return !stopped;
  }

  void converse(int socket) {
    MailDialogue dialogue(replies);
    LineReader reader(socket);
    for (auto said = dialogue.greet(); said;) {
      ::send(socket, said->data(), said->size(), MSG_NOSIGNAL);
      const auto line = reader.read();
      if (!line) return;
      note_line(*line);
      said = dialogue.hear(*line);
    }
  }

  void note_line(const std::string& line) {
    if (heard) heard(line);
    const std::lock_guard lock(mutex);
    lines.push_back(line);
  }

  MailDialogue::Replies replies;
  std::function<void(const std::string&)> heard;
  std::mutex mutex;
  std::vector<std::string> lines;
  int client = -1;
  bool stopped = false;
  Listener listener;
  std::thread thread{[this] { serve(); }};  // last: it uses the others
};

MailServer::MailServer(MailDialogue::Replies replies, std::function<void(const std::string&)> heard)
    : state_(std::make_unique<State>(std::move(replies), std::move(heard))) {}
MailServer::~MailServer() = default;

int MailServer::port() const { return state_->listener.port(); }
std::vector<std::string> MailServer::lines() const {
  const std::lock_guard lock(state_->mutex);
  return state_->lines;
}

}  // namespace agreementd::fakes
