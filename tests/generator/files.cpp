#include "tests/generator/files.h"

#include <filesystem>

#include <fmt/format.h>

#include "samples/workbook.h"

namespace agreementd::generator {

std::string write_workbook(const Publication& publication, const std::string& folder) {
  namespace fs = std::filesystem;
  const auto place = fs::path(folder) / std::string(to_string(publication.list));
  auto path = place / publication.text.file_name;
  for (int copy = 1; fs::exists(path); ++copy)
    path = place / (copy == 1 ? "same-name" : fmt::format("same-name-{}", copy)) /
           publication.text.file_name;
  fs::create_directories(path.parent_path());
  samples::write_workbook(publication.text, path.string());
  return path.string();
}

}  // namespace agreementd::generator
