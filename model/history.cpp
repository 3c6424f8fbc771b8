#include "model/history.h"

#include "model/names.h"

namespace agreementd {
namespace {

constexpr Names<EditionStatus, 3> status_names{{"accepted", "quarantined", "rejected"}};
constexpr Names<ChangeKind, 5> kind_names{
    {"new", "terminated", "changed", "reinstated", "retracted"}};
constexpr Names<Cause, 5> cause_names{{"edition", "archive", "decision", "verdict", "rebuild"}};

/// Parts joined so that no two different lists of parts give the same text.
void append_part(std::string& text, std::string_view part) {
  text += std::to_string(part.size());
  text += ':';
  text += part;
}

}  // namespace

std::string_view to_string(EditionStatus status) { return status_names.of(status); }
std::optional<EditionStatus> parse_edition_status(std::string_view text) {
  return status_names.find(text);
}
std::string_view to_string(ChangeKind kind) { return kind_names.of(kind); }
std::optional<ChangeKind> parse_change_kind(std::string_view text) { return kind_names.find(text); }
std::string_view to_string(Cause cause) { return cause_names.of(cause); }
std::optional<Cause> parse_cause(std::string_view text) { return cause_names.find(text); }

Sha256 edition_id(List list, const Sha256& content, const Sha256& document,
                  const std::string& file_name) {
  std::string text;
  append_part(text, to_string(list));
  append_part(text, to_hex(content));
  append_part(text, to_hex(document));
  append_part(text, file_name);
  return sha256(text);
}

Sha256 minting_hash(const Minting& listing, const std::string& suffix) {
  std::string text;
  append_part(text, to_string(listing.list));
  append_part(text, to_hex(listing.content));
  for (const auto* part :
       {&listing.state_text, &listing.agency, &listing.model_text, &listing.signed_text})
    append_part(text, *part);
  return sha256(text + suffix);
}

}  // namespace agreementd
