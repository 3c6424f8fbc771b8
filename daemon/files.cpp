#include "daemon/files.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "model/result.h"

namespace agreementd::daemon {
namespace {

[[noreturn]] void fail(const char* what, const std::string& path, int error) {
  throw Failure(fmt::format("{} {}: {}", what, path, std::generic_category().message(error)));
}

/// A file descriptor, closed at the end.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int get() const { return number_; }
  /// Closes now; false where that failed (a full disk may be noticed only here).
  bool close() { return ::close(std::exchange(number_, -1)) == 0; }

 private:
  int number_;
};

/// A new file beside `path`, removed unless it was moved into place.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& path)
      : path_(path), name_(path + ".XXXXXX"), descriptor_(::mkstemp(name_.data())) {
    if (descriptor_.get() < 0) fail("cannot write", path_, errno);
  }
  ~TemporaryFile() {
    if (!moved_) ::unlink(name_.c_str());
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  void write(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto written = ::write(descriptor_.get(), bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) fail("cannot write", path_, errno);
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
  }

  void move_into_place(bool overwrite) {
    const mode_t mask = ::umask(0);  // the only way to ask for it
    ::umask(mask);
    if (::fchmod(descriptor_.get(), 0666 & ~mask) != 0 || ::fsync(descriptor_.get()) != 0 ||
        !descriptor_.close())
      fail("cannot write", path_, errno);
    if (rename(overwrite) != 0) fail("cannot write", path_, errno);
    moved_ = true;
  }

 private:
  int rename(bool overwrite) {
    if (overwrite) return ::rename(name_.c_str(), path_.c_str());
    const int result =
        ::renameat2(AT_FDCWD, name_.c_str(), AT_FDCWD, path_.c_str(), RENAME_NOREPLACE);
    // Some file systems cannot do that; that the name is free was checked a moment ago.
    if (result != 0 && (errno == EINVAL || errno == ENOSYS))
      return ::rename(name_.c_str(), path_.c_str());
    return result;
  }

  std::string path_;
  std::string name_;
  Descriptor descriptor_;
  bool moved_ = false;
};

void sync_folder_of(const std::string& path) {
  const auto folder = std::filesystem::path(path).parent_path();
  const Descriptor descriptor(
      ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (descriptor.get() >= 0) ::fsync(descriptor.get());
}

}  // namespace

std::string read_head(const std::string& path, std::size_t size) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) fail("cannot read", path, errno);
  std::string bytes;
  while (bytes.size() < size) {
    constexpr std::size_t step = 1U << 16U;
    const std::size_t had = bytes.size();
    bytes.resize(std::min(had + step, size));
    const auto got = ::read(file.get(), bytes.data() + had, bytes.size() - had);
    if (got < 0 && errno != EINTR) fail("cannot read", path, errno);
    bytes.resize(had + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (got == 0) break;
  }
  return bytes;
}

std::string read_file(const std::string& path, std::size_t limit) {
  std::string bytes = read_head(path, limit + 1);
  if (bytes.size() > limit)
    throw Failure(fmt::format("cannot read {}: it has more than {} bytes", path, limit));
  return bytes;
}

void write_file(const std::string& path, std::string_view bytes, bool overwrite) {
  struct stat status {};
  if (::lstat(path.c_str(), &status) == 0) {
    if (!S_ISREG(status.st_mode))
      throw Failure(fmt::format("cannot write {}: it is no regular file", path));
    if (!overwrite) throw Failure(fmt::format("{} exists: use --force to replace it", path));
  }
  TemporaryFile file(path);
  file.write(bytes);
  file.move_into_place(overwrite);
  sync_folder_of(path);
}

}  // namespace agreementd::daemon
