#pragma once

#include <string>

#include "model/result.h"

/// What the database's errors mean to a person: one line that says what to do, and never a
/// password.
namespace agreementd::storage {

/// Of an attempt to connect, from libpq's message. Only messages known to hold no part of the URI
/// are passed on: others quote what could not be parsed, and that may be a password.
Failure connection_failure(const std::string& message);

/// Of a connection lost in the middle. `committing`: nobody knows whether the commit was done.
Failure lost_connection(bool committing);

/// Of a statement the server refused: its message and SQLSTATE (PostgreSQL, appendix A).
Failure statement_failure(const std::string& message, const std::string& sqlstate);

}  // namespace agreementd::storage
