#pragma once

#include <string>
#include <string_view>

namespace agreementd::alerts {

/// The characters of a text in UTF-8. A byte that belongs to none (also of an overlong form, a
/// surrogate, what is above U+10FFFF) becomes U+FFFD.
std::u32string characters(std::string_view utf8);

/// The same in UTF-8. Precondition: none is a surrogate or above U+10FFFF.
std::string utf8(std::u32string_view characters);

/// How many characters `characters` finds.
std::size_t length(std::string_view utf8);

}  // namespace agreementd::alerts
