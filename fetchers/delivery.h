#pragma once

#include <string_view>

/// What became of something that was sent, by what is to be done about it.
namespace agreementd::fetchers {

enum class Delivery {
  delivered,  ///< the receiver has taken it
  refused,    ///< for good: sending it again comes to the same until a person changes something
  gone,       ///< the receiver is not there any more and will not be again (410)
  failed,     ///< it may come to something else later: to be sent again
};
/// The names above.
std::string_view to_string(Delivery delivery);

/// What an answer of HTTP to a POST comes to. 2xx: delivered; 410: gone; 408, 425 and 429: failed;
/// any other 4xx: refused; all else, also 3xx (redirects are not followed): failed.
Delivery delivery_of_status(int status);

}  // namespace agreementd::fetchers
