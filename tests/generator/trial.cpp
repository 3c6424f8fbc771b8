#include "tests/generator/trial.h"

#include <cstdint>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "parsers/dating.h"
#include "tests/generator/read_back.h"
#include "tracking/arrange.h"
#include "tracking/refold.h"

namespace agreementd::generator {

Score try_recovery(const TrialOptions& options) {
  const auto world = make_world(options.world);
  const auto noise = Noise::as_measured().times(options.noise);
  Press press(world, noise, options.world.seed);
  Chronicle chronicle(world);
  std::vector<Imprint> imprints;
  std::map<Sha256, std::size_t> documents;
  std::vector<tracking::DatedSighting> sightings;
  while (auto publication = press.next()) {
    const auto reading = reading_of(publication->text);
    chronicle.read(*publication, reading);
    auto sighting = sighting_of(*publication, reading);
    documents.emplace(sighting.document, publication->number);
    const auto dating = parsers::date_sighting(sighting);
    sightings.push_back({std::move(sighting), dating});
    imprints.push_back({publication->text.file_name, publication->mishap, publication->believable,
                        std::move(publication->owners)});
  }
  const auto arranged = tracking::arrange(std::move(sightings), {});
  SecondReading again(world, noise, options.world.seed, order_of(arranged, documents));
  const auto refolded = tracking::refold(
      {}, arranged, [&](std::size_t) -> const Reading& { return again.next(); }, {}, {});
  return Comparison(world, imprints, documents, refolded.folded).score(chronicle);
}

std::vector<std::string> story_of(const TrialOptions& options, std::size_t hidden) {
  const auto world = make_world(options.world);
  Press press(world, Noise::as_measured().times(options.noise), options.world.seed);
  std::vector<std::string> story{
      fmt::format("[{}] followed by [{}]", hidden, world.hidden[hidden].successor)};
  std::string last;
  while (const auto publication = press.next()) {
    if (publication->list != world.hidden[hidden].list) continue;
    std::string rows;
    for (std::size_t i = 0; i < publication->owners.size(); ++i) {
      if (publication->owners[i] != hidden) continue;
      for (const auto& cell : publication->text.rows[i])
        rows += cell.text + (cell.target.empty() ? " | " : " " + cell.target + " | ");
    }
    if (rows == last) continue;
    story.push_back(publication->text.file_name + ": " + rows);
    last = rows;
  }
  return story;
}

}  // namespace agreementd::generator
