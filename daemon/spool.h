#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

#include "model/input.h"

namespace agreementd::daemon {

/// A folder in which fetches wait while the database is away. What `add` took is there after a
/// crash or power cut; a document is kept once however often it is fetched. One process at a time.
class Spool {
 public:
  /// Makes the folder if need be and counts what is in it. Failure where that cannot be done.
  Spool(std::string folder, std::uint64_t limit);

  /// Keeps the fetch, with the bytes of `fetch.document` if it has one. False where it would be
  /// more than `limit` bytes in all. Failure where it cannot be written.
  bool add(const Fetch& fetch, const std::string& bytes);

  [[nodiscard]] std::size_t count() const { return count_; }    ///< fetches
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }  ///< on disk, about
  /// Whether that document is kept.
  [[nodiscard]] bool holds(const Sha256& document) const;
  /// The bytes of a document that it holds.
  [[nodiscard]] std::string document(const Sha256& document) const;

  using Take = std::function<void(const Fetch& fetch, const std::string& bytes)>;
  /// Hands over what waits, the oldest first; each is gone once `take` returned. What cannot be
  /// read is put aside under a name that ends in `.bad` and counted. Failure where the folder
  /// cannot be read or written.
  std::size_t drain(const Take& take);

 private:
  void take_stock();
  std::size_t hand_over(const Take& take);

  std::string folder_;
  std::uint64_t limit_;
  std::size_t count_ = 0;
  std::uint64_t bytes_ = 0;
  std::uint64_t next_ = 1;
};

}  // namespace agreementd::daemon
