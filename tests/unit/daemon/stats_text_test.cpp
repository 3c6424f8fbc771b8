#include "daemon/commands/stats_text.h"

#include <gtest/gtest.h>

#include "daemon/commands/output.h"

namespace agreementd::daemon {
namespace {

Counts counts() {
  return {
      {{"list", "model", "count"},
       {{"participating", "TFM", "40"}, {"participating", "JEM", "10"}, {"pending", "TFM", "3"}}},
      {{"list", "state", "count"}, {{"participating", "TX", "50"}}},
      {{"month", "new", "reinstated", "terminated", "net", "listed"},
       {{"2025-06", "4", "1", "7", "-2", "50"}}}};
}

TEST(StatsText, EachCountHasABarAndEachListItsOwnChart) {
  const auto text = stats_text(counts(), 40);
  EXPECT_NE(text.find("agreements by model\n  TFM       40  ██"), std::string::npos) << text;
  EXPECT_NE(text.find("applications on the pending list by model\n"), std::string::npos) << text;
  EXPECT_NE(text.find("agreements by state\n"), std::string::npos) << text;
}

TEST(StatsText, AMonthShowsWhatCameAndWhatLeft) {
  const auto text = stats_text(counts(), 80);
  EXPECT_NE(text.find("2025-06       5       7        50  █"), std::string::npos) << text;
  EXPECT_NE(text.find(" left\n"), std::string::npos) << text;
}

TEST(StatsText, TheLargestCountComesFirst) {
  auto some = counts();
  std::swap(some.by_model.rows[0], some.by_model.rows[1]);
  const auto text = stats_text(some, 80);
  EXPECT_LT(text.find("  TFM "), text.find("  JEM ")) << text;
}

TEST(StatsText, ALongQuietTimeIsOneLine) {
  auto some = counts();
  for (const auto* month : {"2025-07", "2025-08", "2025-09"})
    some.by_month.rows.push_back({month, "0", "0", "0", "0", "50"});
  some.by_month.rows.push_back({"2025-10", "1", "0", "0", "1", "51"});
  const auto text = stats_text(some, 80);
  EXPECT_NE(text.find("3 months in which none came or left\n  2025-10 "), std::string::npos)
      << text;
  EXPECT_EQ(text.find("2025-08"), std::string::npos) << text;
}

TEST(StatsText, NothingListedSaysWhatToDo) {
  EXPECT_NE(stats_text({}, 80).find("agreementctl import"), std::string::npos);
}

TEST(StatsTable, IsOneTableOfAllCounts) {
  const auto table = stats_table(counts());
  ASSERT_EQ(table.rows.size(), 5U);
  EXPECT_EQ(format_csv(table),
            "by,list,key,count,new,reinstated,terminated,net\n"
            "model,participating,TFM,40,,,,\nmodel,participating,JEM,10,,,,\n"
            "model,pending,TFM,3,,,,\nstate,participating,TX,50,,,,\n"
            "month,participating,2025-06,50,4,1,7,-2\n");
}

}  // namespace
}  // namespace agreementd::daemon
