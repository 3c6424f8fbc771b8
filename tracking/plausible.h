#pragma once

#include <optional>
#include <string>

#include "model/listing.h"
#include "tracking/rules.h"

namespace agreementd::tracking {

/// What an edition would do, counted after matching.
struct Effect {
  List list = List::participating;
  int live = 0;          ///< agreements live before it
  int leaving = 0;       ///< of them not listed any more
  int explained = 0;     ///< of the leaving: signed; superseded or switched
  int relabelled = 0;    ///< of the others: now of quite another agency, another state or model
  int entering = 0;      ///< new agreements
  int rows = 0;          ///< listings
  int unreadable = 0;    ///< of them
  int signed_later = 0;  ///< rows signed after the edition's own date
  int linked = 0;        ///< rows that link an MOA
  bool reverts = false;  ///< its content is that of an older edition, not the last accepted one's
  int periods = 1;       ///< started 30 days since the last accepted edition, at least 1
};

/// Why a person must look at it before it may count, in words; nothing: it is plausible.
std::optional<std::string> implausible(const Effect& effect, const Plausibility& rules);

}  // namespace agreementd::tracking
