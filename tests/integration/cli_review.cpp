#include "storage/queries.h"
#include "tests/integration/cli_program.h"
#include "tests/integration/tables.h"

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
    const auto candidates = storage::reviews(store_);
    ASSERT_EQ(candidates.rows.size(), 2U);
    left_ = text_at(candidates, 0, "agreement_id");
    came_ = text_at(candidates, 1, "agreement_id");
  }

  [[nodiscard]] Ended decide(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "decide");
    for (const auto* more : {"--by", "Jane", "--why", "the clerk sent both pages"})
      arguments.emplace_back(more);
    return agreementctl(arguments);
  }

  /// kind and evidence of the entries that stand.
  [[nodiscard]] std::vector<std::string> standing() {
    std::vector<std::string> lines;
    const auto told = storage::changes(store_, {});
    for (std::size_t row = 0; row < told.rows.size(); ++row)
      lines.push_back(text_at(told, row, "kind") + " " + text_at(told, row, "evidence"));
    return lines;
  }

  std::string left_, came_;
};

TEST_F(CliReview, WithoutQuestionsItSaysSo) {
  EXPECT_EQ(agreementctl({"review", "--format", "table"}).output, "Nothing is open.\n");
  EXPECT_EQ(lines_of(agreementctl({"review"}).output).size(), 1U) << "the header";
}

