#include <fmt/format.h>

#include "daemon/commands/commands.h"
#include "daemon/files.h"
#include "storage/queries.h"

namespace agreementd::daemon {
namespace {

Sha256 resolve(storage::Store& store, const std::string& digits) {
  if (const auto whole = parse_sha256(digits)) return *whole;
  const auto found = storage::documents_beginning(store, digits);
  if (found.size() == 1) return found.front();
  throw Failure(found.empty()
                    ? fmt::format("document: none begins with {}: show and editions name those of "
                                  "lists, status those that cannot be read",
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
