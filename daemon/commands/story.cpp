#include <fmt/format.h>

#include "daemon/commands/commands.h"
#include "daemon/commands/story_text.h"
#include "storage/queries.h"

namespace agreementd::daemon {
namespace {

using storage::Story;

/// The stories an id names: one of an agreement, any number of an agency. Failure where it is
/// unknown.
std::vector<Story> stories_of(storage::Store& store, const std::string& id) {
  std::vector<std::string> ids{id};
  if (id.starts_with('G')) ids = storage::agency_agreements(store, id);
  std::vector<Story> stories;
  for (const auto& agreement : ids) {
    auto story = storage::agreement_story(store, agreement);
    // Without a version it is no more than entries that were retracted: still a story.
    if (!story.versions.rows.empty() || !story.changes.rows.empty())
      stories.push_back(std::move(story));
  }
  if (stories.empty())
    throw Failure(
        fmt::format("show: no agreement or agency has the id {}, or no edition that counts shows "
                    "it any more: look for it with agreementctl find TEXT",
                    id));
  return stories;
}

storage::Table all_changes(const std::vector<Story>& stories) {
  storage::Table result{stories.front().changes.columns, {}};
  for (const auto& story : stories)
    result.rows.insert(result.rows.end(), story.changes.rows.begin(), story.changes.rows.end());
  return result;
}

}  // namespace

ExitStatus run_show(const Session& session) {
  auto store = session.open();
  const auto& id = session.options.text;
  const auto stories = stories_of(store, id);
  if (session.format() != Format::table) {
    session.print_table(all_changes(stories));
    return ExitStatus::done;
  }
  if (id.starts_with('G')) session.console.print(agency_heading(id, stories));
  const auto width = session.console.width();
  for (std::size_t i = 0; i < stories.size(); ++i)
    session.console.print((i > 0 ? "\n\n" : "") + story_text(stories[i], width));
  return ExitStatus::done;
}

}  // namespace agreementd::daemon
