#pragma once

#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "storage/store.h"

namespace agreementd::storage {

/// Connections that many threads share, each for a moment: however many there are, the server sees
/// `most`. Opened when they are needed, and kept.
class Pool {
 public:
  /// `uri`, `patience`: as of a `Store`.
  Pool(std::string uri, Patience patience, std::size_t most);

  /// A connection that nobody else uses while this lives. Where it ends by an exception the
  /// connection, which may be lost, is not used again.
  class Lease {
   public:
    ~Lease();
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    Store& operator*() { return *store_; }

   private:
    friend class Pool;
    Lease(Pool& pool, std::unique_ptr<Store> store);
    Pool& pool_;
    std::unique_ptr<Store> store_;
    int exceptions_;  // under way when it began
  };

  /// Waits while all are in use. Failure where there is no database, or it has not our schema;
  /// also where `patience` is told to stop.
  [[nodiscard]] Lease take();

 private:
  std::unique_ptr<Store> wait_for_one();
  void give_back(std::unique_ptr<Store> store);

  std::string uri_;
  Patience patience_;
  std::size_t most_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::size_t taken_ = 0;
  std::vector<std::unique_ptr<Store>> idle_;
};

}  // namespace agreementd::storage
