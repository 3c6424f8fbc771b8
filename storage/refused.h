#pragma once

#include "model/result.h"

namespace agreementd::storage {

/// The database will never take what it was given, however often: a value out of range or too long,
/// a constraint. No trouble of its own.
class RefusedData final : public Failure {
 public:
  explicit RefusedData(const Failure& failure) : Failure(failure) {}
};

}  // namespace agreementd::storage
