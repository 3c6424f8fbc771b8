#pragma once

#include <functional>
#include <string>

#include "storage/store.h"
#include "storage/table.h"

namespace agreementd::storage {

/// A table as it is exported: `name`.csv.
struct ExportedTable {
  std::string name;
  Table table;
};
/// Called for each, with (done, total) tables before it.
using ReceiveTable = std::function<void(const ExportedTable&, int done, int total)>;

/// Everything believed now, sorted by what it says rather than by ids: `agreements`,
/// `agreement_versions`, `applications`, `changes`, `editions`, `agencies`. All of one moment.
/// Needs no more than the reader role. `recorded`: with our own clock, retracted entries and
/// retractions; without, two histories that say the same export the same, whenever and in whatever
/// order they were recorded.
///
/// Answers the text of datapackage.json (Frictionless Data Package, frictionlessdata.io/specs):
/// names, types and meanings of all columns, the meanings from the comments of the database.
std::string export_tables(Store& store, bool recorded, const ReceiveTable& receive);

}  // namespace agreementd::storage
