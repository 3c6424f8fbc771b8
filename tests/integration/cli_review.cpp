#include "tests/integration/cli_program.h"

/// `review`: what the rules leave open, for the person who is to settle it.
namespace agreementd::testing {
namespace {

/// The participating list with one task force agreement of an agency, signed on that day.
std::string list_with_agreement_of(const std::string& signed_on) {
  const auto row = [](const std::string& agency, const std::string& date) {
    return "<tr><td>TEXAS</td><td>" + agency + "</td><td>Task Force Model</td><td>" + date +
           "</td></tr>";
  };
  std::string html =
      "<table><tr><th>STATE</th><th>LAW ENFORCEMENT AGENCY</th><th>SUPPORT TYPE</th>"
      "<th>SIGNED</th></tr>";
  for (const auto* county : {"Bowie", "Cass", "Marion", "Upshur"})
    html += row(std::string(county) + " County Sheriff's Office", "2025-02-20");
  return html + row("Harrison County Sheriff's Office", signed_on) + "</table>";
}

class CliReview : public CliTest {
 protected:
  /// The date moves by ten weeks and no document says why: a correction, or another agreement.
  void import_an_open_question() {
    const auto first =
        write("participatingAgencies05052025am.html", list_with_agreement_of("2025-02-26"));
    const auto second =
        write("participatingAgencies05092025am.html", list_with_agreement_of("2025-05-08"));
    const auto run = agreementctl({"import", first, second});
    ASSERT_EQ(run.status, 0) << run.errors;
  }
};

TEST_F(CliReview, WithoutQuestionsItSaysSo) {
  EXPECT_EQ(agreementctl({"review", "--format", "table"}).output, "Nothing is open.\n");
  EXPECT_EQ(lines_of(agreementctl({"review"}).output).size(), 1U) << "the header";
}

TEST_F(CliReview, ShowsEachCandidateAndTheEditionsToCompare) {
  import_an_open_question();
  const auto lines = lines_of(agreementctl({"review", "--format", "table"}).output);
  ASSERT_EQ(lines.size(), 7U);
  EXPECT_EQ(lines[0],
            "1  participating list of 2025-05-09: same agency and model, signed 2025-02-26 and "
            "2025-05-08?");
  EXPECT_EQ(lines[1],
            "    compare participatingAgencies05092025am.html with "
            "participatingAgencies05052025am.html, the one before");
  EXPECT_NE(lines[2].find("TX  Harrison County Sheriff's Office  TFM  signed 2025-02-26, listed "
                          "2025-05-05 to 2025-05-05, MOA none"),
            std::string::npos)
      << lines[2];
  EXPECT_NE(lines[3].find("signed 2025-05-08, listed 2025-05-09 to 2025-05-09"), std::string::npos)
      << lines[3];
  EXPECT_EQ(lines[5], "1 open. Until they are settled their entries are told as unconfirmed.");
}

TEST_F(CliReview, ForProgramsItIsARowForEachCandidate) {
  import_an_open_question();
  const auto lines = lines_of(agreementctl({"review", "--format", "csv"}).output);
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[0],
            "review,list,date,question,agreement_id,state,agency,model,signed,moa_status,moa_url,"
            "first_listed,last_listed,edition_file,edition_before");
  EXPECT_TRUE(
      lines[1].ends_with(",2025-05-05,2025-05-05,participatingAgencies05092025am.html,"
                         "participatingAgencies05052025am.html"))
      << lines[1];
}

}  // namespace
}  // namespace agreementd::testing
