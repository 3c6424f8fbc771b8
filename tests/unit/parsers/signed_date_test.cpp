#include "parsers/signed_date.h"

#include <gtest/gtest.h>

namespace agreementd::parsers {
namespace {

std::string text_date(std::string_view text) {
  const auto date = date_of_text(text);
  return date ? to_string(*date) : "none";
}

SignedDate printed(const std::string& text) {
  Cell cell;
  cell.text = text;
  return read_signed(&cell, false);
}

SignedDate number(double serial, bool epoch_1904 = false) {
  Cell cell;
  cell.text = std::to_string(serial);
  cell.number = serial;
  return read_signed(&cell, epoch_1904);
}

TEST(SignedDate, ASerialCountsFrom1900) {
  const auto date = number(45833);
  EXPECT_EQ(to_string(*date.date), "2025-06-25");
  EXPECT_EQ(date.text, "2025-06-25");
  EXPECT_EQ(date.oddity, "");
  EXPECT_EQ(to_string(*date_of_serial(61, false)), "1900-03-01");
  EXPECT_EQ(to_string(*date_of_serial(59, false)), "1900-02-28");
}

TEST(SignedDate, ASerialCountsFrom1904WhereTheWorkbookSaysSo) {
  EXPECT_EQ(to_string(*number(44371, true).date), "2025-06-25");
}

TEST(SignedDate, TheTimeOfDayOfASerialDoesNotCount) {
  EXPECT_EQ(to_string(*number(45833.75).date), "2025-06-25");
}

TEST(SignedDate, ANumberThatIsNoDayIsNone) {
  EXPECT_FALSE(date_of_serial(0, false));
  EXPECT_FALSE(date_of_serial(-3, false));
  EXPECT_FALSE(date_of_serial(1e9, false));
  EXPECT_FALSE(date_of_serial(std::numeric_limits<double>::quiet_NaN(), false));
}

TEST(SignedDate, IsoAndMonthDayYear) {
  EXPECT_EQ(text_date("2025-06-12"), "2025-06-12");
  EXPECT_EQ(text_date("6/12/25"), "2025-06-12");
  EXPECT_EQ(text_date("06/12/2025"), "2025-06-12");
  EXPECT_EQ(text_date("6-12-2025"), "2025-06-12");
  EXPECT_EQ(text_date("06122025"), "2025-06-12");
  EXPECT_EQ(text_date("7/15/98"), "1998-07-15");
  EXPECT_EQ(printed("6/12/2025").text, "6/12/2025") << "as printed, the cell held no date";
  EXPECT_EQ(printed("6/12/2025").oddity, "");
}

TEST(SignedDate, ATimeAfterTheDateDoesNotCount) {
  EXPECT_EQ(to_string(*printed("2025-06-12T00:00:00Z").date), "2025-06-12");
  EXPECT_EQ(to_string(*printed("6/12/2025 0:00").date), "2025-06-12");
}

TEST(SignedDate, ASlipIsReadWhereExactlyOneReadingExists) {
  const auto slip = printed("05/082025");
  EXPECT_EQ(to_string(*slip.date), "2025-05-08");
  EXPECT_EQ(slip.text, "05/082025");
  EXPECT_EQ(slip.oddity, "signed \"05/082025\" read as 2025-05-08");
  EXPECT_EQ(text_date("7/72025"), "2025-07-07");
  EXPECT_EQ(text_date("05//08/2025"), "2025-05-08");
  EXPECT_EQ(text_date("11/1125"), "2025-11-11") << "1/1/1125 cannot be true";
}

TEST(SignedDate, ASlipWithTwoReadingsIsNoDate) {
  EXPECT_EQ(text_date("112025"), "none") << "1/1/2025 or 11/20/25";
  EXPECT_EQ(text_date("11125"), "none");
}

TEST(SignedDate, WhatIsNoDateStaysAsPrintedWithAnOddity) {
  for (const std::string text :
       {"13/40/2025", "25/06/2025", "02/30/2025", "soon", "6/12", "2025", "6/12/20255", "45833"}) {
    const auto date = printed(text);
    EXPECT_FALSE(date.date) << text;
    EXPECT_EQ(date.text, text);
    EXPECT_EQ(date.oddity, "signed \"" + text + "\" is no date");
  }
}

TEST(SignedDate, AYearThatCannotBeTrueIsAbsentWithTheTextKept) {
  const auto text = printed("7/7/5025");
  EXPECT_FALSE(text.date);
  EXPECT_EQ(text.text, "7/7/5025");
  EXPECT_EQ(text.oddity, "signed \"7/7/5025\" cannot be true");
  const auto cell = number(1'141'547);
  EXPECT_FALSE(cell.date);
  EXPECT_EQ(cell.text, "5025-06-12");
  EXPECT_FALSE(printed("1/1/1925").date);
}

TEST(SignedDate, ABlankCellIsBlank) {
  EXPECT_EQ(read_signed(nullptr, false).text, "");
  EXPECT_EQ(printed(" #N/A ").text, "");
  EXPECT_FALSE(printed("\xC2\xA0").date);
}

}  // namespace
}  // namespace agreementd::parsers
