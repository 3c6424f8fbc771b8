#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "parsers/list.h"

namespace agreementd {
namespace {

namespace fs = std::filesystem;

struct File {
  fs::path path;
  std::string bytes;
};

std::vector<File> files(const fs::path& folder, const std::string& extension) {
  std::vector<File> found;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != extension) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    found.push_back({entry.path(), {std::istreambuf_iterator<char>(in), {}}});
  }
  return found;
}

class Corpus : public testing::Test {
 protected:
  void SetUp() override {
    const char* folder = std::getenv("AGREEMENTD_CORPUS");
    if (!folder || !fs::is_directory(folder)) GTEST_SKIP() << "AGREEMENTD_CORPUS names no folder";
    workbooks_ = files(folder, ".xlsx");
    pages_ = files(folder, ".html");
    ASSERT_FALSE(workbooks_.empty());
    ASSERT_FALSE(pages_.empty());
  }

  template <typename Check>
  void each_reading(Check check) const {
    for (const auto* all : {&workbooks_, &pages_})
      for (const auto& file : *all) {
        const auto reading = parsers::read_list(file.bytes, file.path.filename().string());
        if (!reading) {
          ADD_FAILURE() << reading.error();
          continue;
        }
        check(file, *reading);
      }
  }

  std::vector<File> workbooks_;
  std::vector<File> pages_;
};

std::size_t occurrences(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos; at += part.size())
    ++count;
  return count;
}

TEST_F(Corpus, EveryListIsReadAsWhatItsFolderSays) {
  each_reading([](const File& file, const Reading& reading) {
    const bool pending = file.path.string().find("/pending/") != std::string::npos;
    EXPECT_EQ(reading.list, pending ? List::pending : List::participating) << file.path;
    EXPECT_EQ(reading.saved_at.has_value(), file.path.extension() == ".xlsx") << file.path;
  });
}

// Independent of the parser of pages: rows of data are `<tr class=…>` in this corpus. For
// workbooks, the comparison with openpyxl counts cell by cell.
TEST_F(Corpus, EveryRowOfAPageIsAListing) {
  for (const auto& file : pages_) {
    const auto reading = parsers::read_list(file.bytes, file.path.filename().string());
    ASSERT_TRUE(reading) << reading.error();
    EXPECT_EQ(reading->listings.size(), occurrences(file.bytes, "<tr class=")) << file.path;
  }
}

TEST_F(Corpus, EveryListingIsReadable) {
  std::map<std::string, int> odd;
  each_reading([&](const File& file, const Reading& reading) {
    for (const auto& listing : reading.listings) {
      EXPECT_TRUE(listing.readable) << file.path << " row " << listing.row;
      EXPECT_EQ(listing.state.size(), 2U);
      for (const auto& oddity : listing.oddities) ++odd[oddity];
    }
  });
  for (const auto& [oddity, count] : odd) std::printf("%6d  %s\n", count, oddity.c_str());
}

TEST_F(Corpus, NoLinkIsWrapped) {
  each_reading([](const File& file, const Reading& reading) {
    for (const auto& listing : reading.listings)
      for (const auto& url : {listing.moa_url, listing.addendum_url})
        if (!url.empty()) {
          EXPECT_TRUE(url.starts_with("https://www.ice.gov/") ||
                      url.starts_with("http://www.ice.gov/"))
              << file.path << " row " << listing.row << ": " << url;
        }
  });
}

}  // namespace
}  // namespace agreementd
