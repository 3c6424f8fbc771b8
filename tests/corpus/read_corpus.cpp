#include "tests/corpus/read_corpus.h"

#include <cstdint>
#include <cstdlib>
#include <filesystem>

#include "daemon/commands/collect.h"
#include "daemon/readings.h"
#include "parsers/dating.h"
#include "parsers/list.h"

namespace agreementd::corpus {

std::vector<daemon::Candidate> lists() {
  std::vector<std::string> folders;
  if (const char* corpus = std::getenv("AGREEMENTD_CORPUS"))
    for (const auto* part : {"participating", "pending", "pages"})
      folders.push_back((std::filesystem::path(corpus) / part).string());
  else
    folders.push_back(AGREEMENTD_BINARY_DIR "/samples/lists");
  return daemon::collect_lists(folders).candidates;
}

ReadLists read_all(const std::vector<daemon::Candidate>& lists) {
  ReadLists all;
  for (const auto& list : lists) {
    auto reading = parsers::read_list(list.bytes, list.file_name);
    if (!reading) continue;
    Sighting sighting;
    sighting.fetch_id = static_cast<std::int64_t>(all.sightings.size()) + 1;
    sighting.document = sha256(list.bytes);
    sighting.file_name = list.file_name;
    sighting.seen_at = *parse_instant("2026-01-01T00:00:00Z");
    sighting.reading = daemon::summary_of(*reading);
    all.readings.emplace_back(sighting.document, std::move(*reading));
    const auto dating = parsers::date_sighting(sighting);
    all.sightings.push_back({std::move(sighting), dating});
  }
  return all;
}

}  // namespace agreementd::corpus
