#include "tests/integration/cli_program.h"

/// What the commands that ask answer to an empty history, to a reader, on a terminal.
namespace agreementd::testing {
namespace {

using CliQuestions = CliTest;

constexpr auto agreement_header =
    "agreement_id,agency_id,list,state,agency,agency_type,county,model,signed,moa_status,moa_url,"
    "addendum_url,first_listed,left_censored,last_listed,edition_file\n";
constexpr auto change_header =
    "seq,list,kind,reason,cause,state,agency,model,signed,effective_date,edition_file,fields,"
    "before,"
    "after,significance,agreement_id,recorded_at,agency_id,related_id,retracts_seq,unconfirmed,"
    "not_before,evidence\n";

TEST_F(CliQuestions, AnEmptyAnswerInCsvIsItsHeader) {
  EXPECT_EQ(agreementctl({"current"}).output, agreement_header);
  EXPECT_EQ(agreementctl({"current", "--list", "pending"}).output, agreement_header);
  EXPECT_EQ(agreementctl({"as-of", "2025-06-01"}).output, agreement_header);
  EXPECT_EQ(agreementctl({"changes"}).output, change_header);
  EXPECT_TRUE(agreementctl({"editions"})
                  .output.ends_with(",verdict_by,verdict_at,verdict_why,sightings\n"));
  EXPECT_EQ(agreementctl({"stats"}).output, "by,list,key,count,new,reinstated,terminated,net\n");
}

TEST_F(CliQuestions, AnEmptyAnswerInJsonLinesIsEmpty) {
  const auto run = agreementctl({"current", "--format", "jsonl"});
  EXPECT_EQ(run.status, 0);
  EXPECT_EQ(run.output, "");
}

TEST_F(CliQuestions, AnEmptyAnswerToAPersonIsASentence) {
  EXPECT_EQ(agreementctl({"current", "--format", "table"}).output, "No agreements.\n");
  EXPECT_EQ(agreementctl({"current", "--list=pending", "--format=table"}).output,
            "No applications.\n");
  EXPECT_EQ(agreementctl({"changes", "--format", "table"}).output, "No entries.\n");
}

TEST_F(CliQuestions, OnATerminalTablesAreForPeople) {
  const auto run = in_shell("script -qec \"$(printf '%q '", {"current"}, ")\" /dev/null");
  EXPECT_EQ(run.status, 0) << run.errors;
  EXPECT_EQ(run.output, "No agreements.\r\n");
}

TEST_F(CliQuestions, AnUnknownIdIsOneError) {
  for (const auto* id : {"AAAAAAAAA", "GAAAAAAAA"}) {
    const auto run = agreementctl({"show", id});
    EXPECT_TRUE(is_one_error(run, 1));
    EXPECT_NE(run.errors.find("agreementctl find"), std::string::npos) << run.errors;
  }
}

TEST_F(CliQuestions, AnUnknownDocumentIsOneErrorAndNoFile) {
  EXPECT_TRUE(is_one_error(agreementctl({"document", std::string(64, 'a'), "-o", "a"}), 1));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "a"));
}

TEST_F(CliQuestions, AReaderMayAskEverything) {
  for (const std::vector<std::string>& arguments : {
           std::vector<std::string>{"current"},
           {"current", "--list", "pending"},
           {"as-of", "2025-06-01"},
           {"changes", "--all"},
           {"find", "bexar"},
           {"stats"},
           {"editions"},
           {"editions", "--format", "table"},
       }) {
    const auto run = agreementctl(arguments, "reader");
    EXPECT_EQ(run.status, 0) << arguments.front() << ": " << run.errors;
  }
  EXPECT_TRUE(is_one_error(agreementctl({"show", "AAAAAAAAA"}, "reader"), 1));
  const auto status = agreementctl({"status"}, "reader");  // it counts the inputs
  EXPECT_TRUE(is_one_error(status, 1));
  EXPECT_NE(status.errors.find("agreementd_writer"), std::string::npos) << status.errors;
}

TEST_F(CliQuestions, AReaderMayNotStore) {
  const auto file = write("a.xlsx", "PK\x03\x04");
  EXPECT_EQ(agreementctl({"import", file}, "reader").status, 1);
  EXPECT_TRUE(
      is_one_error(agreementctl({"document", std::string(64, 'a'), "-o", "-"}, "reader"), 1));
}

}  // namespace
}  // namespace agreementd::testing
