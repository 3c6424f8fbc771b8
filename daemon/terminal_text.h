#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// Text from outside (agency names, file names, server messages) on a person's terminal.
namespace agreementd::daemon {

/// `text` in one line that can neither steer a terminal nor mislead its reader: control characters
/// (C0, C1, line ends), invisible and direction-changing characters and bytes that are no UTF-8 are
/// written as `\n`, `\x1b`, `\u{202e}`. Everything else is unchanged.
std::string printable(std::string_view text);

/// Whether all of `text` is well-formed UTF-8.
bool is_utf8(std::string_view text);

/// Columns that `text` takes on a terminal: East Asian wide characters two, combining ones none.
/// Expects what `printable` answers.
std::size_t display_width(std::string_view text);

/// `text`, or its beginning and `…` where it takes more than `width` (at least 1) columns.
std::string shortened(std::string_view text, std::size_t width);

/// `text` filled up with spaces to `width` columns, at its end or, for numbers, at its beginning.
std::string padded(std::string_view text, std::size_t width, bool right_aligned = false);

/// `text` broken at spaces so that no line is longer than `width` columns where that is possible,
/// every line but the first indented by `indent` spaces (which count).
std::string wrapped(std::string_view text, std::size_t width, std::size_t indent);

}  // namespace agreementd::daemon
