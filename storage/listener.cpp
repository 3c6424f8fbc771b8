#include "storage/listener.h"

#include <charconv>
#include <string_view>
#include <utility>

#include <libpq-fe.h>
#include <poll.h>

#include "storage/connection.h"
#include "storage/failure.h"
#include "storage/guard.h"

/// In libpq's terms: libpqxx 6 and 7.10 have no way in common that neither deprecates.
namespace agreementd::storage {
namespace {

using Connection = std::unique_ptr<PGconn, decltype(&PQfinish)>;

// What is said there: storage/log_writer.cpp, and below.
constexpr std::string_view changes = "agreementd_changes";

Connection connect(const std::string& uri) {
  Connection connection(PQconnectdb(uri.c_str()), &PQfinish);
  if (PQstatus(connection.get()) != CONNECTION_OK)
    throw connection_failure(PQerrorMessage(connection.get()));
  // libpq would print what the server remarks on stderr.
  PQsetNoticeReceiver(
      connection.get(), [](void*, const PGresult*) {}, nullptr);
  return connection;
}

std::optional<std::int64_t> seq_of(std::string_view text) {
  std::int64_t seq = 0;
  const auto* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, seq);
  return read.ec == std::errc() && read.ptr == end ? std::optional(seq) : std::nullopt;
}

}  // namespace

struct Listener::Implementation {
  Implementation(const std::string& uri, std::stop_token stop)
      : connection(connect(uri)), guard({.stop = std::move(stop), .farewell = {}}) {}

  [[nodiscard]] Guard::Watch watch() { return {&guard, PQsocket(connection.get())}; }
  void listen();
  void wait(std::chrono::milliseconds longest) const;
  [[nodiscard]] Heard take() const;

  Connection connection;
  Guard guard;  // goes first: it watches the connection
};

void Listener::Implementation::listen() {
  const auto watched = watch();
  const std::unique_ptr<PGresult, decltype(&PQclear)> answer(
      PQexec(connection.get(), "LISTEN agreementd_changes; LISTEN agreementd_sinks"), &PQclear);
  if (PQresultStatus(answer.get()) == PGRES_COMMAND_OK) return;
  if (PQstatus(connection.get()) != CONNECTION_OK) throw lost_connection(false);
  const char* state = PQresultErrorField(answer.get(), PG_DIAG_SQLSTATE);
  throw statement_failure(PQresultErrorMessage(answer.get()), state == nullptr ? "" : state);
}

void Listener::Implementation::wait(std::chrono::milliseconds longest) const {
  pollfd waits{PQsocket(connection.get()), POLLIN, 0};
  if (waits.fd < 0) throw lost_connection(false);
  poll(&waits, 1, static_cast<int>(longest.count()));
  if (PQconsumeInput(connection.get()) == 0) throw lost_connection(false);
}

/// What came and was not taken yet.
Heard Listener::Implementation::take() const {
  Heard heard;
  const auto next = [&] {
    return std::unique_ptr<PGnotify, decltype(&PQfreemem)>(PQnotifies(connection.get()),
                                                           &PQfreemem);
  };
  for (auto notification = next(); notification; notification = next()) {
    if (notification->relname != changes)
      heard.for_sinks = true;
    else if (const auto seq = seq_of(notification->extra))
      heard.seq = seq;
  }
  return heard;
}

Listener::Listener(const std::string& uri, std::stop_token stop)
    : implementation_(std::make_unique<Implementation>(uri, std::move(stop))) {
  implementation_->listen();
}
Listener::~Listener() = default;

Heard Listener::await(std::chrono::milliseconds longest) {
  const auto watched = implementation_->watch();
  // It may have come with an answer.
  if (const auto heard = implementation_->take(); heard.anything()) return heard;
  implementation_->wait(longest);
  return implementation_->take();
}

void tell_sinks(Transaction& transaction) {
  transaction.query("SELECT pg_notify('agreementd_sinks', '')");
}

}  // namespace agreementd::storage
