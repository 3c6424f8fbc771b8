#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "daemon/commands.h"
#include "daemon/files.h"
#include "daemon/history.h"
#include "storage/queries.h"

namespace agreementd::daemon {
namespace {

/// Documents whose SHA-256 begins like this: those of lists; what nobody could read has no
/// sighting.
std::set<Sha256> documents_beginning(storage::Store& store, const std::string& digits) {
  std::set<Sha256> found;
  for (const auto& row : edition_sightings(store))
    for (const auto& sighting : row.sightings)
      if (to_hex(sighting.document).starts_with(digits)) found.insert(sighting.document);
  return found;
}

Sha256 resolve(storage::Store& store, const std::string& digits) {
  if (const auto whole = parse_sha256(digits)) return *whole;
  const auto found = documents_beginning(store, digits);
  if (found.size() == 1) return *found.begin();
  throw Failure(found.empty()
                    ? fmt::format("document: no list begins with {}: see show and editions, "
                                  "or write all 64 digits",
                                  digits)
                    : fmt::format("document: {} documents begin with {}: write more digits",
                                  found.size(), digits));
}

}  // namespace

ExitStatus run_document(const Session& session) {
  const Options& options = session.options;
  const bool to_output = options.output_file == "-";
  if (to_output && session.console.output_is_terminal())
    throw Failure("document: a list is no text for a terminal: use -o FILE, or a pipe",
                  ExitStatus::usage);
  auto store = session.open();
  const auto sha256 = resolve(store, options.text);
  const auto bytes = storage::document_bytes(store, sha256);
  if (to_output)
    session.console.print(bytes);
  else
    write_file(options.output_file, bytes, options.force);
  return ExitStatus::done;
}

}  // namespace agreementd::daemon
