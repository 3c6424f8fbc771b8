#include "parsers/listing.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "parsers/moa.h"
#include "parsers/signed_date.h"
#include "parsers/text.h"
#include "parsers/vocabulary.h"

namespace agreementd::parsers {
namespace {

using LookUp = std::optional<Meaning<std::string_view>> (*)(std::string_view);

/// Reads the cells of one row, noting what is odd.
class RowReader {
 public:
  RowReader(const Row& row, const Columns& columns) : row_(row), columns_(columns) {
    read_.listing.row = row.number;
  }

  ReadRow read(bool epoch_1904) {
    Listing& listing = read_.listing;
    note_merged_cells();
    listing.state_text = text_of(Column::state);
    listing.state = word(Column::state, listing.state_text, state_of, true);
    listing.agency = text_of(Column::agency);
    if (listing.agency.empty()) unreadable("no agency");
    listing.agency_type =
        word(Column::agency_type, text_of(Column::agency_type), agency_type_of, false);
    listing.county = text_of(Column::county);
    listing.model_text = text_of(Column::model);
    listing.model = word(Column::model, listing.model_text, model_of, true);
    read_signed_date(epoch_1904);
    read_links();
    return std::move(read_);
  }

 private:
  [[nodiscard]] const Cell* cell(Column column) const {
    const auto at = columns_.of(column);
    return at ? row_.at(*at) : nullptr;
  }

  std::string& printed(Column column) { return read_.printed[static_cast<std::size_t>(column)]; }
  void odd(std::string oddity) {
    if (!oddity.empty()) read_.listing.oddities.push_back(std::move(oddity));
  }
  void unreadable(std::string why) {
    odd(std::move(why));
    read_.listing.readable = false;
  }

  std::string text_of(Column column) {
    const Cell* found = cell(column);
    return printed(column) = found ? printed_text(found->text) : std::string{};
  }

  /// What `text` means in the vocabulary of the column; itself where it means nothing there.
  std::string word(Column column, const std::string& text, LookUp look_up, bool required) {
    const auto name = column == Column::agency_type ? "agency type" : to_string(column);
    if (text.empty()) {
      if (required) unreadable(fmt::format("no {}", name));
      return text;
    }
    const auto meaning = look_up(text);
    if (!meaning) {
      odd(fmt::format("{} \"{}\" is not known", name, text));
      if (required) read_.listing.readable = false;
      return text;
    }
    if (meaning->odd) odd(fmt::format("{} \"{}\" read as {}", name, text, meaning->value));
    return std::string(meaning->value);
  }

  void read_signed_date(bool epoch_1904) {
    if (!columns_.has(Column::signed_on)) return;
    auto date = read_signed(cell(Column::signed_on), epoch_1904);
    if (date.text.empty()) odd("no signing date");
    odd(std::move(date.oddity));
    read_.listing.signed_on = date.date;
    printed(Column::signed_on) = date.text;
    read_.listing.signed_text = std::move(date.text);
  }

  void read_links() {
    Listing& listing = read_.listing;
    auto moa = read_moa(cell(Column::moa));
    listing.moa_status = moa.status;
    listing.moa_url = std::move(moa.url);
    printed(Column::moa) = std::move(moa.printed);
    for (auto& oddity : moa.oddities) odd(std::move(oddity));

    auto addendum = read_addendum(cell(Column::addendum));
    listing.addendum_url = addendum.url.empty() ? std::move(moa.addendum) : std::move(addendum.url);
    printed(Column::addendum) = std::move(addendum.printed);
    for (auto& oddity : addendum.oddities) odd(std::move(oddity));
  }

  void note_merged_cells() {
    for (const auto& each : row_.cells)
      if (each.from_above)
        odd(fmt::format("\"{}\" stands in a cell merged with the row above",
                        printed_text(each.text)));
  }

  const Row& row_;
  const Columns& columns_;
  ReadRow read_;
};

}  // namespace

bool is_blank(const Row& row, const Columns& columns) {
  const auto known = columns.all();
  return std::none_of(known.begin(), known.end(), [&](Column column) {
    const Cell* cell = row.at(*columns.of(column));
    return cell && !cell->from_above && !printed_text(cell->text).empty();
  });
}

ReadRow read_listing(const Row& row, const Columns& columns, bool epoch_1904) {
  return RowReader(row, columns).read(epoch_1904);
}

}  // namespace agreementd::parsers
