#include "daemon/visit.h"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "daemon/source_notices.h"
#include "parsers/answer.h"

namespace agreementd::daemon {
namespace {

using parsers::Content;
using parsers::Due;

/// A linked file that is not there yet comes within minutes.
constexpr std::chrono::seconds soon{120};
/// One that is not there after this is a dead link.
constexpr std::chrono::hours soon_enough{1};
/// How often bytes that are no list are kept, by URL and outcome: what changes at every poll would
/// fill the database, and one of them is evidence enough.
constexpr std::chrono::hours between_failures{24};

/// What stands at a URL after it was asked for.
struct Standing {
  Asked asked;
  /// What is wrong with it: its own failure, or, where it is not modified, that of what stands.
  Outcome state = Outcome::ok;
  Content content;  ///< of the page: what stands, also where it is not modified
  std::string url;  ///< where it came from, after redirects
};

/// It was had; that it is an old one is to be told, but no failure.
bool was_had(Outcome outcome) {
  return outcome == Outcome::ok || outcome == Outcome::not_modified ||
         outcome == Outcome::stale_link;
}

std::string name_for_messages(const std::string& file_name, Due due) {
  if (!file_name.empty()) return file_name;
  return due == Due::page ? "the page" : "the list";
}

class Visitor {
 public:
  Visitor(PollRecords& records, fetchers::Fetcher& fetcher, const PollOptions& options,
          Readings& readings, const Clock& clock, const std::stop_token& stop)
      : records_(records),
        fetcher_(fetcher),
        options_(options),
        readings_(readings),
        clock_(clock),
        stop_(stop),
        began_(clock.now()) {}

  Visit run() {
    const auto page = ask(options_.page, Due::page, true);
    visit_.page_read = was_had(page.state);
    if (visit_.page_read) follow_links(page);
    return std::move(visit_);
  }

 private:
  void follow_links(const Standing& page) {
    std::set<List> found;
    if (page.asked.list) found.insert(*page.asked.list);
    bool all_had = true;
    std::set<std::string> known{options_.page, page.url};
    for (const auto& link : page.content.page.links) {
      const auto url = address_of(link, page);
      if (!url || !known.insert(*url).second) continue;
      if (!link.named && !is_allowed(*url)) continue;
      const auto list = ask(*url, link.workbook_due ? Due::workbook : Due::either, link.named);
      if (list.asked.list) found.insert(*list.asked.list);
      all_had = all_had && (was_had(list.state) || !link.named);
    }
    // Which list a link that failed would have been, nobody knows.
    if (!all_had) return;
    for (const auto list : {List::participating, List::pending})
      if (!found.contains(list)) visit_.notices.push_back(list_missing(list, options_.page));
  }

  [[nodiscard]] static std::optional<std::string> address_of(const parsers::ListLink& link,
                                                             const Standing& page) {
    const auto base = fetchers::resolve(page.url, page.content.page.base).value_or(page.url);
    auto url = fetchers::resolve(base, link.href);
    // ICE's pages still have some links of the time before https.
    if (url && url->starts_with("http:") && !fetchers::is_loopback(*url)) url->insert(4, "s");
    return url;
  }

  /// The page itself is what the operator asked for.
  [[nodiscard]] bool is_allowed(const std::string& url) const {
    return url == options_.page || fetchers::may_lead_to(options_.page, url, options_.hosts);
  }

  /// `matters`: it is the page, or a link that speaks of the lists; any other link of the page that
  /// brings no list is nobody's trouble.
  Standing ask(const std::string& url, Due due, bool matters) {
    const auto memory = records_.recall(url);
    auto answer = answer_of(url, memory);
    Standing standing;
    standing.url = answer.url.empty() ? url : answer.url;
    if (answer.outcome == Outcome::not_found && due != Due::page) {
      answer.outcome = Outcome::not_yet_there;
      answer.detail = fmt::format("linked, but not there yet ({}): it is tried again",
                                  answer.http_status.value_or(404));
    }
    if (answer.outcome == Outcome::ok) {
      standing.content =
          parsers::read_answer(answer.bytes, name_for_messages(answer.file_name, due), due);
      answer.outcome = standing.content.outcome;
      answer.detail = standing.content.detail;
    }
    standing.asked = {url,          answer.outcome, answer.detail,  answer.file_name,
                      std::nullopt, false,          answer.duration};
    standing.state = answer.outcome;
    record(standing, answer, memory, due);
    if (answer.outcome == Outcome::not_modified) recall_what_stands(standing, memory, due);
    wait_for(answer, memory, matters);
    note(standing, matters);
    return standing;
  }

