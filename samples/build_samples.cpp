// build_samples OUT_DIR TEXT...: turns the sample editions' texts into the files ICE would have
// published, each into OUT_DIR/<name of the text's folder>/.

#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <fmt/format.h>

#include "model/result.h"
#include "samples/edition_text.h"
#include "samples/page.h"
#include "samples/workbook.h"

namespace fs = std::filesystem;
namespace samples = agreementd::samples;

namespace {

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw agreementd::Failure("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(in), {}};
}

void write_file(const fs::path& path, const std::string& bytes) {
  std::ofstream out(path, std::ios::binary);
  out << bytes;
  out.close();
  if (!out) throw agreementd::Failure("cannot write " + path.string());
}

void build(const fs::path& text, const fs::path& out_dir) {
  const auto edition = samples::parse_edition_text(read_file(text), text.string());
  if (!edition) throw agreementd::Failure(edition.error());
  const fs::path folder = out_dir / text.parent_path().filename();
  fs::create_directories(folder);
  const fs::path path = folder / edition->file_name;
  if (fs::exists(path))
    throw agreementd::Failure(text.string() + ": another edition is named " + edition->file_name);
  if (path.extension() == ".html")
    write_file(path, samples::page_html(*edition));
  else
    samples::write_workbook(*edition, path.string());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    fmt::print(stderr, "usage: build_samples OUT_DIR TEXT...\n");
    return EXIT_FAILURE;
  }
  try {
    // From nothing: what a removed text once built must not be imported any more.
    const fs::path out_dir = argv[1];
    fs::remove_all(out_dir);
    for (int i = 2; i < argc; ++i) build(argv[i], out_dir);
  } catch (const std::exception& failure) {
    fmt::print(stderr, "build_samples: {}\n", failure.what());
    return EXIT_FAILURE;
  }
  return EXIT_SUCCESS;
}
