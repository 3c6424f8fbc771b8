#pragma once

#include <string>

#include "model/hash.h"
#include "model/history.h"
#include "model/result.h"

namespace agreementd {

/// The entry's canonical JSON text (RFC 8785: keys sorted, no white space; strings, integers,
/// booleans, objects and arrays only). What is absent (`related_id`, `retracts_seq`) has no key.
///
/// Keys: after, agency, agency_id, agreement_id, before, cause, edition_file, edition_id,
/// effective_date, evidence, fields, kind, list, model, reason, recorded_at, related_id,
/// retracts_seq, seq, signed, significance, state, unconfirmed. `before` and `after` are objects of
/// the changed fields; `signed` is ISO or empty.
std::string canonical_json(const Entry& entry);

/// Reads a text written by `canonical_json`. Error: names what is missing or wrong.
Result<Entry> parse_entry(const std::string& text);

/// An entry as it is stored.
struct LoggedEntry {
  Entry entry;
  std::string text;  ///< its canonical JSON, verbatim
  Sha256 hash;       ///< in the chain
};

/// The hash of an entry in the chain: SHA-256(previous hash's 32 bytes ‖ text). The first previous
/// hash is 32 zero bytes.
inline Sha256 chain_hash(const Sha256& previous, const std::string& text) {
  return sha256(previous, text);
}

}  // namespace agreementd
