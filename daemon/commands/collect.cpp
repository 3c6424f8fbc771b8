#include "daemon/commands/collect.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <set>
#include <system_error>

#include <fmt/format.h>

#include "daemon/files.h"
#include "daemon/terminal_text.h"
#include "model/result.h"

namespace agreementd::daemon {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t head_size = 1U << 16U;
// A workbook of more bytes than it may inflate to is none that we would read.
constexpr std::size_t largest_list = 64U << 20U;

std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return result;
}

bool is_named_as_a_workbook(const fs::path& path) {
  const auto extension = lower(path.extension().string());
  return extension == ".xlsx" || extension == ".xlsm" || extension == ".xls";
}

class Collector {
 public:
  /// What a person named.
  void add(const fs::path& path) {
    std::error_code error;
    const auto status = fs::status(path, error);
    if (status.type() == fs::file_type::not_found)
      result_.errors.push_back(fmt::format("no file {}: check the name", path.string()));
    else if (error)
      result_.errors.push_back(fmt::format("cannot read {}: {}", path.string(), error.message()));
    else if (fs::is_directory(status))
      add_folder(path);
    else if (fs::is_regular_file(status))
      add_file(path, false);
    else  // to read a pipe may wait for ever
      result_.errors.push_back(fmt::format(
          "cannot import {}: it is no regular file: copy what it holds into one", path.string()));
  }

  Collection finish() {
    std::ranges::stable_sort(result_.candidates, {}, &Candidate::path);
    return std::move(result_);
  }

 private:
  void add_folder(const fs::path& folder) {
    std::error_code error;
    fs::directory_iterator entries(folder, error);
    for (; !error && entries != fs::directory_iterator(); entries.increment(error))
      add_entry(*entries);
    if (error)
      result_.errors.push_back(fmt::format("cannot read {}: {}", folder.string(), error.message()));
  }

  /// What was found in a folder.
  void add_entry(const fs::directory_entry& entry) {
    std::error_code ignored;
    const auto status = entry.status(ignored);
    if (fs::is_directory(status) && entry.is_symlink(ignored))
      result_.notes.push_back(
          fmt::format("{} is a link to a folder and was not followed: to import what it holds, "
                      "name it",
                      entry.path().string()));
    else if (fs::is_directory(status))
      add_folder(entry.path());
    else if (fs::is_regular_file(status))
      add_file(entry.path(), !is_named_as_a_workbook(entry.path()));
    else if (is_named_as_a_workbook(entry.path()))
      add(entry.path());
    else
      ++result_.skipped;
  }

  void add_file(const fs::path& path, bool skip_unless_list) {
    if (!seen_.insert(fs::absolute(path).lexically_normal()).second) return;
    try {
      if (skip_unless_list && !may_be_list(read_head(path.string(), head_size))) {
        ++result_.skipped;
        return;
      }
      auto bytes = read_file(path.string(), largest_list);
      const auto name = path.filename().string();
      if (!is_utf8(path.string()))
        throw Failure(
            fmt::format("cannot import {}: its name is no UTF-8: rename it", path.string()));
      result_.candidates.push_back({path.string(), name, std::move(bytes), skip_unless_list});
    } catch (const Failure& failure) {
      result_.errors.emplace_back(failure.what());
    }
  }

  Collection result_;
  std::set<fs::path> seen_;
};

}  // namespace

bool may_be_list(std::string_view head) {
  constexpr std::string_view zip = "PK\x03\x04";
  constexpr std::string_view ole = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
  if (head.starts_with(zip) || head.starts_with(ole)) return true;
  if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
  const auto start = head.find_first_not_of(" \t\r\n\f");
  if (start == std::string_view::npos) return false;
  const auto text = lower(head.substr(start));
  return text.starts_with("<!doctype html") || text.find("<html") != std::string::npos ||
         text.find("<table") != std::string::npos;
}

Collection collect_lists(const std::vector<std::string>& paths) {
  Collector collector;
  for (const auto& path : paths) collector.add(path);
  return collector.finish();
}

}  // namespace agreementd::daemon
