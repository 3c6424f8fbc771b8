#include "parsers/archive.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <zip.h>

#include "parsers/unreadable.h"

namespace agreementd::parsers {
namespace {

/// Below this a ratio says nothing: a few kilobytes of equal cells pack better than 100:1.
constexpr std::size_t ratio_matters_from = 1U << 20U;
constexpr std::size_t mebibyte = 1U << 20U;

struct CloseFile {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};

[[noreturn]] void damaged(const std::string& what) {
  throw Unreadable(fmt::format("truncated or damaged workbook ({}); download it again", what),
                   Outcome::truncated);
}

zip_t* open(std::string_view bytes) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  zip_t* archive = source ? zip_open_from_source(source, ZIP_RDONLY, &error) : nullptr;
  if (!archive) {
    const std::string reason = zip_error_strerror(&error);
    zip_error_fini(&error);
    if (source) zip_source_free(source);
    damaged(reason);
  }
  zip_error_fini(&error);
  return archive;
}

}  // namespace

void Archive::Close::operator()(zip* archive) const { zip_discard(archive); }

Archive::Archive(std::string_view bytes, const Limits& limits)
    : limits_(limits), packed_bytes_(bytes.size()), zip_(open(bytes)) {
  const auto entries = static_cast<std::size_t>(zip_get_num_entries(zip_.get(), 0));
  if (entries > limits_.entries)
    throw Unreadable(
        fmt::format(
            "workbook of {} entries, more than {}: not a list of ICE's; check where it came from",
            entries, limits_.entries),
        Outcome::too_large);
  check_announced_sizes();
}

/// What a zip announces is believed only where it speaks against it.
void Archive::check_announced_sizes() const {
  std::size_t announced = 0;
  for (zip_uint64_t i = 0; i < static_cast<zip_uint64_t>(zip_get_num_entries(zip_.get(), 0)); ++i) {
    zip_stat_t stat;
    if (zip_stat_index(zip_.get(), i, 0, &stat) != 0) continue;
    if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) && stat.encryption_method != ZIP_EM_NONE)
      throw Unreadable("password-protected workbook; save it without a password");
    if (stat.valid & ZIP_STAT_SIZE)
      announced += std::min<std::size_t>(stat.size, limits_.inflated_bytes + 1);
    if (announced > limits_.inflated_bytes) check_limits("all entries together", announced, 0);
  }
}

std::optional<std::string> Archive::read(const std::string& path) {
  const zip_int64_t index = zip_name_locate(zip_.get(), path.c_str(), ZIP_FL_NOCASE);
  if (index < 0) return std::nullopt;
  return inflate(static_cast<std::size_t>(index), path);
}

std::string Archive::inflate(std::size_t index, const std::string& path) {
  zip_stat_t stat;
  const std::unique_ptr<zip_file_t, CloseFile> file(zip_fopen_index(zip_.get(), index, 0));
  if (!file || zip_stat_index(zip_.get(), index, 0, &stat) != 0)
    damaged(path + ": " + zip_strerror(zip_.get()));
  const std::size_t packed = std::min<std::size_t>(stat.comp_size, packed_bytes_);

  std::string content;
  content.reserve(std::min<std::size_t>(stat.size, limits_.inflated_bytes));
  std::array<char, 1U << 16U> chunk;
  while (true) {
    const zip_int64_t got = zip_fread(file.get(), chunk.data(), chunk.size());
    if (got < 0) damaged(path + ": " + zip_file_strerror(file.get()));
    if (got == 0) break;
    check_limits(path, content.size() + static_cast<std::size_t>(got), packed);
    content.append(chunk.data(), static_cast<std::size_t>(got));
  }
  inflated_bytes_ += content.size();
  return content;
}

void Archive::check_limits(const std::string& path, std::size_t inflated,
                           std::size_t packed) const {
  if (inflated_bytes_ + inflated > limits_.inflated_bytes)
    throw Unreadable(fmt::format("workbook that inflates to more than {} MiB ({}): not a list of "
                                 "ICE's; check where it came from",
                                 limits_.inflated_bytes / mebibyte, path),
                     Outcome::too_large);
  if (packed > 0 && inflated > ratio_matters_from && inflated > packed * limits_.inflation_ratio)
    throw Unreadable(fmt::format("workbook that inflates more than {}:1 ({}): a zip bomb, not a "
                                 "list of ICE's; check where it came from",
                                 limits_.inflation_ratio, path),
                     Outcome::too_large);
}

}  // namespace agreementd::parsers
