#pragma once

#include <curl/curl.h>

#include "fetchers/address.h"

namespace agreementd::fetchers {

/// Which addresses may be connected to: asked with the very address, after the name was looked up,
/// so that it does not matter what the name says when it is looked up again.
struct AddressGate {
  bool loopback = false;  ///< the host asked for is this machine: then it alone, else never
  bool anything = false;  ///< wherever the name leads; `loopback` comes before it
  int opened = 0;         ///< how many addresses were let through in this exchange …
  int refused = 0;        ///< … and how many were not

  [[nodiscard]] bool lets_through(Zone zone) const;
};

/// From now on `easy` opens no socket but through `gate`, which must outlive its exchange.
void pass_through(CURL* easy, AddressGate& gate);

}  // namespace agreementd::fetchers
