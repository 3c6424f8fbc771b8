#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "alerts/json_lines.h"
#include "alerts/senders.h"

namespace agreementd::alerts {
namespace {

using fetchers::Delivery;

/// Owns a file descriptor.
class File {
 public:
  explicit File(int number) : number_(number) {}
  ~File() {
    if (number_ >= 0) close(number_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  [[nodiscard]] int number() const { return number_; }
  [[nodiscard]] bool is_open() const { return number_ >= 0; }

 private:
  int number_;
};

std::string lines_of(const Content& content) {
  const auto* message = std::get_if<Message>(&content);
  if (message == nullptr)
    return std::holds_alternative<Sample>(content) ? json_line(std::get<Sample>(content))
                                                   : json_line(std::get<NoticeMessage>(content));
  std::string lines;
  for (const auto& item : message->items) lines += json_line(item);
  return lines;
}

bool write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const auto written = write(file, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

bool ends_within_a_line(int file, off_t size) {
  char last = '\n';
  return size > 0 && pread(file, &last, 1, size - 1) == 1 && last != '\n';
}

/// That the file is there is on disk too.
bool sync_folder(const std::string& path) {
  const auto folder = std::filesystem::path(path).parent_path();
  const File opened(open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_CLOEXEC));
  return opened.is_open() && fsync(opened.number()) == 0;
}

class FileSender final : public Sender {
 public:
  explicit FileSender(std::string path) : path_(std::move(path)) {}

  Sent send(const Content& content, std::stop_token /*stop*/) override {
    const File file(
        open(path_.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0640));
    struct stat status {};
    if (!file.is_open() || fstat(file.number(), &status) != 0) return failed(errno);
    if (!S_ISREG(status.st_mode))
      return {Delivery::failed, path_ + " is no file: name another", {}, ""};
    auto text = lines_of(content);
    if (ends_within_a_line(file.number(), status.st_size)) text.insert(text.begin(), '\n');
    if (!write_all(file.number(), text) || fsync(file.number()) != 0) {
      const int error = errno;
      // Half a line helps nobody; where this fails too the next one begins a new line.
      if (ftruncate(file.number(), status.st_size) != 0) return failed(error);
      return failed(error);
    }
    if (status.st_size == 0 && !sync_folder(path_)) return failed(errno);
    return {Delivery::delivered, "", {}, ""};
  }

 private:
  [[nodiscard]] Sent failed(int error) const {
    return {Delivery::failed,
            fmt::format("cannot write {}: {}: {}", path_, std::generic_category().message(error),
                        advice_for(error)),
            {},
            ""};
  }
  static const char* advice_for(int error) {
    switch (error) {
      case EROFS:
      case EACCES:
      case EPERM:
        return "the service may write below /var/lib/agreementd, else name its folder in "
               "ReadWritePaths= of the unit";
      case ENOENT:
      case ENOTDIR:
        return "make its folder, or name another file";
      case ELOOP:
        return "a symbolic link is not followed: name the file itself";
      default:
        return "make room, or name another file";
    }
  }

  std::string path_;
};

}  // namespace

std::unique_ptr<Sender> file_sender(std::string path) {
  return std::make_unique<FileSender>(std::move(path));
}

}  // namespace agreementd::alerts
