#pragma once

#include <string>

/// The name under which a server gives a file.
namespace agreementd::fetchers {

/// The base name that a Content-Disposition header gives (RFC 6266, and as servers write it:
/// unquoted names with spaces occur); `filename*` before `filename`. Empty: none, or none in UTF-8.
/// Without folders, control characters and those that are invisible or turn the direction of text,
/// at most 255 bytes, never `.` or `..`.
std::string file_name_of_disposition(const std::string& header);

/// That of a percent-encoded path, where it ends in a name with an extension; else empty.
std::string file_name_of_path(const std::string& path);

}  // namespace agreementd::fetchers
