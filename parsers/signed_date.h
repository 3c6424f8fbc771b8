#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/time.h"
#include "parsers/table.h"

namespace agreementd::parsers {

struct SignedDate {
  std::optional<Date> date;  ///< absent: blank, or no date that can be true
  std::string text;          ///< as printed; ISO where the cell held a date
  std::string oddity;        ///< in words; empty: none
};

/// Reads a cell of the SIGNED column (null: blank): a serial number of Excel, ISO text, or a text
/// of month, day and year. `epoch_1904` as in `Table`.
SignedDate read_signed(const Cell* cell, bool epoch_1904);

/// The day that Excel's serial number means; nothing outside 1900–9999.
/// https://learn.microsoft.com/office/troubleshoot/excel/1900-and-1904-date-system
std::optional<Date> date_of_serial(double serial, bool epoch_1904);

/// The one day that `text` can mean: its digits, in order, as month, day, year (four digits or two)
/// or year, month, day, with every printed separator between two of them. So a lost separator is
/// read
/// (`05/082025`) where only one reading exists that can be true. Nothing where there is none or
/// more.
std::optional<Date> date_of_text(std::string_view text);

/// Whether an agreement can have been signed that day: from 1996, when the law allowed it, to 2049.
bool can_be_signed_on(Date date);

}  // namespace agreementd::parsers
