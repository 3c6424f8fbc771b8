#pragma once

#include <algorithm>
#include <cstddef>

#include <fmt/format.h>

#include "parsers/list.h"
#include "parsers/unreadable.h"

namespace agreementd::parsers {

/// What reading may cost beyond the bytes inflated: one long shared string may stand in every cell,
/// one merged cell or link may span every row. Each `spend` throws `Unreadable` when it is too
/// much.
class Budget {
 public:
  explicit Budget(const Limits& limits) : limits_(limits) {}

  /// Text copied into a cell.
  void spend_text(std::size_t bytes) {
    text_ += bytes;
    if (text_ > limits_.inflated_bytes)
      refuse(fmt::format("{} MiB of text in its cells", limits_.inflated_bytes >> 20U));
  }
  /// A row that is kept, on any sheet. Titles, headers and small extra sheets are not the list's
  /// rows: those are counted exactly when they are known (`check_row_count`).
  void spend_row() {
    ++rows_;
    check_row_count(rows_ - std::min(rows_, rows_beside_the_list));
  }
  /// `rows` of the list.
  void check_row_count(std::size_t rows) const {
    if (rows > limits_.rows) refuse(fmt::format("{} rows", limits_.rows));
  }
  /// A cell touched because a link or a merged cell spans it.
  void spend_span() {
    if (++spans_ > spans_allowed) refuse(fmt::format("{} cells under spans", spans_allowed));
  }

 private:
  static constexpr std::size_t rows_beside_the_list = 1000;
  static constexpr std::size_t spans_allowed = 2'000'000;

  [[noreturn]] static void refuse(const std::string& what) {
    throw Unreadable(
        "more than " + what +
            ": not a list of ICE's, which has a few thousand rows; check where it came "
            "from",
        Outcome::too_large);
  }

  Limits limits_;
  std::size_t text_ = 0;
  std::size_t rows_ = 0;
  std::size_t spans_ = 0;
};

}  // namespace agreementd::parsers
