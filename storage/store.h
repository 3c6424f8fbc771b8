#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "model/difference.h"
#include "model/input.h"

namespace agreementd::storage {

/// What was read in a document, kept beside it so that ordering needs no parsing.
struct DocumentReading {
  Sha256 document;
  int reading_version = 0;                ///< of the parsers that made it
  std::optional<ReadingSummary> summary;  ///< absent: unreadable
  std::string error;                      ///< why; empty where it was read
};

/// The inputs a fold begins with.
struct Inputs {
  std::vector<Sighting> sightings;  ///< of readable documents, by fetch id
  std::vector<Verdict> verdicts;    ///< by verdict id
  std::vector<Decision> decisions;  ///< by decision id
  std::vector<Sha256> unread;       ///< documents without a reading yet (a crash between the two
                                    ///< transactions)
};

/// What made a history of the inputs; kept with each edition.
struct FoldedBy {
  int rules_version = 0;
  Sha256 aliases;  ///< of the alias file
};

/// Rows written by a transaction of evidence.
struct EvidenceCount {
  int documents = 0;
  int fetches = 0;
};

/// What the polls so far know of a URL.
struct UrlMemory {
  std::optional<Outcome> last;   ///< of the last fetch; absent: it was never asked for
  std::optional<Instant> since;  ///< when the row of fetches that came to `last` began
  /// When bytes were last kept, by what they were taken for.
  std::map<Outcome, Instant> kept;
  /// The last page, list or unreadable list it brought that is stored, absent: none; and of the
  /// fetch that brought it:
  std::optional<Sha256> document;
  Outcome outcome = Outcome::ok;
  std::string file_name;
  /// Verbatim; empty where redirects led elsewhere: they are not this URL's.
  std::string etag, last_modified;
  std::optional<List> list;  ///< which list the document is, if one
};

/// What became of a fetch that was recorded.
struct RecordedPoll {
  Outcome outcome = Outcome::ok;  ///< as recorded: `stale_link` where a good answer was one
  bool news = false;              ///< a sighting: to be folded
};

/// What is stored, as of one moment. Failures of the database are thrown as `Failure`.
class Records {
 public:
  virtual ~Records() = default;
  virtual Inputs inputs() = 0;
  virtual StoredHistory history() = 0;
  /// The bytes of a stored document. Failure where there is none.
  virtual std::string document(const Sha256& sha256) = 0;
  /// What is kept of every document that was read, by its SHA-256.
  virtual std::vector<DocumentReading> readings() = 0;
  /// Fetches whose consequences are not written yet, ascending.
  virtual std::vector<std::int64_t> unfolded() = 0;
  /// The number of the last run that recorded something; 0: none did.
  virtual std::int64_t last_run() = 0;
};

/// The second transaction: consequences. Holds the writer lock (`pg_advisory_xact_lock`) from
/// construction to `commit` or destruction; destroyed without commit it leaves nothing. Everything
/// is read inside it.
class Consequences : public Records {
 public:
  /// Records what was read in documents that had no reading (or one by an older version).
  virtual void add_readings(const std::vector<DocumentReading>& readings) = 0;
  /// Appends a verdict and answers its id.
  virtual std::int64_t add_verdict(const Verdict& verdict) = 0;
  /// Appends a decision and answers its id.
  virtual std::int64_t add_decision(const Decision& decision) = 0;
  /// Writes the difference. `recorded_at` of the run is now, or a microsecond after the last one
  /// where that is later.
  virtual void write(const Difference& difference, Instant now, const FoldedBy& by) = 0;
  /// Opens a notice unless one of its kind and subject is open; answers whether it was opened.
  virtual bool open_notice(const Notice& notice, Instant now) = 0;
  /// The open notices.
  virtual std::vector<Notice> notices() = 0;
  /// Closes the open notice of that kind and subject, if any.
  virtual void close_notice(const std::string& kind, const std::string& subject, Instant now) = 0;
  /// All inputs are folded: none waits any more.
  virtual void settle() = 0;
  virtual void commit() = 0;
};

/// How long an answer of the database is waited for. What takes longer is a lost connection.
struct Patience {
  std::chrono::milliseconds longest{90'000};  ///< longer than any lock is waited for
  std::stop_token stop = {};                  ///< when it is requested, …
  std::chrono::milliseconds farewell{5'000};  ///< … so long from then
};

/// The database. One connection, one thread.
class Store {
 public:
  /// Connects. Failure (database_unreachable) where there is no server, no database or no right to
  /// it. A password comes from libpq's own places (PGPASSFILE, service file), never from `uri`.
  /// Without `patience` it waits for ever, and can be interrupted by ending the program alone.
  explicit Store(const std::string& uri, const std::optional<Patience>& patience = std::nullopt);
  ~Store();
  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;

  /// Throws unless the schema is the one this program was made for, saying whether to migrate the
  /// database or to upgrade the program.
  void require_schema();

  /// The first transaction: evidence. Documents already stored and imports already recorded (same
  /// bytes, same name) are skipped. Takes the writer lock.
  EvidenceCount add_evidence(const std::vector<Document>& documents,
                             const std::vector<Fetch>& fetches);

  /// The same for one fetch of a poll, with the bytes of `fetch.document` (not needed where it is
  /// stored already). An answer that is a list stored before, under the same name or asked without
  /// one, and not the newest edition's, is recorded as a stale link: it is no sighting.
  RecordedPoll add_poll(const Fetch& fetch, const std::string& bytes);

  /// Whether a fetch of a poll was recorded already: the same URL at the same instant.
  bool has_poll(const Fetch& fetch);

  /// Whether that document, served under that name, is a stale link.
  bool is_stale(const Sha256& document, const std::string& file_name);

  /// What the polls so far know of a URL.
  UrlMemory recall(const std::string& url);

  /// For looking only: waits for nobody, and nobody waits for it. Needs the writer role.
  std::unique_ptr<Records> look();

  /// Asks for the lock of the one that polls (a session's advisory lock: it ends with this
  /// connection, however that ends); true also where this connection has it already. From then on
  /// a connection whose other end is gone is given up within half a minute, here and there, and
  /// what waits for another writer is a Failure after a minute, unless the server's or the
  /// connection's own lock_timeout says otherwise.
  bool try_to_lead();
  /// What tells this connection from all others on the server, while it is there and afterwards.
  std::string session();
  /// Has the server end a connection of this login that is not ours any more. True where it was
  /// there still: one that hangs may go on to be.
  bool end_session(const std::string& session);
  /// Whether the database answers, in a moment. Never throws.
  bool is_there() noexcept;

  /// Waits for other writers, then begins.
  std::unique_ptr<Consequences> begin_consequences();

  class Connection;  ///< the thin wrapper around libpqxx (storage/connection.h)
  Connection& connection() { return *connection_; }

 private:
  std::unique_ptr<Connection> connection_;
};

}  // namespace agreementd::storage
