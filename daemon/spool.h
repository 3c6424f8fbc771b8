#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "model/input.h"
#include "model/result.h"

namespace agreementd::daemon {

/// The folder cannot be used: no trouble of the database.
struct SpoolFailure final : Failure {
  using Failure::Failure;
};

/// A folder in which fetches wait while the database is away. What `add` took is there after a
/// crash or power cut; a document is kept once however often it is fetched. What cannot be read, or
/// is not what it was, is put aside under a name that ends in `.bad`, and stays.
class Spool {
 public:
  /// Makes the folder if need be and counts what is in it. It is this process's until it ends.
  /// SpoolFailure where that cannot be, or another process has it.
  Spool(std::string folder, std::uint64_t limit);
  ~Spool();
  Spool(const Spool&) = delete;
  Spool& operator=(const Spool&) = delete;

  /// Keeps the fetch, with the bytes of `fetch.document` if it has one. False where it cannot be
  /// kept, for `trouble`.
  bool add(const Fetch& fetch, const std::string& bytes);
  /// Why the last `add` could not: it is full, or the disk is; and what to do.
  [[nodiscard]] const std::string& trouble() const { return trouble_; }

  [[nodiscard]] std::size_t count() const { return count_; }    ///< fetches
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }  ///< on disk, about
  [[nodiscard]] std::uint64_t limit() const { return limit_; }  ///< of `bytes`
  [[nodiscard]] std::size_t bad() const;                        ///< files that are put aside
  /// Whether there is anything to drain.
  [[nodiscard]] bool holds_anything() const { return bytes_ > 0; }
  /// Whether that document is kept.
  [[nodiscard]] bool holds(const Sha256& document) const;
  /// The bytes of a document that it holds.
  [[nodiscard]] std::string document(const Sha256& document) const;

  enum class Taken {
    recorded,  ///< it is gone from here
    refused,   ///< it never will be: it is put aside
    not_now,   ///< it stays, and what comes after it
  };
  using Take = std::function<Taken(const Fetch& fetch, const std::string& bytes)>;
  /// Hands over what waits, the oldest first; each is gone once it is taken, a document with the
  /// last fetch of it. What is thrown by `take` goes through. Answers how many files it put aside.
  /// SpoolFailure where the folder cannot be read or written; then what was taken is taken again.
  std::size_t drain(const Take& take);

 private:
  void take_hold();
  void take_stock();
  static void put_aside(const std::string& file);
  static std::optional<Fetch> read(const std::string& file);
  bool is_whole(const Sha256& document);
  [[nodiscard]] std::map<Sha256, int> count_documents() const;
  bool hand_over(const Take& take);
  void put_aside_what_is_left();
  bool has_room_for(std::uint64_t more);

  std::string folder_;
  std::uint64_t limit_;
  int hold_ = -1;  ///< the folder, locked
  std::size_t count_ = 0;
  std::uint64_t bytes_ = 0;
  std::uint64_t next_ = 1;
  std::string trouble_;
  Sha256 read_document_;  ///< the document read last, and its bytes; empty: none
  std::string read_bytes_;
};

}  // namespace agreementd::daemon
