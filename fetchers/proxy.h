#pragma once

#include <string>

#include "fetchers/url.h"

namespace agreementd::fetchers {

/// The proxy by which `url` (https) is asked for, from `https_proxy`, `HTTPS_PROXY`, `all_proxy` or
/// `ALL_PROXY`, whichever is set first and not empty; empty: none, as for loopback, and for what
/// `no_proxy` or `NO_PROXY` excepts: hosts with all below them, addresses, networks
/// (`10.0.0.0/8`), separated by commas or spaces; `*` is all.
///
/// libcurl reads the same variables, but does not tell what it made of them before it connects.
/// Where that decides whether an address is checked, it is told this instead.
std::string proxy_for(const Url& url);

}  // namespace agreementd::fetchers