TEST_F(CliReview, ShowsEachCandidateAndTheEditionsToCompare) {
  import_an_open_question();
  const auto lines = lines_of(agreementctl({"review", "--format", "table"}).output);
  ASSERT_EQ(lines.size(), 8U);
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

TEST_F(CliReview, SameAsMakesThemOneAgreementAndIsKept) {
  import_an_open_question();
  const auto run = decide({came_, "same-as", left_});
  ASSERT_EQ(run.status, 0) << run.errors;
  EXPECT_NE(run.output.find("They are one agreement now: " + left_), std::string::npos)
      << run.output;
  EXPECT_NE(run.output.find("0 open questions."), std::string::npos) << run.output;
  EXPECT_EQ(standing(),
            std::vector<std::string>{"changed Jane decided: the clerk sent both pages"});
  EXPECT_EQ(agreementctl({"review", "--format", "table"}).output, "Nothing is open.\n");
  const auto shown = agreementctl({"show", came_, "--format", "table"});
  EXPECT_EQ(shown.output.find("of tier 7"), std::string::npos) << shown.output;
  EXPECT_NE(shown.output.find("why the same: Jane decided: the clerk sent both pages"),
            std::string::npos)
      << "by either id: " << shown.output;
  for (const auto& row : storage::changes(store_, {.cause = "decision", .all = true}).rows)
    EXPECT_TRUE(row[2] == "retracted" || row[2] == "changed") << *row[2];
}

TEST_F(CliReview, DistinctFromClosesTheQuestionAndConfirmsWhatWasTold) {
  import_an_open_question();
  const auto run = decide({left_, "distinct-from", came_});
  ASSERT_EQ(run.status, 0) << run.errors;
  EXPECT_NE(run.output.find("They are two agreements now: " + left_ + " and " + came_),
            std::string::npos)
      << run.output;
  EXPECT_EQ(standing(),
            (std::vector<std::string>{"new Jane decided: the clerk sent both pages",
                                      "terminated Jane decided: the clerk sent both pages"}));
  const auto changes = storage::changes(store_, {});
  EXPECT_EQ(text_at(changes, 0, "unconfirmed"), "false");
}

TEST_F(CliReview, AWrongMatchIsPartedByTheEntryThatToldItAndTheLaterDecisionCounts) {
  import_an_open_question();
  ASSERT_EQ(decide({came_, "same-as", left_}).status, 0);
  const auto seq = text_at(storage::changes(store_, {}), 0, "seq");
  const auto run = decide({left_, "distinct-from", seq});
  ASSERT_EQ(run.status, 0) << run.errors;
  EXPECT_EQ(standing().size(), 2U);
  EXPECT_EQ(text_at(storage::changes(store_, {}), 0, "agreement_id"), came_)
      << "its id is its own again";
  EXPECT_EQ(decide({left_, "distinct-from", seq}).status, 1) << "that entry stands no more";

  // Both are shown, whatever came of them.
  const auto decided = storage::decisions(store_);
  EXPECT_EQ(column(decided, "decision"), (Texts{"same-as", "distinct-from"}));
  EXPECT_EQ(column(decided, "decided_by"), (Texts{"Jane", "Jane"}));
  const auto shown = agreementctl({"review", "--decided"}).output;
  EXPECT_NE(shown.find(",same-as,the clerk sent both pages,participating,TX,Harrison County"),
            std::string::npos)
      << shown;
}

TEST_F(CliReview, AMergeIsUndoneByTheTwoIds) {
  import_an_open_question();
  const auto before = standing();
  ASSERT_EQ(decide({came_, "same-as", left_}).status, 0);
  const auto run = decide({came_, "distinct-from", left_});
  ASSERT_EQ(run.status, 0) << run.errors;
  EXPECT_NE(run.output.find("They are two agreements now"), std::string::npos) << run.output;
  EXPECT_EQ(standing().size(), before.size());
  // What was taken back says who said so.
  for (const auto& row : storage::changes(store_, {.kind = "retracted", .all = true}).rows)
    EXPECT_EQ(row.back(), "Jane decided: the clerk sent both pages");
  EXPECT_EQ(agreementctl({"verify"}).status, 0);
}

TEST_F(CliReview, TwoThatAreListedSideBySideAreOneOnlyWithAWarningAndCanBePartedAgain) {
  const auto list = write("participatingAgencies05052025am.html",
                          "<table><tr><th>STATE<th>LAW ENFORCEMENT AGENCY<th>SUPPORT TYPE<th>SIGNED"
                          "<th>MOA</tr><tr><td>TEXAS<td>Bee County Sheriff's Office<td>Task Force "
                          "Model<td>2025-02-26<td>link pending</tr><tr><td>TEXAS<td>Hale County "
                          "Sheriff's Office<td>Task Force Model<td>2025-03-26<td>link pending</tr>"
                          "</table>");
  ASSERT_EQ(agreementctl({"import", list}).status, 0);
  const auto listed = storage::current(store_, {});
  ASSERT_EQ(listed.rows.size(), 2U);
  const auto one = text_at(listed, 0, "agreement_id");
  const auto other = text_at(listed, 1, "agreement_id");
  const auto merged = decide({one, "same-as", other});
  ASSERT_EQ(merged.status, 0) << merged.errors;
  EXPECT_NE(merged.output.find("The newest edition prints both"), std::string::npos)
      << merged.output;
  EXPECT_EQ(storage::current(store_, {}).rows.size(), 1U);
  const auto parted = decide({one, "distinct-from", other});
  ASSERT_EQ(parted.status, 0) << parted.errors;
  EXPECT_EQ(storage::current(store_, {}).rows, listed.rows);
  EXPECT_EQ(agreementctl({"verify"}).status, 0);
}

TEST_F(CliReview, OfThreeThatWereUnitedTheTwoThatAreNamedAreParted) {
  std::string html =
      "<table><tr><th>STATE<th>LAW ENFORCEMENT AGENCY<th>SUPPORT TYPE<th>SIGNED<th>MOA";
  for (const auto* county : {"Bee", "Hale", "Zavala"})
    html += std::string("<tr><td>TEXAS<td>") + county +
            " County Sheriff's Office<td>Task Force Model<td>2025-02-26<td>link pending";
  const auto list = write("participatingAgencies05052025am.html", html + "</table>");
  ASSERT_EQ(agreementctl({"import", list}).status, 0);
  const auto listed = storage::current(store_, {});
  ASSERT_EQ(listed.rows.size(), 3U);
  const auto id = [&](std::size_t row) { return text_at(listed, row, "agreement_id"); };
  ASSERT_EQ(decide({id(0), "same-as", id(1)}).status, 0);
  ASSERT_EQ(decide({id(0), "same-as", id(2)}).status, 0);
  EXPECT_EQ(storage::current(store_, {}).rows.size(), 1U);
  const auto parted = decide({id(0), "distinct-from", id(1)});
  ASSERT_EQ(parted.status, 0) << parted.errors;
  EXPECT_EQ(column(storage::current(store_, {}), "agreement_id"), (Texts{id(0), id(1)}));
  EXPECT_EQ(agreementctl({"verify"}).status, 0);
}

TEST_F(CliReview, ADecisionThatCannotBeIsOneErrorAndLeavesNothing) {
  import_an_open_question();
  const auto entries = storage::changes(store_, {.all = true}).rows.size();
  const auto refused = [&](const std::vector<std::string>& arguments, int status) {
    const auto run = decide(arguments);
    EXPECT_TRUE(is_one_error(run, status)) << arguments[0] << ": " << run.errors;
  };
  refused({left_, "same-as", "AAAAAAAAA"}, 1);
  refused({left_, "same-as", left_}, 1);
  refused({left_, "distinct-from", "1"}, 1);   // new: matched nothing
  refused({left_, "distinct-from", "99"}, 1);  // no entry
  refused({left_, "same-as", "2"}, 2);         // an entry goes with distinct-from
  refused({left_, "is", came_}, 2);
  refused({"GAAAAAAAA", "same-as", came_}, 2);
  refused({left_, "same-as", "x"}, 2);
  EXPECT_TRUE(is_one_error(agreementctl({"decide", left_, "same-as", came_}), 2)) << "no reason";
  EXPECT_EQ(storage::changes(store_, {.all = true}).rows.size(), entries);
  EXPECT_EQ(ask(store_, "SELECT count(*) FROM decisions"), "0");
}

}  // namespace
}  // namespace agreementd::testing
