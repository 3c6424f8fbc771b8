// Prints what /metrics shows of a service that has just started: every series it will ever have, of
// one sink.
#include <iostream>

#include "web/metrics.h"

int main() {
  agreementd::web::Metrics metrics("0", 0);
  metrics.set_sink("desk", {});
  std::cout << metrics.text();
  return std::cout.good() ? 0 : 1;
}
