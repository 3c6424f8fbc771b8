#include "tests/fakes/site.h"

#include <algorithm>
#include <atomic>
#include <list>
#include <mutex>
#include <thread>

#include <sys/socket.h>
#include <unistd.h>

#include "tests/fakes/connection.h"
#include "tests/fakes/listener.h"

namespace agreementd::fakes {
namespace {

/// Of `/path?query`, or of a whole URL where we are a proxy.
std::string path_of(const std::string& target) {
  std::size_t start = 0;
  if (const auto scheme = target.find("://"); scheme != std::string::npos && target[0] != '/')
    start = std::min(target.find('/', scheme + 3), target.size());
  const auto end = std::min(target.find_first_of("?#", start), target.size());
  return target.substr(start, end - start);
}

/// What is served where, and what was asked.
class Pages {
 public:
  void serve(const std::string& path, Handler handler) {
    const std::lock_guard lock(mutex_);
    handlers_[path] = std::make_shared<Handler>(std::move(handler));
  }
  void remove(const std::string& path) {
    const std::lock_guard lock(mutex_);
    handlers_.erase(path);
  }

  Reply answer(const Received& request) {
    const auto handler = note(request);
    if (!handler) return {.status = 404, .headers = {}, .body = "nothing here\n"};
    const std::lock_guard lock(one_at_a_time_);
    return (*handler)(request);
  }

  std::vector<Received> requests(const std::string& path) {
    const std::lock_guard lock(mutex_);
    const auto found = requests_.find(path);
    return found == requests_.end() ? std::vector<Received>() : found->second;
  }
  int hits() {
    const std::lock_guard lock(mutex_);
    std::size_t count = 0;
    for (const auto& [path, received] : requests_)
      if (path != "/robots.txt") count += received.size();
    return static_cast<int>(count);
  }

 private:
  /// Its handler; null: none.
  std::shared_ptr<Handler> note(const Received& request) {
    const std::lock_guard lock(mutex_);
    const std::string path = path_of(request.target);
    requests_[path].push_back(request);
    const auto found = handlers_.find(path);
    return found == handlers_.end() ? nullptr : found->second;
  }

  std::mutex mutex_;
  std::mutex one_at_a_time_;  // held while a handler runs, which may call all of the above
  std::map<std::string, std::shared_ptr<Handler>> handlers_;
  std::map<std::string, std::vector<Received>> requests_;
};

/// A connection with its thread. The socket is closed only after the thread has ended.
class Client {
 public:
  Client(int socket, Pages& pages) : socket_(socket), thread_([this, &pages] { talk(pages); }) {}
  ~Client() {
    ::shutdown(socket_, SHUT_RDWR);
    thread_.join();
    ::close(socket_);
  }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  [[nodiscard]] bool gone() const { return gone_; }

 private:
  void talk(Pages& pages) {
    Connection connection(socket_);
    while (const auto request = connection.read())
      if (!connection.write(*request, pages.answer(*request))) break;
    ::shutdown(socket_, SHUT_RDWR);
    gone_ = true;
  }

  int socket_;
  std::atomic<bool> gone_ = false;
  std::thread thread_;  // last: it uses the others
};

}  // namespace

std::string Received::header(const std::string& name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? "" : found->second;
}

struct Site::State {
  explicit State(int port) : listener(port), acceptor([this] { accept(); }) {}
  ~State() {
    listener.stop();
    acceptor.join();
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  void accept() {
    for (int socket = listener.accept(); socket >= 0; socket = listener.accept()) {
      clients.remove_if([](const Client& client) { return client.gone(); });
      ++accepted;
      clients.emplace_back(socket, pages);
    }
  }

  Pages pages;
  Listener listener;
  std::atomic<int> accepted = 0;
  std::list<Client> clients;
  std::thread acceptor;  // last: it uses the others
};

Site::Site(int port) : state_(std::make_unique<State>(port)) {}
Site::~Site() = default;

int Site::port() const { return state_->listener.port(); }
std::string Site::url(const std::string& path) const {
  return "http://127.0.0.1:" + std::to_string(port()) + path;
}

void Site::serve(const std::string& path, Reply reply) {
  serve(path, [reply = std::move(reply)](const Received&) { return reply; });
}
void Site::serve(const std::string& path, Handler handler) {
  state_->pages.serve(path, std::move(handler));
}
void Site::serve(const std::string& path, std::vector<Reply> replies) {
  serve(path, [replies = std::move(replies), next = std::size_t{0}](const Received&) mutable {
    const Reply& reply = replies.at(next);
    if (next + 1 < replies.size()) ++next;
    return reply;
  });
}
void Site::remove(const std::string& path) { state_->pages.remove(path); }

std::vector<Received> Site::requests(const std::string& path) const {
  return state_->pages.requests(path);
}
int Site::hits(const std::string& path) const { return static_cast<int>(requests(path).size()); }
int Site::hits() const { return state_->pages.hits(); }
int Site::connections() const { return state_->accepted; }

Handler document(const std::string& bytes, const std::string& content_type,
                 const std::string& last_modified, const std::string& etag,
                 const std::string& content_disposition) {
  return [=](const Received& request) {
    Reply reply;
    reply.headers = {{"Content-Type", content_type}};
    if (!last_modified.empty()) reply.headers.emplace_back("Last-Modified", last_modified);
    if (!etag.empty()) reply.headers.emplace_back("ETag", etag);
    if (!content_disposition.empty())
      reply.headers.emplace_back("Content-Disposition", content_disposition);
    const auto is_ours = [&request](const char* header, const std::string& validator) {
      return !validator.empty() && request.header(header) == validator;
    };
    if (is_ours("if-none-match", etag) || is_ours("if-modified-since", last_modified))
      reply.status = 304;
    else
      reply.body = bytes;
    return reply;
  };
}

}  // namespace agreementd::fakes
