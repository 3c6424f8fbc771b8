#pragma once

#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>

namespace agreementd::daemon {

/// The reader of the output went away (`| head`): stop, and say nothing.
struct OutputClosed {};

/// Where a command prints: standard output for what was asked for, standard error for what went
/// wrong.
class Console {
 public:
  /// The streams must outlive it. Neither is closed. `program`: who complains.
  Console(std::FILE* output, std::FILE* errors, std::string program = "agreementctl");

  /// Writes to the output as it is: what comes from outside goes through `printable` or `output.h`
  /// first. Failure where it cannot be written (a full disk); OutputClosed where nobody reads any
  /// more.
  void print(std::string_view text);
  /// Makes sure that all of it was written; the same failures.
  void flush();
  /// `program: message` as one line, control characters escaped, on standard error.
  void complain(std::string_view message);
  /// Writes to standard error as it is, for a progress bar. Failures do not matter.
  void draw(std::string_view text);

  /// Whether a person reads the output (the errors) on a terminal.
  [[nodiscard]] bool output_is_terminal() const { return output_is_terminal_; }
  [[nodiscard]] bool errors_are_terminal() const { return errors_are_terminal_; }
  /// Columns of the output's terminal; 0 where it is none or does not say.
  [[nodiscard]] std::size_t width() const;

 private:
  std::FILE* output_;
  std::FILE* errors_;
  std::string program_;
  bool output_is_terminal_;
  bool errors_are_terminal_;
};

}  // namespace agreementd::daemon