  fetchers::Answer answer_of(const std::string& url, const storage::UrlMemory& memory) {
    if (!is_allowed(url))
      return unasked(Outcome::host_refused,
                     fmt::format("the page links a list on {}, which it may not lead to",
                                 fetchers::host_of(url)));
    if (clock_.now() - began_ > options_.longest)
      return unasked(Outcome::timeout,
                     fmt::format("not asked for: the poll took more than {} minutes before",
                                 options_.longest.count()));
    return fetcher_.get({url, memory.etag, memory.last_modified}, stop_);
  }

  [[nodiscard]] fetchers::Answer unasked(Outcome outcome, std::string why) const {
    fetchers::Answer answer;
    answer.outcome = outcome;
    answer.detail = std::move(why);
    answer.at = clock_.now();
    return answer;
  }

  void record(Standing& standing, const fetchers::Answer& answer, const storage::UrlMemory& memory,
              Due due) {
    Fetch fetch;
    fetch.origin = Origin::poll;
    fetch.at = answer.at;
    fetch.url = standing.asked.url;
    fetch.outcome = answer.outcome;
    fetch.http_status = answer.http_status;
    fetch.file_name = answer.file_name;
    fetch.etag = answer.etag;
    fetch.last_modified = answer.last_modified;
    fetch.modified_at = answer.modified_at;
    fetch.duration = answer.duration;
    fetch.detail = answer.detail;
    if (answer.url != fetch.url) fetch.answered_by = answer.url;
    if (is_evidence(standing.content, answer, memory, due)) fetch.document = sha256(answer.bytes);
    const auto& reading = standing.content.reading;
    if (fetch.document && reading) readings_.keep(*fetch.document, *reading);

    const auto recorded = records_.add(fetch, answer.bytes);
    standing.asked.outcome = standing.state = recorded.outcome;
    if (!reading) return;
    standing.asked.list = reading->list;
    standing.asked.news = recorded.news;
  }

  /// Whether the bytes are kept as a document.
  bool is_evidence(const Content& content, const fetchers::Answer& answer,
                   const storage::UrlMemory& memory, Due due) {
    if (answer.bytes.empty()) return false;
    if (content.reading) return true;
    if (answer.outcome == Outcome::unreadable) return true;  // a better parser may read it one day
    if (answer.outcome != Outcome::ok) {
      const auto kept = memory.kept.find(answer.outcome);
      return kept == memory.kept.end() || answer.at - kept->second >= between_failures;
    }
    if (due == Due::either) return false;  // some page
    return !memory.document || content.page != stored_page(*memory.document, due).page;
  }

  Content stored_page(const Sha256& document, Due due) {
    return parsers::read_answer(records_.document(document), options_.page, due);
  }

  /// What the source says did not change is as it was when it came.
  void recall_what_stands(Standing& standing, const storage::UrlMemory& memory, Due due) {
    standing.state = memory.outcome;
    standing.asked.list = memory.list;
    standing.asked.file_name = memory.file_name;
    if (due == Due::page) standing.content = stored_page(*memory.document, due);
    if (memory.list)
      standing.state =
          records_.is_stale(*memory.document, memory.file_name) ? Outcome::stale_link : Outcome::ok;
  }

  void wait_for(const fetchers::Answer& answer, const storage::UrlMemory& memory, bool matters) {
    if (answer.retry_after)
      visit_.again_after = std::max(visit_.again_after.value_or(soon), *answer.retry_after);
    else if (matters && answer.outcome == Outcome::not_yet_there && !visit_.again_after &&
             !(memory.last == answer.outcome && answer.at - *memory.since > soon_enough))
      visit_.again_after = soon;
  }

  void note(const Standing& standing, bool matters) {
    visit_.asked.push_back(standing.asked);
    if (standing.state == Outcome::ok || standing.state == Outcome::not_modified) return;
    if (!matters && !was_had(standing.state)) return;
    const auto notice = source_notice(standing.asked.url, standing.state, standing.asked.detail);
    visit_.notices.push_back(notice);
    if (!was_had(standing.state)) visit_.failures.push_back(notice.text);
  }

  PollRecords& records_;
  fetchers::Fetcher& fetcher_;
  const PollOptions& options_;
  Readings& readings_;
  const Clock& clock_;
  const std::stop_token& stop_;
  Instant began_;
  Visit visit_;
};

}  // namespace

Visit visit_source(PollRecords& records, fetchers::Fetcher& fetcher, const PollOptions& options,
                   Readings& readings, const Clock& clock, const std::stop_token& stop) {
  return Visitor(records, fetcher, options, readings, clock, stop).run();
}

}  // namespace agreementd::daemon
