#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "storage/queries.h"

namespace agreementd::daemon {

/// One agreement's story for a person who wants to cite it: what it is and whether it is listed,
/// what the lists said of it over time, what changed and on which evidence, and the documents that
/// show it. Where no version is believed any more it says what was, and that it was withdrawn.
/// Precondition: the story has a version or a change. `width`: columns to use; 0: 100.
std::string story_text(const storage::Story& story, std::size_t width);

/// The heading of an agency's story: how much it has and had, and how much of that was withdrawn.
std::string agency_heading(const std::string& agency_id,
                           const std::vector<storage::Story>& stories);

/// `task force model (TFM)`; what is no model we know as it is.
std::string model_name(const std::string& model);

}  // namespace agreementd::daemon
