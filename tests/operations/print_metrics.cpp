// Prints what /metrics shows of a service that has just started: every series it will ever have.
#include <iostream>

#include "web/metrics.h"

int main() {
  std::cout << agreementd::web::Metrics("0", 0).text();
  return std::cout.good() ? 0 : 1;
}
