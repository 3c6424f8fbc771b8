#include <filesystem>
#include <system_error>

#include <fmt/format.h>

#include "daemon/commands.h"
#include "daemon/files.h"
#include "daemon/progress.h"
#include "storage/export.h"

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

}  // namespace

ExitStatus run_export(const Session& session) {
  auto store = session.open();
  const fs::path folder = session.options.folder;
  make_folder(folder);
  Progress progress(session.console);
  const auto write = [&](const std::string& name, const std::string& text) {
    write_file(folder / name, text, true);
  };
  const auto package =
      storage::export_tables(store, session.options.recorded,
                             [&](const storage::ExportedTable& exported, int done, int total) {
                               progress.show("Exporting", done, total);
                               write(exported.name + ".csv", format_csv(exported.table));
                             });
  write("datapackage.json", package);
  return ExitStatus::done;
}

}  // namespace agreementd::daemon
