#include "storage/store.h"

#include "model/result.h"
#include "storage/connection.h"
#include "storage/schema.h"

namespace agreementd::storage {

Store::Store(const std::string& uri) : connection_(std::make_unique<Connection>(uri)) {}
Store::~Store() = default;
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;

void Store::require_schema() {
  const int stored = stored_schema(*this);
  const int ours = newest_schema();
  if (stored == ours) return;
  if (stored == 0)
    throw Failure("the database has no schema agreementd yet: run agreementctl setup");
  const auto versions =
      "schema " + std::to_string(stored) + ", this program is for " + std::to_string(ours);
  throw Failure(stored < ours ? "the database has " + versions + ": run agreementctl migrate"
                              : "the database has " + versions + ": upgrade agreementd");
}

}  // namespace agreementd::storage
