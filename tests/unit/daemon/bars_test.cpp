#include "daemon/commands/bars.h"

#include <gtest/gtest.h>

#include "daemon/progress.h"

namespace agreementd::daemon {
namespace {

TEST(Bars, TheLargestFillsTheWidth) { EXPECT_EQ(bar(40, 40, 4), "████"); }

TEST(Bars, StepsAreEighthsOfAColumn) {
  EXPECT_EQ(bar(1, 2, 1), "▌");
  EXPECT_EQ(bar(20, 40, 3), "█▌");
}

TEST(Bars, NothingHasNoBarAndLittleHasASmallOne) {
  EXPECT_EQ(bar(0, 100, 10), "");
  EXPECT_EQ(bar(-3, 100, 10), "");
  EXPECT_EQ(bar(1, 1'000'000, 10), "▏");
}

TEST(Bars, NoScaleIsNoBar) {
  EXPECT_EQ(bar(5, 0, 10), "");
  EXPECT_EQ(bar(5, 10, 0), "");
  EXPECT_EQ(bar(20, 10, 2), "██");
}

TEST(ProgressBar, ShowsShareAndCounts) {
  EXPECT_EQ(progress_line("Reading lists", 12, 24),
            "Reading lists  [###############---------------]  50 %  12/24");
  EXPECT_EQ(progress_line("Reading lists", 0, 0),
            "Reading lists  [##############################] 100 %  0/0");
}

}  // namespace
}  // namespace agreementd::daemon
