#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <variant>

namespace agreementd {

/// What went wrong, in one line a person can act on: what failed, on what, what to do.
struct Error {
  std::string message;
};

/// A value, or the reason there is none. For failures that are part of the data (an unreadable
/// workbook, a date that is none). What only a caller far up can report is thrown as `Failure`.
template <typename T>
class Result {
 public:
  Result(T value) : content_(std::move(value)) {}      // NOLINT(google-explicit-constructor)
  Result(Error error) : content_(std::move(error)) {}  // NOLINT(google-explicit-constructor)

  [[nodiscard]] bool ok() const { return std::holds_alternative<T>(content_); }
  explicit operator bool() const { return ok(); }
  /// Precondition: ok().
  const T& operator*() const { return std::get<T>(content_); }
  T& operator*() { return std::get<T>(content_); }
  const T* operator->() const { return &std::get<T>(content_); }
  T* operator->() { return &std::get<T>(content_); }
  /// Precondition: !ok().
  [[nodiscard]] const std::string& error() const { return std::get<Error>(content_).message; }

 private:
  std::variant<T, Error> content_;
};

/// Exit statuses of the command line: promises to scripts.
enum class ExitStatus {
  done = 0,
  failed = 1,
  usage = 2,
  source_unavailable = 3,
  quarantined = 4,
  database_unreachable = 5,
};

/// Thrown where only the operation as a whole can react. `what()` is one line: what failed, on
/// what, what to do.
class Failure : public std::runtime_error {
 public:
  explicit Failure(const std::string& message, ExitStatus status = ExitStatus::failed)
      : std::runtime_error(message), status_(status) {}
  [[nodiscard]] ExitStatus status() const { return status_; }

 private:
  ExitStatus status_;
};

}  // namespace agreementd
