#pragma once

#include <compare>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/listing.h"
#include "tests/generator/press.h"
#include "tests/generator/world.h"

namespace agreementd::generator {

/// What is told of an agreement, as far as it is scored.
enum class Kind {
  added,       ///< first listed
  ended,       ///< of an agreement: not listed any more, `unlisted`
  replaced,    ///< of an agreement: `superseded` or `switched`
  returned,    ///< listed again
  identity,    ///< state, agency, model or signing date
  moa,         ///< the MOA
  details,     ///< type, county or addendum
  applied,     ///< first listed as an application
  signed_off,  ///< an application left as its agreement was listed
  withdrawn,   ///< an application left, and no agreement was listed
  amended,     ///< anything else of an application
};
inline constexpr std::size_t kinds = 11;
std::string_view name_of(Kind kind);

/// Something that is told, or ought to be. Equal events are one.
struct Event {
  Kind kind = Kind::added;
  std::size_t publication = 0;  ///< the number of the edition that shows it
  std::size_t owner = 0;        ///< of which of `World::hidden`
  std::string what;             ///< of a change the field; of a replacement the reason
  std::size_t other = 0;        ///< the agreement it is about as well, plus 1; 0: none
  auto operator<=>(const Event&) const = default;
};

/// The kind of a change of this field.
Kind kind_of(List list, Column field);
/// What a reader with perfect knowledge of who is who would tell from the same editions. That is
/// the truth that a tracker is measured by: it knows which row is which agreement, and nothing of
/// the world that was not printed. An edition that omits a row says that the agreement is gone; a
/// misspelling is a change when it is printed and another when it is put right. It does not
/// believe stale and truncated editions. Not a change: what is no change by DESIGN.md (case,
/// spacing, punctuation, a value that any row of the last edition showed, a column that is missing
/// or appears for the first time, links that are all missing).
class Chronicle {
 public:
  explicit Chronicle(const World& world) : world_(world) {}

  /// The next publication, and how it is read.
  void read(const Publication& publication, const Reading& reading);
  [[nodiscard]] const std::vector<Event>& events() const { return events_; }
  /// Applications, by edition and owner, of which nobody can say yet how they ended: they left as
  /// their agreement stood under another body, state or model. Whatever is told is not scored.
  [[nodiscard]] const std::set<std::pair<std::size_t, std::size_t>>& unknowable() const {
    return unknowable_;
  }

 private:
  using Values = std::set<std::string>;

  /// What is known of an agreement.
  struct Known {
    bool listed = false;
    bool disguised = false;  ///< as it was last printed
    Day first_listed{};
    std::map<Column, Values> values;
  };
  struct Shown {
    std::map<std::size_t, std::map<Column, Values>> by_owner;
    std::set<Column> lost;  ///< of which most values are missing at once
  };

  [[nodiscard]] Shown shown_by(const Publication& publication, const Reading& reading) const;
  [[nodiscard]] std::pair<long, long> counted_losses(const Shown& shown, Column field) const;
  void note_changes(const Publication& publication, std::size_t owner, const Shown& shown,
                    const std::set<Column>& columns);
  void note_end(const Publication& publication, std::size_t owner);

  const World& world_;
  std::map<std::size_t, Known> known_;
  std::map<List, std::set<Column>> ever_filled_;  ///< columns that had a value before
  std::set<List> begun_;
  std::vector<Event> events_;
  std::set<std::pair<std::size_t, std::size_t>> unknowable_;
};

}  // namespace agreementd::generator
