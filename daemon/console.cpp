#include "daemon/console.h"

#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "daemon/terminal_text.h"
#include "model/result.h"

namespace agreementd::daemon {
namespace {

bool is_terminal(std::FILE* stream) {
  const int descriptor = fileno(stream);  // -1 for a stream in memory
  return descriptor >= 0 && isatty(descriptor) == 1;
}

[[noreturn]] void fail_to_write(int error) {
  if (error == EPIPE) throw OutputClosed{};
  throw Failure(fmt::format("cannot write the output: {}: make room or choose another place",
                            std::generic_category().message(error)));
}

}  // namespace

Console::Console(std::FILE* output, std::FILE* errors, std::string program)
    : output_(output),
      errors_(errors),
      program_(std::move(program)),
      output_is_terminal_(is_terminal(output)),
      errors_are_terminal_(is_terminal(errors)) {}

void Console::print(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), output_) != text.size()) fail_to_write(errno);
}

void Console::flush() {
  if (std::fflush(output_) != 0) fail_to_write(errno);
}

void Console::complain(std::string_view message) {
  std::fflush(output_);  // so that both streams, sent to one place, are in order
  const std::string line = program_ + ": " + printable(message) + "\n";
  draw(line);
}

void Console::draw(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), errors_);
  std::fflush(errors_);
}

std::size_t Console::width() const {
  winsize size{};
  if (!output_is_terminal_ || ioctl(fileno(output_), TIOCGWINSZ, &size) != 0) return 0;
  return size.ws_col;
}

}  // namespace agreementd::daemon
