#pragma once

#include <curl/curl.h>

#include "fetchers/session.h"

namespace agreementd::fetchers {

/// What curl's error means. `answered`: a status line had come.
Fault fault_of(CURLcode code, bool answered);

}  // namespace agreementd::fetchers
