#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>

#include "model/input.h"
#include "model/listing.h"
#include "samples/edition_text.h"
#include "tests/generator/press.h"

namespace agreementd::generator {

/// What the parsers make of the edition, without writing a workbook and reading it again: the rows
/// go through the parsers' own reading of rows, the saved time is taken over. A test holds it
/// against the workbook's reading.
Reading reading_of(const samples::EditionText& text);

/// Bytes in place of the workbook, which is not written: as many different ones.
std::string stand_in(const Publication& publication);

/// The publication as an import sees it, its document the stand-in.
Sighting sighting_of(const Publication& publication, const Reading& reading);

/// Reads the editions a second time, about in their order: of millions of rows only those of a few
/// editions are in memory.
class SecondReading {
 public:
  /// The world must outlive it.
  SecondReading(const World& world, const Noise& noise, std::uint64_t seed)
      : world_(world), noise_(noise), seed_(seed) {}

  /// The edition with this number. Far out of order it costs a printing of all.
  Reading of(std::size_t number);

 private:
  const World& world_;
  Noise noise_;
  std::uint64_t seed_;
  std::optional<Press> press_;
  std::map<std::size_t, Reading> kept_;
  std::size_t next_ = 0;
};

}  // namespace agreementd::generator
