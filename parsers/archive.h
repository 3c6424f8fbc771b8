#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "parsers/list.h"

struct zip;

namespace agreementd::parsers {

/// The zip that an .xlsx workbook is, opened in memory. Limits hold while bytes are inflated,
/// whatever the zip says about its own sizes. Not thread-safe.
class Archive {
 public:
  /// `bytes` must outlive the archive. Throws `Unreadable`: truncated, damaged, encrypted, too many
  /// entries, or more content announced than the limits allow.
  Archive(std::string_view bytes, const Limits& limits);

  /// The content of the entry at `path` (no leading slash, case does not count), or nothing where
  /// there is none. Throws `Unreadable`: damaged, or beyond a limit.
  std::optional<std::string> read(const std::string& path);

 private:
  struct Close {
    void operator()(zip* archive) const;
  };
  std::string inflate(std::size_t index, const std::string& path);
  void check_announced_sizes() const;
  void check_limits(const std::string& path, std::size_t inflated, std::size_t packed) const;

  Limits limits_;
  std::size_t packed_bytes_;        ///< of the whole zip
  std::size_t inflated_bytes_ = 0;  ///< of the entries read before
  std::unique_ptr<zip, Close> zip_;
};

}  // namespace agreementd::parsers
