#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "model/hash.h"
#include "model/time.h"

namespace agreementd {

/// Which of ICE's two lists. Participating sorts first: at equal date and slot it precedes pending.
enum class List { participating, pending };
/// `participating` or `pending`.
std::string_view to_string(List list);
std::optional<List> parse_list_name(std::string_view text);

/// What the MOA cell says.
enum class MoaStatus {
  none,        ///< blank, or no such column
  pending,     ///< `link pending`
  posted,      ///< a link
  unreadable,  ///< a word that is neither
};
std::string_view to_string(MoaStatus status);
std::optional<MoaStatus> parse_moa_status(std::string_view text);

/// The columns of ICE's lists that we know. Others are kept in nobody's memory but the document's.
enum class Column { state, agency, agency_type, county, model, signed_on, moa, addendum };
/// The name used in hashes, notes and change fields: `state`, `agency`, `agency_type`, `county`,
/// `model`, `signed`, `moa`, `addendum`.
std::string_view to_string(Column column);

/// One row of a list, read. Texts are UTF-8 with runs of white space collapsed and none at the
/// ends.
struct Listing {
  int row = 0;                    ///< 1-based row of the sheet or table, for messages
  std::string state;              ///< two letters (USPS); as printed where no state is meant
  std::string agency;             ///< as printed
  std::string agency_type;        ///< a word of the vocabulary, else as printed; empty: blank
  std::string county;             ///< as printed; empty: blank
  std::string model;              ///< JEM, WSO, TFM, TTFM; as printed where it is none of them
  std::optional<Date> signed_on;  ///< absent: blank, or not readable as a date that can be true
  MoaStatus moa_status = MoaStatus::none;
  std::string moa_url;       ///< unwrapped; empty unless posted
  std::string addendum_url;  ///< unwrapped; empty: none

  /// As printed (white space collapsed): these name a listing for good, however well we read it.
  std::string state_text;
  std::string model_text;
  std::string signed_text;  ///< ISO where the cell held a date

  /// What was odd about it, in words: `state "PENNSLYVANIA" read as PA`.
  std::vector<std::string> oddities;
  /// False where state, agency or model is missing or means nothing known. Kept all the same.
  bool readable = true;

  bool operator==(const Listing&) const = default;
};

/// What the parsers make of one document: a list as ICE published it.
struct Reading {
  List list = List::participating;
  /// The content hash: SHA-256 of the sorted rows (see `parsers/list.h`).
  Sha256 content;
  std::set<Column> columns;           ///< those the list has
  std::vector<Listing> listings;      ///< every non-blank row, in the order printed
  std::optional<Instant> saved_at;    ///< when the workbook was last saved (docProps/core.xml)
  std::vector<std::string> oddities;  ///< of the document as a whole
};

}  // namespace agreementd
