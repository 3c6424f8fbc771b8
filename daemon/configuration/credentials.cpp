#include "daemon/configuration/credentials.h"

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include <fmt/format.h>
#include <grp.h>
#include <pwd.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "daemon/files.h"
#include "model/result.h"

namespace agreementd::daemon {
namespace {

constexpr std::size_t largest_credential = 1U << 16U;

bool exists(const std::string& file) {
  std::error_code ignored;
  return std::filesystem::exists(file, ignored);
}

[[noreturn]] void fail(const std::string& what) {
  throw Failure(
      fmt::format("{}: {}: run it as the service's user, or name a database by --database", what,
                  std::generic_category().message(errno)));
}

/// Has libpq take its passwords from a copy of `file` in memory that `user` alone may read: libpq
/// refuses a file that others seem to be allowed to.
void use_pgpass(const std::string& file, uid_t user) {
  const auto text = read_file(file, largest_credential);
  const int memory = memfd_create("pgpass", 0);
  if (memory < 0 || write(memory, text.data(), text.size()) != static_cast<ssize_t>(text.size()) ||
      fchmod(memory, 0600) != 0)
    fail("cannot pass on " + file);
  // The service itself may not change any file's owner, not even to what it is.
  if (user != geteuid() && fchown(memory, user, static_cast<gid_t>(-1)) != 0)
    fail("cannot pass on " + file);
  setenv("PGPASSFILE", fmt::format("/proc/self/fd/{}", memory).c_str(), 1);
}

/// What root may read, for the service's user.
void pass_on_pgpass(uid_t user) {
  const auto file = std::string(credentials_folder) + "/pgpass";
  if (std::getenv("PGPASSFILE") == nullptr && exists(file)) use_pgpass(file, user);
}

/// The file of a credential that systemd passed; empty: it passed none of that name.
std::string passed_credential(const std::string& name) {
  const char* folder = std::getenv("CREDENTIALS_DIRECTORY");
  if (folder == nullptr) return "";
  // `credentials_NAME` where systemd passed the folder, named `credentials`.
  for (const auto* prefix : {"/credentials_", "/"})
    if (auto file = folder + (prefix + name); exists(file)) return file;
  return "";
}

}  // namespace

void use_passed_credentials() {
  if (std::getenv("PGPASSFILE") != nullptr) return;
  // It may have come with an access list, whose rights look like those of a group.
  if (const auto file = passed_credential("pgpass"); !file.empty()) use_pgpass(file, geteuid());
}

std::string credential(const std::string& name) {
  auto file = passed_credential(name);
  if (file.empty()) file = std::string(credentials_folder) + "/" + name;
  try {
    return read_file(file, largest_credential);
  } catch (const Failure&) {
    throw Failure(
        fmt::format("the secret {0} cannot be read: put it into {1}/{0}, for root alone, "
                    "and restart the service (or run this as root)",
                    name, credentials_folder));
  }
}

void become_service(const std::string& user) {
  if (geteuid() != 0) return;
  const passwd* found = getpwnam(user.c_str());
  if (found == nullptr) return;
  const auto uid = found->pw_uid;
  const auto gid = found->pw_gid;
  pass_on_pgpass(uid);
  if (initgroups(user.c_str(), gid) != 0 || setgid(gid) != 0 || setuid(uid) != 0)
    fail("cannot become the user " + user);
}

}  // namespace agreementd::daemon
