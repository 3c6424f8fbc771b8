#pragma once

#include <string>
#include <vector>

#include "daemon/history.h"
#include "model/listing.h"
#include "tracking/arrange.h"

/// For tests and benchmarks.
namespace agreementd::corpus {

/// The files to work on: those of the folder AGREEMENTD_CORPUS names (participating, pending
/// and pages), else the sample lists of this build. Sorted by path; bytes in memory.
std::vector<daemon::Candidate> lists();

/// Every list read and dated, as the fold takes them.
struct ReadLists {
  std::vector<tracking::DatedSighting> sightings;
  std::vector<std::pair<Sha256, Reading>> readings;
};
ReadLists read_all(const std::vector<daemon::Candidate>& lists);

}  // namespace agreementd::corpus
