#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "samples/edition_text.h"
#include "tests/generator/draw.h"
#include "tests/generator/noise.h"
#include "tests/generator/print.h"
#include "tests/generator/world.h"

namespace agreementd::generator {

/// An edition as ICE published it, and what is true of it.
struct Publication {
  std::size_t number = 0;  ///< in the order published, both lists together
  List list = List::participating;
  Day day;
  samples::EditionText text;        ///< file name, saved time, columns and rows
  std::vector<std::size_t> owners;  ///< by row: which of `World::hidden` it is
  std::set<std::size_t>
      disguised;           ///< owners printed as another body, or of another state or model
  bool believable = true;  ///< false: stale or truncated, nobody should believe it
  std::string mishap;      ///< what went wrong with it as a whole; empty: nothing
};

/// Prints a world's lists, one edition after the other. It remembers some editions only, so that a
/// run of any length needs little memory. The same world, noise and seed give the same editions.
class Press {
 public:
  /// `world` must live as long as the press.
  Press(const World& world, const Noise& noise, std::uint64_t seed);
  /// The next edition; nothing after the last.
  std::optional<Publication> next();

 private:
  /// What a list's editions leave behind for later ones.
  struct Desk {
    std::deque<Publication> archive;  ///< some old editions, from which stale ones are taken
    std::string last_name;
    Day last_day{};
    std::set<Column> introduced;
    int links_gone_for = 0;  ///< editions still to come without links
    int column_gone_for = 0;
    Column column_gone = Column::county;
    int printed = 0;
  };

  [[nodiscard]] std::vector<Column> columns(Desk& desk, const Issue& issue,
                                            const std::vector<PrintedRow>& rows, Draw& draw) const;
  void lose_links(Desk& desk, std::vector<PrintedRow>& rows, Draw& draw) const;
  [[nodiscard]] std::optional<Publication> stale(const Desk& desk, const Publication& fresh,
                                                 Draw& draw) const;
  void truncate(Publication& publication, Draw& draw) const;
  void name(Desk& desk, const Issue& issue, Publication& publication, Draw& draw) const;
  [[nodiscard]] std::string misdated(Day day, Draw& draw) const;

  const World& world_;
  Noise noise_;
  std::uint64_t seed_;
  std::vector<std::vector<Slip>> slips_;
  std::map<List, Desk> desks_;
  std::size_t next_ = 0;
};

}  // namespace agreementd::generator
