#include "daemon/spool.h"

#include <cerrno>
#include <charconv>
#include <filesystem>
#include <map>
#include <system_error>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include "daemon/files.h"
#include "model/fetch_text.h"

namespace agreementd::daemon {
namespace {

namespace fs = std::filesystem;

// `<number>.fetch`: the fetch as JSON, numbered in the order in which they came.
// `<SHA-256>.document`: the bytes.
constexpr auto fetch_suffix = ".fetch";
constexpr auto document_suffix = ".document";
constexpr std::size_t largest_fetch = 1U << 20U;      // bytes
constexpr std::size_t largest_document = 64U << 20U;  // bytes; more than a fetch may bring

std::uint64_t number_of(const fs::path& file) {
  const auto name = file.stem().string();
  std::uint64_t number = 0;
  std::from_chars(name.data(), name.data() + name.size(), number);
  return number;
}

std::string path_of(const std::string& folder, const Sha256& document) {
  return (fs::path(folder) / (to_hex(document) + document_suffix)).string();
}

/// By number.
std::map<std::uint64_t, fs::path> fetches_in(const std::string& folder) {
  std::map<std::uint64_t, fs::path> found;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.path().extension() == fetch_suffix)
      found.emplace(number_of(entry.path()), entry.path());
  return found;
}

[[noreturn]] void fail(const std::string& folder, const std::error_code& error) {
  throw SpoolFailure(
      fmt::format("cannot keep fetches in {}: {}: make room there, or see that it can be written",
                  folder, error.message()));
}

bool is_ours(const fs::path& file) {
  return file.extension() == fetch_suffix || file.extension() == document_suffix;
}

}  // namespace

Spool::Spool(std::string folder, std::uint64_t limit) : folder_(std::move(folder)), limit_(limit) {
  std::error_code error;
  fs::create_directories(folder_, error);
  if (error) fail(folder_, error);
  fs::permissions(folder_, fs::perms::owner_all, error);
  take_hold();
  try {
    take_stock();
  } catch (const fs::filesystem_error& failure) {
    fail(folder_, failure.code());
  }
}

Spool::~Spool() {
  if (hold_ >= 0) close(hold_);
}

/// Two would drain each other's files.
void Spool::take_hold() {
  hold_ = open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (hold_ < 0) fail(folder_, std::error_code(errno, std::generic_category()));
  if (flock(hold_, LOCK_EX | LOCK_NB) != 0)
    throw SpoolFailure(fmt::format(
        "another agreementd uses {}: give this one a spool.folder and an http.listen of its own",
        folder_));
}

void Spool::take_stock() {
  bytes_ = 0;
  for (const auto& entry : fs::directory_iterator(folder_)) {
    std::error_code ignored;
    if (is_ours(entry.path()) && entry.is_regular_file(ignored)) bytes_ += entry.file_size(ignored);
  }
  const auto fetches = fetches_in(folder_);
  count_ = fetches.size();
  if (!fetches.empty()) next_ = std::max(next_, fetches.rbegin()->first + 1);
}

bool Spool::holds(const Sha256& document) const {
  std::error_code ignored;
  return fs::exists(path_of(folder_, document), ignored);
}

std::string Spool::document(const Sha256& document) const {
  return read_file(path_of(folder_, document), largest_document);
}

bool Spool::has_room_for(std::uint64_t more) {
  if (bytes_ + more <= limit_) return true;
  trouble_ = "the spool is full: bring the database back, or set spool.size";
  return false;
}

bool Spool::add(const Fetch& fetch, const std::string& bytes) {
  const auto text = to_json(fetch);
  const bool new_document = fetch.document && !holds(*fetch.document);
  const auto more = text.size() + (new_document ? bytes.size() : 0);
  if (!has_room_for(more)) return false;
  try {
    // The document first: a fetch is never there without it.
    if (new_document) write_file(path_of(folder_, *fetch.document), bytes, true);
    const auto name = fmt::format("{:012}{}", next_++, fetch_suffix);
    write_file((fs::path(folder_) / name).string(), text, false);
  } catch (const Failure& failure) {
    trouble_ = fmt::format("{}: make room there, or bring the database back", failure.what());
    return false;
  }
  bytes_ += more;
  ++count_;
  return true;
}

std::optional<Fetch> Spool::read(const std::string& file) {
  try {
    auto fetch = parse_fetch(read_file(file, largest_fetch));
    if (fetch) return std::move(*fetch);
  } catch (const Failure&) {  // it cannot be read: whatever it is, it is no fetch
  }
  return std::nullopt;
}

/// Whether the document is there as it was given.
bool Spool::is_whole(const Sha256& document) {
  if (document == read_document_ && !read_bytes_.empty()) return true;
  try {
    auto bytes = this->document(document);
    if (sha256(bytes) != document) return false;
    read_document_ = document;
    read_bytes_ = std::move(bytes);
    return true;
  } catch (const Failure&) {
    return false;
  }
}

/// Under a name that nothing has: what was put aside before stays too.
void Spool::put_aside(const std::string& file) {
  auto name = file + ".bad";
  std::error_code ignored;
  for (int number = 2; fs::exists(fs::symlink_status(name, ignored)); ++number)
    name = fmt::format("{}.{}.bad", file, number);
  fs::rename(file, name);
}

std::size_t Spool::bad() const {
  std::size_t count = 0;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder_, ignored))
    if (entry.path().extension() == ".bad") ++count;
  return count;
}

std::size_t Spool::drain(const Take& take) {
  const auto before = bad();
  try {
    if (hand_over(take)) put_aside_what_is_left();
    take_stock();
  } catch (const fs::filesystem_error& failure) {
    fail(folder_, failure.code());
  }
  read_bytes_.clear();
  return bad() - before;
}

/// How many of the fetches have each document.
std::map<Sha256, int> Spool::count_documents() const {
  std::map<Sha256, int> count;
  for (const auto& [number, path] : fetches_in(folder_))
    if (const auto fetch = read(path.string()); fetch && fetch->document) ++count[*fetch->document];
  return count;
}

/// False where it was told to stop. What cannot be removed is handed over again the next time.
bool Spool::hand_over(const Take& take) {
  auto left = count_documents();
  std::error_code not_removed;
  for (const auto& [number, path] : fetches_in(folder_)) {
    const auto fetch = read(path.string());
    const auto document = fetch ? fetch->document : std::nullopt;
    const bool whole = fetch && (!document || is_whole(*document));
    const auto taken =
        whole ? take(*fetch, document ? read_bytes_ : std::string{}) : Taken::refused;
    if (taken == Taken::not_now) return false;
    std::error_code error;
    if (taken == Taken::refused)
      put_aside(path.string());
    else if (fs::remove(path, error); !error && document && --left[*document] == 0)
      fs::remove(path_of(folder_, *document), error);
    if (error) not_removed = error;
  }
  if (not_removed) throw fs::filesystem_error("", not_removed);
  return true;
}

/// Evidence yet: of a fetch that was put aside, or was never written down.
void Spool::put_aside_what_is_left() {
  std::vector<std::string> left;
  for (const auto& entry : fs::directory_iterator(folder_))
    if (entry.path().extension() == document_suffix) left.push_back(entry.path().string());
  for (const auto& document : left) put_aside(document);
}

}  // namespace agreementd::daemon
