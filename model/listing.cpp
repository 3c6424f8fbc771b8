#include "model/listing.h"

#include "model/names.h"

namespace agreementd {
namespace {

constexpr Names<List, 2> list_names{{"participating", "pending"}};
constexpr Names<MoaStatus, 4> moa_names{{"none", "pending", "posted", "unreadable"}};
constexpr Names<Column, 8> column_names{
    {"state", "agency", "agency_type", "county", "model", "signed", "moa", "addendum"}};

}  // namespace

std::string_view to_string(List list) { return list_names.of(list); }
std::optional<List> parse_list_name(std::string_view text) { return list_names.find(text); }
std::string_view to_string(MoaStatus status) { return moa_names.of(status); }
std::optional<MoaStatus> parse_moa_status(std::string_view text) { return moa_names.find(text); }
std::string_view to_string(Column column) { return column_names.of(column); }

}  // namespace agreementd
