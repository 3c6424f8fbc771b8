#include "model/input.h"

#include "model/names.h"

namespace agreementd {
namespace {

constexpr Names<Origin, 2> origin_names{{"poll", "import"}};
constexpr Names<DatedBy, 6> dated_by_names{
    {"redate", "file name", "Last-Modified", "capture time", "saved time", "nothing"}};
constexpr Names<VerdictKind, 4> verdict_names{{"approve", "reject", "redate", "hold"}};
constexpr Names<DecisionKind, 2> decision_names{{"same-as", "distinct-from"}};

}  // namespace

std::string_view to_string(Origin origin) { return origin_names.of(origin); }
std::optional<Origin> parse_origin(std::string_view text) { return origin_names.find(text); }
std::string_view to_string(DatedBy dated_by) { return dated_by_names.of(dated_by); }
std::optional<DatedBy> parse_dated_by(std::string_view text) { return dated_by_names.find(text); }
std::string_view to_string(VerdictKind kind) { return verdict_names.of(kind); }
std::optional<VerdictKind> parse_verdict_kind(std::string_view text) {
  return verdict_names.find(text);
}
std::string_view to_string(DecisionKind kind) { return decision_names.of(kind); }
std::optional<DecisionKind> parse_decision_kind(std::string_view text) {
  return decision_names.find(text);
}

}  // namespace agreementd
