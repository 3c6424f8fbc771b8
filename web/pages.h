#pragma once

#include <functional>
#include <string>
#include <vector>

#include "web/route.h"

namespace agreementd::web {

/// Whether all is well, and one line that says so or what is not.
struct Health {
  bool ok = true;
  std::string text;
};

/// What a supervisor and Prometheus ask for. Each is to answer in milliseconds.
struct Pages {
  std::function<Health()> live;          ///< `/healthz`: 200 or 503
  std::function<Health()> ready;         ///< `/readyz`: 200 or 503
  std::function<std::string()> metrics;  ///< `/metrics`: text exposition format 0.0.4
};

/// The routes of these pages.
std::vector<Route> routes_of(Pages pages);

}  // namespace agreementd::web
