#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "model/input.h"
#include "model/listing.h"
#include "samples/edition_text.h"
#include "tests/generator/press.h"
#include "tracking/arrange.h"

namespace agreementd::generator {

/// What the parsers make of the edition, without writing a workbook and reading it again: the rows
/// go through the parsers' own reading of rows, the saved time is taken over. A test holds it
/// against the workbook's reading.
Reading reading_of(const samples::EditionText& text);

/// Bytes in place of the workbook, which is not written: as many different ones.
std::string stand_in(const Publication& publication);

/// The publication as an import sees it, its document the stand-in.
Sighting sighting_of(const Publication& publication, const Reading& reading);

/// The numbers of the publications in the order of the editions.
std::vector<std::size_t> order_of(const std::vector<tracking::Arranged>& arranged,
                                  const std::map<Sha256, std::size_t>& documents);

/// Reads the editions a second time, in the order in which they are folded: of millions of rows
/// only those of editions that are out of place, and those they passed, are in memory.
class SecondReading {
 public:
  /// `order`: the numbers of the publications to read, none twice. The world must outlive it.
  SecondReading(const World& world, const Noise& noise, std::uint64_t seed,
                std::vector<std::size_t> order)
      : press_(world, noise, seed),
        order_(std::move(order)),
        wanted_(order_.begin(), order_.end()) {}

  /// The next in the order, until it is asked again. Precondition: there is one.
  const Reading& next();

 private:
  Press press_;
  std::vector<std::size_t> order_;
  std::set<std::size_t> wanted_;
  std::map<std::size_t, Reading> kept_;
  Reading current_;
  std::size_t printed_ = 0;
  std::size_t next_ = 0;
};

}  // namespace agreementd::generator
