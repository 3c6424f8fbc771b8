#pragma once

#include <map>
#include <string>
#include <type_traits>

#include "daemon/spool.h"
#include "storage/store.h"

namespace agreementd::daemon {

/// What the polls so far know, kept in memory for the time when the database cannot be asked.
struct PollMemory {
  std::map<std::string, storage::UrlMemory> urls;
  std::map<Sha256, std::string> pages;  ///< bytes of the pages that stand, by document
};

/// Where a poll keeps what it fetches and what it asks about earlier ones: the database, and from
/// the moment it is away the spool. Without a spool that moment is a Failure.
class PollRecords {
 public:
  explicit PollRecords(storage::Store& store) : store_(&store) {}
  /// `store`: nullptr, it is away already. All must outlive it.
  PollRecords(storage::Store* store, PollMemory& memory, Spool& spool)
      : store_(store), memory_(&memory), spool_(&spool) {}

  storage::UrlMemory recall(const std::string& url);
  /// Keeps the fetch and its bytes before the next is asked for. Where the spool is full it is not
  /// kept, and no news.
  storage::RecordedPoll add(const Fetch& fetch, const std::string& bytes);
  /// False while the database is away: nobody knows.
  bool is_stale(const Sha256& document, const std::string& file_name);
  std::string document(const Sha256& document);

  [[nodiscard]] bool away() const { return store_ == nullptr; }
  /// What was wrong with the database, where it was there at first.
  [[nodiscard]] const std::string& trouble() const { return trouble_; }
  /// Fetches that were not kept, the spool being full.
  [[nodiscard]] int dropped() const { return dropped_; }

 private:
  template <typename Ask, typename Otherwise>
  std::invoke_result_t<Otherwise> ask(Ask ask, Otherwise otherwise);

  storage::UrlMemory recall_from_memory(const std::string& url);
  storage::RecordedPoll spool(const Fetch& fetch, const std::string& bytes);
  void remember_page(const Sha256& document, const std::string& bytes);

  storage::Store* store_;
  PollMemory* memory_ = nullptr;
  Spool* spool_ = nullptr;
  std::string trouble_;
  int dropped_ = 0;
};

}  // namespace agreementd::daemon
