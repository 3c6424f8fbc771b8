// A known history, printed with noise, and what the program makes of it. The floors are what it
// reached when they were written, a little rounded down: raise them as it gets better.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "parsers/list.h"
#include "tests/generator/files.h"
#include "tests/generator/press.h"
#include "tests/generator/read_back.h"
#include "tests/generator/trial.h"
#include "tests/unit/tracking/memory.h"

namespace agreementd::generator {
namespace {

namespace fs = std::filesystem;

/// Worlds large enough for all that can happen to happen in some of them.
Score recovered(double noise, int agreements = 140, int editions = 40, int seeds = 4) {
  Score all;
  for (int seed = 1; seed <= seeds; ++seed)
    all += try_recovery({{static_cast<std::uint64_t>(seed), agreements, editions}, noise});
  return all;
}

std::string first_of(const std::vector<std::string>& mistakes) {
  std::string text;
  for (std::size_t i = 0; i < mistakes.size() && i < 20; ++i) text += mistakes[i] + "\n";
  return text;
}

std::vector<Publication> publications(const WorldOptions& options, double noise) {
  const auto world = make_world(options);
  Press press(world, Noise::as_measured().times(noise), options.seed);
  std::vector<Publication> all;
  while (auto publication = press.next()) all.push_back(std::move(*publication));
  return all;
}

/// A folder that is gone when the test is.
class Folder {
 public:
  explicit Folder(const std::string& name) : path_(fs::path(::testing::TempDir()) / name) {
    fs::remove_all(path_);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { fs::remove_all(path_); }
  [[nodiscard]] std::string path() const { return path_.string(); }

 private:
  fs::path path_;
};

std::string bytes_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(Generator, WithoutNoiseNothingIsMissedAndNothingInvented) {
  const auto score = recovered(0);
  const auto total = score.total();
  EXPECT_GT(total.due, 500);
  EXPECT_EQ(total.right, total.due) << first_of(score.mistakes);
  EXPECT_EQ(total.told, total.due) << first_of(score.mistakes);
  EXPECT_EQ(score.fused, 0);
  EXPECT_EQ(score.split, 0);
  EXPECT_EQ(score.reviews, 0);
  EXPECT_EQ(score.believed + score.doubted, 0);
}

TEST(Generator, WithTheNoiseOfTheRealListsHardlyAnythingIsMissedOrInvented) {
  const auto score = recovered(1);
  const auto total = score.total();
  EXPECT_GE(total.precision(), 0.998) << first_of(score.mistakes);
  EXPECT_GE(total.recall(), 0.998) << first_of(score.mistakes);
  EXPECT_EQ(score.fused, 0) << first_of(score.mistakes);
  EXPECT_LE(score.split, 5);
  EXPECT_EQ(score.believed + score.doubted, 0) << first_of(score.mistakes);
}

TEST(Generator, MuchNoiseCostsSomethingButNotTheHistory) {
  const auto score = recovered(4);
  const auto total = score.total();
  EXPECT_GE(total.precision(), 0.99) << first_of(score.mistakes);
  EXPECT_GE(total.recall(), 0.99) << first_of(score.mistakes);
}

TEST(Generator, NearNamesakesAreNeverTakenForOne) {
  for (const double noise : {0.0, 1.0}) {
    // Of 60 agreements about half are near namesakes'.
    const auto score = recovered(noise, 60, 30, 8);
    EXPECT_TRUE(score.fused_pairs.empty()) << noise << '\n' << first_of(score.mistakes);
  }
}

TEST(Generator, NoiseDoesNotChangeWhatIsTrue) {
  const WorldOptions options{7, 120, 30};
  const auto quiet = publications(options, 0);
  const auto loud = publications(options, 8);
  ASSERT_EQ(quiet.size(), loud.size());
  for (std::size_t i = 0; i < quiet.size(); ++i)
    if (loud[i].believable) {
      EXPECT_EQ(std::set(quiet[i].owners.begin(), quiet[i].owners.end()),
                std::set(loud[i].owners.begin(), loud[i].owners.end()));
    }
}

TEST(Generator, TheSameSeedGivesTheSameBytesAndAnotherOthers) {
  const Folder one("generator-one"), same("generator-same"), other("generator-other");
  const auto write = [](const Folder& folder, std::uint64_t seed) {
    std::string all;
    for (const auto& publication : publications({seed, 80, 6}, 2)) {
      const auto path = write_workbook(publication, folder.path());
      all += path.substr(folder.path().size()) + bytes_of(path);
    }
    return all;
  };
  const auto bytes = write(one, 1);
  EXPECT_EQ(bytes, write(same, 1));
  EXPECT_NE(bytes, write(other, 2));
}

TEST(Generator, AWrittenWorkbookIsReadAsTheSameList) {
  const Folder folder("generator-workbooks");
  for (const auto& publication : publications({3, 150, 12}, 8)) {
    const auto path = write_workbook(publication, folder.path());
    const auto read = parsers::read_list(bytes_of(path), path);
    ASSERT_TRUE(read.ok()) << read.error();
    const auto expected = reading_of(publication.text);
    EXPECT_EQ(read->list, publication.list);
    EXPECT_EQ(to_hex(read->content), to_hex(expected.content)) << path;
    EXPECT_EQ(read->listings, expected.listings) << path;
    EXPECT_EQ(read->columns, expected.columns) << path;
    EXPECT_EQ(read->saved_at, expected.saved_at) << path;
  }
}

TEST(Generator, AnyBatchingOfTheSameListsGivesTheSameHistory) {
  std::vector<testing::Memory::Publication> all;
  for (const auto& publication : publications({5, 80, 20}, 3))
    all.push_back({reading_of(publication.text), to_string(Date{publication.day}),
                   static_cast<int>(publication.number), publication.text.file_name});
  testing::Memory at_once, in_parts;
  at_once.add(all);
  // The third quarter first, then every second, then the rest.
  std::vector<std::vector<testing::Memory::Publication>> parts(3);
  for (std::size_t i = 0; i < all.size(); ++i)
    parts[i * 4 / all.size() == 2 ? 0 : 1 + i % 2].push_back(all[i]);
  for (const auto& part : parts) in_parts.add(part);
  EXPECT_GT(at_once.story().size(), 100U);
  EXPECT_EQ(at_once.story(), in_parts.story());
  EXPECT_TRUE(in_parts.rebuilt().empty());
}

}  // namespace
}  // namespace agreementd::generator
