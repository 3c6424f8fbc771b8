#pragma once

#include <string_view>

namespace agreementd::alerts {

/// Whether all of `text` is what `pattern` says: `*` is any number of characters, `?` is one, every
/// other stands for itself in either case (of the letters of Latin-1; others as they are). There is
/// no escape. UTF-8; the time is at most the product of both lengths.
bool matches_glob(std::string_view pattern, std::string_view text);

}  // namespace agreementd::alerts
