#include "daemon/poll_records.h"

#include "model/result.h"
#include "storage/queries.h"

namespace agreementd::daemon {
namespace {

/// A page is small; what is larger is none to keep in memory.
constexpr std::size_t largest_page = 4U << 20U;  // bytes
constexpr std::size_t most_pages = 8;

}  // namespace

template <typename Ask, typename Otherwise>
std::invoke_result_t<Otherwise> PollRecords::ask(Ask ask, Otherwise otherwise) {
  if (store_ != nullptr) {
    try {
      return ask(*store_);
    } catch (const Failure& failure) {
      // Whatever is wrong with it, what comes from the source must not be lost.
      if (spool_ == nullptr) throw;
      trouble_ = failure.what();
      store_ = nullptr;
    }
  }
  return otherwise();
}

storage::UrlMemory PollRecords::recall(const std::string& url) {
  return ask(
      [&](storage::Store& store) {
        auto memory = store.recall(url);
        if (memory_ != nullptr) memory_->urls[url] = memory;
        return memory;
      },
      [&] { return recall_from_memory(url); });
}

/// A page that did not change must be known, for its links: where it is not, it is asked for anew.
storage::UrlMemory PollRecords::recall_from_memory(const std::string& url) {
  auto memory = memory_->urls[url];
  if (memory.document && !memory.list && !memory_->pages.contains(*memory.document)) {
    memory.document.reset();
    memory.etag.clear();
    memory.last_modified.clear();
  }
  return memory;
}

storage::RecordedPoll PollRecords::add(const Fetch& fetch, const std::string& bytes) {
  if (fetch.document) remember_page(*fetch.document, bytes);
  return ask([&](storage::Store& store) { return store.add_poll(fetch, bytes); },
             [&] { return spool(fetch, bytes); });
}

storage::RecordedPoll PollRecords::spool(const Fetch& fetch, const std::string& bytes) {
  auto& memory = memory_->urls[fetch.url];
  if (memory.last != fetch.outcome) memory.since = fetch.at;
  memory.last = fetch.outcome;
  if (!spool_->add(fetch, bytes)) {
    ++dropped_;
    return {fetch.outcome, false};
  }
  if (!fetch.document) return {fetch.outcome, false};
  memory.kept[fetch.outcome] = fetch.at;
  const bool news = memory.document != fetch.document;
  // Of a list the validators stay those of what the database has: which list this one is, only the
  // fold will say.
  if (fetch.outcome == Outcome::ok && !memory.list && fetch.answered_by.empty()) {
    memory.document = fetch.document;
    memory.outcome = fetch.outcome;
    memory.file_name = fetch.file_name;
    memory.etag = fetch.etag;
    memory.last_modified = fetch.last_modified;
  }
  return {fetch.outcome, news};
}

bool PollRecords::is_stale(const Sha256& document, const std::string& file_name) {
  return ask([&](storage::Store& store) { return store.is_stale(document, file_name); },
             [] { return false; });
}

std::string PollRecords::document(const Sha256& document) {
  return ask(
      [&](storage::Store& store) {
        auto bytes = storage::document_bytes(store, document);
        remember_page(document, bytes);
        return bytes;
      },
      [&] {
        const auto known = memory_->pages.find(document);
        return known != memory_->pages.end() ? known->second : spool_->document(document);
      });
}

void PollRecords::remember_page(const Sha256& document, const std::string& bytes) {
  if (memory_ == nullptr || bytes.size() > largest_page || bytes.starts_with("PK")) return;
  if (memory_->pages.size() >= most_pages) memory_->pages.clear();
  memory_->pages[document] = bytes;
}

}  // namespace agreementd::daemon
