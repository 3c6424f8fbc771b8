#include "storage/pool.h"

#include <exception>
#include <utility>

#include "model/result.h"

namespace agreementd::storage {

Pool::Pool(std::string uri, Patience patience, std::size_t most)
    : uri_(std::move(uri)), patience_(std::move(patience)), most_(most) {}

Pool::Lease::Lease(Pool& pool, std::unique_ptr<Store> store)
    : pool_(pool), store_(std::move(store)), exceptions_(std::uncaught_exceptions()) {}

Pool::Lease::~Lease() {
  if (std::uncaught_exceptions() > exceptions_) store_.reset();
  pool_.give_back(std::move(store_));
}

Pool::Lease Pool::take() {
  auto store = wait_for_one();
  try {
    if (store == nullptr) {
      store = std::make_unique<Store>(uri_, patience_);
      store->require_schema();
    }
  } catch (...) {
    give_back(nullptr);
    throw;
  }
  return {*this, std::move(store)};
}

/// Nothing: one may be opened.
std::unique_ptr<Store> Pool::wait_for_one() {
  std::unique_lock lock(mutex_);
  if (!changed_.wait(lock, patience_.stop, [this] { return taken_ < most_; }))
    throw Failure("it was told to stop");
  ++taken_;
  if (idle_.empty()) return nullptr;
  auto store = std::move(idle_.back());
  idle_.pop_back();
  return store;
}

void Pool::give_back(std::unique_ptr<Store> store) {
  const std::lock_guard lock(mutex_);
  --taken_;
  if (store != nullptr)
    idle_.push_back(std::move(store));
  else
    idle_.clear();  // what took one away took the others too
  changed_.notify_one();
}

}  // namespace agreementd::storage
