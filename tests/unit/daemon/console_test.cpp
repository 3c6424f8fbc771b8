#include "daemon/console.h"

#include <csignal>
#include <cstdlib>
#include <memory>
#include <string>

#include <gtest/gtest.h>
#include <unistd.h>

#include "model/result.h"

namespace agreementd::daemon {
namespace {

struct Close {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, Close>;

/// What was written to a stream in memory.
class Memory {
 public:
  Memory() : stream_(open_memstream(&text_, &size_)) {}
  ~Memory() {
    std::fclose(stream_);
    std::free(text_);  // NOLINT(cppcoreguidelines-no-malloc): open_memstream's own
  }
  Memory(const Memory&) = delete;
  Memory& operator=(const Memory&) = delete;
  std::FILE* stream() { return stream_; }
  std::string text() {
    std::fflush(stream_);
    return {text_, size_};
  }

 private:
  char* text_ = nullptr;
  std::size_t size_ = 0;
  std::FILE* stream_;
};

TEST(Console, AMessageIsOneLineWithNothingInItThatSteersATerminal) {
  Memory output;
  Memory errors;
  Console console(output.stream(), errors.stream());
  console.complain("cannot read a\nb\x1b[2J");
  EXPECT_EQ(errors.text(), "agreementctl: cannot read a\\nb\\x1b[2J\n");
  EXPECT_EQ(output.text(), "");
}

TEST(Console, WhatIsPrintedIsUnchanged) {
  Memory output;
  Memory errors;
  Console console(output.stream(), errors.stream());
  console.print("a\tb\n");
  console.flush();
  EXPECT_EQ(output.text(), "a\tb\n");
  EXPECT_EQ(console.width(), 0U);
  EXPECT_FALSE(console.output_is_terminal());
}

TEST(Console, AFullDiskIsAFailure) {
  const File full(std::fopen("/dev/full", "w"));
  if (!full) GTEST_SKIP() << "no /dev/full here";
  Console console(full.get(), stderr);
  EXPECT_THROW(
      {
        console.print("x");
        console.flush();
      },
      Failure);
}

TEST(Console, AReaderThatWentAwayIsNoFailure) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  close(ends[0]);
  auto* previous = signal(SIGPIPE, SIG_IGN);
  const File closed(fdopen(ends[1], "w"));
  Console console(closed.get(), stderr);
  EXPECT_THROW(
      {
        console.print("x");
        console.flush();
      },
      OutputClosed);
  signal(SIGPIPE, previous);
}

}  // namespace
}  // namespace agreementd::daemon
