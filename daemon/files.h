#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// Whole files in and out.
namespace agreementd::daemon {

/// The bytes of `path`. Failure naming it where it cannot be opened or read, or has more than
/// `limit` bytes.
std::string read_file(const std::string& path, std::size_t limit);

/// The first bytes of `path`, at most `size`. Failure as above.
std::string read_head(const std::string& path, std::size_t size);

/// Writes `bytes` to `path` so that at every moment there is the whole file or none (or the old
/// one), also after a power cut. Failure where it exists and `overwrite` is false, where it is no
/// regular file, or where it cannot be written; then nothing is left behind.
void write_file(const std::string& path, std::string_view bytes, bool overwrite);

}  // namespace agreementd::daemon
