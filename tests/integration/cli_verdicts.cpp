#include <algorithm>
#include <filesystem>
#include <set>

#include "storage/queries.h"
#include "tests/integration/cli_import.h"

/// A person's verdict on an edition, and what is told of what it takes back.
namespace agreementd::testing {
namespace {

using CliVerdict = CliImport;

TEST_F(CliVerdict, AQuarantinedEditionIsShownAndRejectedByItsShortId) {
  const auto quarantined = answer({"editions", "--status", "quarantined"});
  ASSERT_EQ(lines_of(quarantined).size(), 2U) << quarantined;
  const auto id = lines_of(quarantined)[1].substr(0, 8);
  const auto before = answer({"changes", "--all"});
  EXPECT_TRUE(is_one_error(agreementctl({"reject", id}), 2)) << "without a reason";
  const auto rejected = answer({"reject", id, "--why", "an old list", "--by", "tester"});
  EXPECT_TRUE(rejected.starts_with("Rejected edition " + id)) << rejected;
  EXPECT_NE(rejected.find("It is rejected now."), std::string::npos) << rejected;
  const auto list = answer({"editions", "--status", "rejected"});
  EXPECT_EQ(lines_of(list).size(), 2U);
  EXPECT_NE(list.find(",reject,tester,"), std::string::npos) << list;
  EXPECT_NE(list.find(",an old list,"), std::string::npos) << list;
  EXPECT_EQ(rows({"editions", "--status", "quarantined"}), 0U);
  EXPECT_EQ(answer({"changes", "--all"}), before) << "it had changed nothing";
}

TEST_F(CliVerdict, AnApprovedEditionCounts) {
  const auto quarantined = answer({"editions", "--status", "quarantined"});
  const auto id = lines_of(quarantined).at(1).substr(0, 12);
  const auto approved = answer({"approve", id, "--by", "tester"});
  EXPECT_TRUE(approved.starts_with("Approved edition " + id.substr(0, 8))) << approved;
  EXPECT_NE(approved.find("It is accepted now."), std::string::npos) << approved;
  EXPECT_GT(rows({"changes", "--cause", "verdict"}), 0U);
}

TEST_F(CliVerdict, AnEditionNobodyKnowsIsOneError) {
  EXPECT_TRUE(is_one_error(agreementctl({"approve", "0123456789"}), 1));
  EXPECT_TRUE(is_one_error(agreementctl({"approve", "no such file.xlsx"}), 1));
}

TEST_F(CliVerdict, WhatNothingDatesIsNotToBeApproved) {
  std::filesystem::copy(first_page, folder_ / "287g.html");
  const auto import = answer({"import", "287g.html"});
  EXPECT_NE(import.find("participating list without a date, 287g.html"), std::string::npos)
      << import;
  EXPECT_EQ(import.find("agreementctl approve"), std::string::npos) << import;
  const auto approved = agreementctl({"approve", "287g.html"});
  EXPECT_TRUE(is_one_error(approved, 1));
  EXPECT_NE(approved.errors.find("it has no date"), std::string::npos) << approved.errors;
  EXPECT_EQ(rows({"editions", "--status", "quarantined"}), 2U);
  EXPECT_NE(answer({"editions", "--format", "csv"}).find(",participating,,,nothing,quarantined,"),
            std::string::npos)
      << "no date is none";
}

class CliWithdrawal : public CliTest {
 protected:
  static std::string list(const std::string& name) {
    return std::filesystem::path(AGREEMENTD_BINARY_DIR) / "samples/lists/participating" / name;
  }
  [[nodiscard]] std::string shown(const std::string& id) const {
    const auto run = agreementctl({"show", id, "--format", "table"});
    EXPECT_EQ(run.status, 0) << run.errors;
    return run.output;
  }
};

TEST_F(CliWithdrawal, IsToldAsThatWhereNothingIsBelievedAnyMore) {
  const std::string file = "participatingAgencies06122025pm2.xlsx";
  ASSERT_EQ(
      agreementctl({"import", list("participatingAgencies05162025pm.xlsx"), list(file)}).status, 0);
  const auto told = storage::changes(store_, {});
  const auto limestone = std::ranges::find_if(told.rows, [](const auto& row) {
    return row[2] == "new" && row[6] == "Limestone County Sheriff's Office" && row[7] == "TFM";
  });
  ASSERT_NE(limestone, told.rows.end());
  const auto agreement = *(*limestone)[15], agency = *(*limestone)[17];
  ASSERT_EQ(agreementctl({"reject", file, "--why", "published by mistake"}).status, 0);

  const auto story = shown(agreement);
  EXPECT_TRUE(story.starts_with("Limestone County Sheriff's Office, AL\n====")) << story;
  EXPECT_NE(story.find("\nWithdrawn: it was believed to be on the participating list until "),
            std::string::npos)
      << story;
  EXPECT_NE(story.find("[retracted by entry "), std::string::npos) << story;
  const auto whole = shown(agency);
  EXPECT_TRUE(whole.starts_with("Agency " + agency + ": nothing; 2 withdrawn\n")) << whole;
  EXPECT_NE(whole.find("agreement " + agreement), std::string::npos) << whole;
}

TEST_F(CliVerdict, EveryIdEverToldCanBeShownAfterAnyVerdict) {
  for (const auto& verdict :
       {std::vector<std::string>{"approve", "participatingAgencies07252025am.xlsx"},
        {"reject", "participatingAgencies06122025pm2.xlsx", "--why", "so"},
        {"reject", "287g-20210112151500.html", "--why", "so"},
        {"reject", "pendingAgencies04302025am.xlsx", "--why", "so"}})
    answer(verdict);
  std::set<std::string> ids;
  for (const auto& line : lines_of(answer({"changes", "--all"})))
    for (const char letter : {'A', 'G'}) ids.insert(id_in(line, letter));
  ids.erase("");
  EXPECT_GT(ids.size(), 50U);
  for (const auto& id : ids)
    EXPECT_NE(answer({"show", id, "--format", "table"}).find("What changed"), std::string::npos)
        << id;
  EXPECT_NE(answer({"stats", "--format", "table"}), "");
  EXPECT_GT(rows({"find", "county"}), 0U);
}

}  // namespace
}  // namespace agreementd::testing
