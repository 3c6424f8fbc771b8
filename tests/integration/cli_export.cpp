#include <fstream>
#include <iterator>
#include <set>

#include "tests/integration/cli_import.h"

/// What an analyst takes home.
namespace agreementd::testing {
namespace {

class CliExport : public CliImport {
 protected:
  [[nodiscard]] std::string file(const std::string& path) const {
    std::ifstream in(folder_ / path);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  [[nodiscard]] std::set<std::string> names(const std::string& folder) const {
    std::set<std::string> found;
    for (const auto& entry : std::filesystem::directory_iterator(folder_ / folder))
      found.insert(entry.path().filename());
    return found;
  }
  [[nodiscard]] std::string header(const std::string& path) const {
    return lines_of(file(path)).at(0);
  }
};

TEST_F(CliExport, IsSixTablesAndADictionary) {
  EXPECT_EQ(answer({"export", "out"}), "");
  EXPECT_EQ(names("out"),
            (std::set<std::string>{"agencies.csv", "agreement_versions.csv", "agreements.csv",
                                   "applications.csv", "changes.csv", "datapackage.json",
                                   "editions.csv"}));
  EXPECT_EQ(lines_of(file("out/changes.csv")).size() - 1, rows({"changes"}));
  EXPECT_EQ(lines_of(file("out/editions.csv")).size() - 1, rows({"editions"}));
  // Each table's columns are explained, in their order.
  const auto run = shell(
      "python3 - <<'END'\n"
      "import csv, json\n"
      "package = json.load(open('out/datapackage.json'))\n"
      "assert len(package['resources']) == 6\n"
      "for resource in package['resources']:\n"
      "    rows = list(csv.reader(open('out/' + resource['path'], newline='')))\n"
      "    fields = resource['schema']['fields']\n"
      "    assert [field['name'] for field in fields] == rows[0], resource['name']\n"
      "    assert all(len(field['description']) > 5 for field in fields), resource['name']\n"
      "    assert all(len(row) == len(rows[0]) for row in rows)\n"
      "    assert len(rows) > 5, resource['name']\n"
      "    for at, field in enumerate(fields):\n"
      "        values = [row[at] for row in rows[1:] if row[at]]\n"
      "        if field['type'] == 'integer': [int(value) for value in values]\n"
      "        if field['type'] == 'boolean': assert set(values) <= {'true', 'false'}\n"
      "        if field['type'] == 'date': assert all(len(value) == 10 for value in values)\n"
      "        if field['type'] == 'datetime': assert all(value[-1] == 'Z' for value in values)\n"
      "        if field['type'] == 'object': [json.loads(value) for value in values]\n"
      "    key = resource['schema'].get('primaryKey', [])\n"
      "    keys = [tuple(row[rows[0].index(name)] for name in key) for row in rows[1:]]\n"
      "    assert not key or len(set(keys)) == len(keys), resource['name']\n"
      "END",
      folder_);
  EXPECT_EQ(run.status, 0) << run.errors;
}

TEST_F(CliExport, SaysNothingOfOurClockUnlessAskedTo) {
  answer({"export", "out"});
  answer({"export", "recorded", "--recorded"});
  for (const auto* word : {"seq", "recorded_at", "cause", "hash"}) {
    EXPECT_EQ(header("out/changes.csv").find(std::string(",") + word), std::string::npos) << word;
    EXPECT_NE(header("recorded/changes.csv").find(std::string(",") + word), std::string::npos)
        << word;
  }
  const auto before = lines_of(file("out/changes.csv")).size();
  answer({"reject", "participatingAgencies06122025pm2.xlsx", "--why", "so"});
  answer({"export", "out"});
  answer({"export", "recorded", "--recorded"});
  EXPECT_LT(lines_of(file("out/changes.csv")).size(), before);
  EXPECT_GT(lines_of(file("recorded/changes.csv")).size(), before);
}

TEST_F(CliExport, TwoOfOneHistoryAreTheSameBytes) {
  answer({"export", "one"});
  answer({"export", "two"});
  EXPECT_EQ(shell("diff -r one two", folder_).status, 0);
}

TEST_F(CliExport, OfAReaderIsTheSame) {
  answer({"export", "one"});
  EXPECT_EQ(agreementctl({"export", "two"}, "reader").status, 0);
  EXPECT_EQ(shell("diff -r one two", folder_).status, 0);
}

TEST_F(CliExport, WhereNoFolderCanBeIsOneError) {
  const auto file = write("file", "x");
  EXPECT_TRUE(is_one_error(agreementctl({"export", file}), 1));
  EXPECT_TRUE(is_one_error(agreementctl({"export"}), 2));
}

}  // namespace
}  // namespace agreementd::testing
