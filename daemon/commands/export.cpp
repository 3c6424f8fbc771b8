#include "storage/export.h"

#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "daemon/commands/commands.h"
#include "daemon/files.h"
#include "daemon/progress.h"

namespace agreementd::daemon {
namespace {

namespace fs = std::filesystem;

void make_folder(const std::string& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error || !fs::is_directory(folder, error))
    throw Failure(
        fmt::format("export: {} is no folder and cannot be made one: name another", folder));
}

/// Files that take their names together: all of one export, or the old ones as they were.
class Batch {
 public:
  explicit Batch(fs::path folder) : folder_(std::move(folder)) {}
  ~Batch() {
    std::error_code ignored;
    for (const auto& name : written_) fs::remove(part_of(name), ignored);
  }
  Batch(const Batch&) = delete;
  Batch& operator=(const Batch&) = delete;

  void write(const std::string& name, const std::string& text) {
    written_.push_back(name);
    write_file(part_of(name), text, true);
  }
  void finish() {
    for (const auto& name : written_) {
      std::error_code error;
      fs::rename(part_of(name), folder_ / name, error);
      if (error)
        throw Failure(
            fmt::format("export: cannot write {}: {}", (folder_ / name).string(), error.message()));
    }
    written_.clear();
  }

 private:
  [[nodiscard]] std::string part_of(const std::string& name) const {
    return (folder_ / ("." + name + ".part")).string();
  }
  fs::path folder_;
  std::vector<std::string> written_;
};

}  // namespace

ExitStatus run_export(const Session& session) {
  auto store = session.open();
  const fs::path folder = session.options.folder;
  make_folder(folder);
  Progress progress(session.console);
  Batch batch(folder);
  const auto package =
      storage::export_tables(store, session.options.recorded,
                             [&](const storage::ExportedTable& exported, int done, int total) {
                               progress.show("Exporting", done, total);
                               batch.write(exported.name + ".csv", format_csv(exported.table));
                             });
  batch.write("datapackage.json", package);
  batch.finish();
  return ExitStatus::done;
}

}  // namespace agreementd::daemon
