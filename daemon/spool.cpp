#include "daemon/spool.h"

#include <charconv>
#include <filesystem>
#include <map>
#include <system_error>
#include <utility>

#include <fmt/format.h>

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
  throw Failure(fmt::format("cannot keep fetches in {}: {}: make room, or set spool.folder", folder,
                            error.message()));
}

}  // namespace

Spool::Spool(std::string folder, std::uint64_t limit) : folder_(std::move(folder)), limit_(limit) {
  std::error_code error;
  fs::create_directories(folder_, error);
  if (error) fail(folder_, error);
  fs::permissions(folder_, fs::perms::owner_all, error);
  try {
    take_stock();
  } catch (const fs::filesystem_error& failure) {
    fail(folder_, failure.code());
  }
}

void Spool::take_stock() {
  bytes_ = 0;
  for (const auto& entry : fs::directory_iterator(folder_))
    if (entry.is_regular_file()) bytes_ += entry.file_size();
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

bool Spool::add(const Fetch& fetch, const std::string& bytes) {
  const auto text = to_json(fetch);
  const bool new_document = fetch.document && !holds(*fetch.document);
  const auto more = text.size() + (new_document ? bytes.size() : 0);
  if (bytes_ + more > limit_) return false;
  // The document first: a fetch is never there without it.
  if (new_document) write_file(path_of(folder_, *fetch.document), bytes, true);
  const auto name = fmt::format("{:012}{}", next_++, fetch_suffix);
  write_file((fs::path(folder_) / name).string(), text, false);
  bytes_ += more;
  ++count_;
  return true;
}

std::size_t Spool::drain(const Take& take) {
  try {
    return hand_over(take);
  } catch (const fs::filesystem_error& failure) {
    fail(folder_, failure.code());
  }
}

std::size_t Spool::hand_over(const Take& take) {
  std::size_t bad = 0;
  for (const auto& [number, path] : fetches_in(folder_)) {
    const auto fetch = parse_fetch(read_file(path.string(), largest_fetch));
    if (!fetch || (fetch->document && !holds(*fetch->document))) {
      fs::rename(path, path.string() + ".bad");
      ++bad;
      continue;
    }
    take(*fetch, fetch->document ? document(*fetch->document) : std::string{});
    fs::remove(path);
  }
  for (const auto& entry : fs::directory_iterator(folder_))
    if (entry.path().extension() == document_suffix && bad == 0) fs::remove(entry.path());
  take_stock();
  return bad;
}

}  // namespace agreementd::daemon
