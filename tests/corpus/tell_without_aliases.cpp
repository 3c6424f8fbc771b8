// Folds all lists with the rules alone, without the shipped aliases, and prints the entries as CSV:
// the columns of `agreementctl changes` that need no database.
#include <iostream>
#include <map>
#include <string>

#include "daemon/commands/output.h"
#include "tests/corpus/read_corpus.h"
#include "tracking/refold.h"

namespace agreementd::corpus {
namespace {

std::string fields_of(const Change& change) {
  std::string fields;
  for (const auto& field : change.fields) {
    if (!fields.empty()) fields += ';';
    fields += to_string(field.field);
  }
  return fields;
}

std::vector<std::optional<std::string>> cells(const Change& change) {
  return {std::string(to_string(change.list)),
          std::string(to_string(change.kind)),
          change.reason,
          change.state,
          change.agency,
          change.model,
          change.signed_on ? to_string(*change.signed_on) : "",
          to_string(change.effective_date),
          change.edition_file,
          fields_of(change)};
}

std::vector<Change> changes_by_rules_alone() {
  auto all = read_all(lists());
  const std::map<Sha256, Reading> readings(all.readings.begin(), all.readings.end());
  const auto arranged = tracking::arrange(std::move(all.sightings), {});
  const tracking::Rules no_aliases;
  return tracking::refold({}, arranged,
                          [&](std::size_t number) -> const Reading& {
                            return readings.at(arranged[number].edition.document);
                          },
                          no_aliases, {})
      .folded.changes;
}

}  // namespace
}  // namespace agreementd::corpus

int main() {
  using namespace agreementd;
  storage::Table table;
  table.columns = {"list",  "kind",   "reason",         "state",        "agency",
                   "model", "signed", "effective_date", "edition_file", "fields"};
  for (const auto& change : corpus::changes_by_rules_alone())
    table.rows.push_back(corpus::cells(change));
  std::cout << daemon::format_csv(table);
}
