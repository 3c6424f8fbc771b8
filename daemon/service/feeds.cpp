#include "daemon/service/feeds.h"

#include <charconv>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "alerts/change_words.h"
#include "alerts/json_lines.h"
#include "alerts/mime.h"
#include "alerts/published.h"
#include "alerts/words.h"
#include "model/base64.h"
#include "model/result.h"
#include "model/states.h"
#include "storage/outgoing.h"
#include "storage/published.h"
#include "web/feed.h"

namespace agreementd::daemon {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

/// Items of one page of a feed, and lines of one answer, at most.
constexpr int most_items = 250;
constexpr int most_lines = 1000;

/// While the database is away, it is asked so often whether it is back.
constexpr auto look_again = 5s;
/// Others wait so long for the one that asks it.
constexpr auto longest_queue = 2s;

web::Answer refusal(int status, const std::string& line) {
  web::Answer answer;
  answer.status = status;
  answer.body = line + "\n";
  return answer;
}

/// A number of the query; `absent` where there is none. Nothing where it is no such number.
std::optional<std::int64_t> number_in(const web::Request& request, const std::string& name,
                                      std::int64_t least, std::int64_t absent) {
  const auto found = request.query.find(name);
  if (found == request.query.end()) return absent;
  const auto& text = found->second;
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number < least)
    return std::nullopt;
  return number;
}

/// A state of what is answered is a state of the log, for one question and one program.
web::Validators validators_of(const storage::Edge& edge, const std::string& question) {
  const auto digest = to_hex(sha256(edge.head.hash, AGREEMENTD_VERSION "\n" + question));
  web::Validators validators{fmt::format("\"{}\"", digest.substr(0, 32)), std::nullopt};
  if (edge.alone_in_its_second) validators.last_modified = edge.recorded_at;
  return validators;
}

web::Answer unchanged(const web::Validators& validators) { return {304, "", "", validators}; }

/// The entry's hash as the name of a thing (RFC 6920): it is in no registry, and nobody else's.
std::string id_of(const Sha256& hash) {
  auto text = base64({reinterpret_cast<const char*>(hash.bytes.data()), hash.bytes.size()});
  for (auto& c : text) c = c == '+' ? '-' : c == '/' ? '_' : c;
  return "ni:///sha-256;" + text.substr(0, text.find('='));
}

std::string html_of(const alerts::Words& words) {
  std::string html = "<ul>";
  for (const auto& line : words.details) html += "<li>" + alerts::html_escaped(line) + "</li>";
  if (!words.moa_url.empty()) {
    const auto url = alerts::html_escaped(words.moa_url);
    html += fmt::format("<li><a href=\"{0}\">{0}</a></li>", url);
  }
  return html + "</ul>";
}

std::vector<std::string> tags_of(const Change& change) {
  std::vector<std::string> tags{std::string(to_string(change.list)),
                                std::string(to_string(change.kind))};
  for (const auto& value : {change.state, change.model})
    if (auto words = alerts::value_words(value); !words.empty()) tags.push_back(std::move(words));
  return tags;
}

web::FeedItem feed_item(const alerts::Item& item) {
  const auto& [entry, text, hash] = item.logged;
  const auto& change = entry.change;
  const auto words = alerts::words_of(item);
  return {id_of(hash),       words.headline,  html_of(words),         words.moa_url,
          entry.recorded_at, tags_of(change), alerts::item_json(item)};
}

std::string title_of(const std::string& state) {
  const auto* found = find_state(state);
  return "Changes of ICE's 287(g) agreements" +
         (found == nullptr ? "" : ": " + std::string(found->code));
}

constexpr auto description =
    "What ICE's lists of 287(g) agreements, participating and pending, changed in substance, as "
    "recorded by agreementd.";

}  // namespace

Feeds::Feeds(std::string database, std::string public_url, std::stop_token stop)
    : database_(std::move(database)), public_url_(std::move(public_url)), stop_(std::move(stop)) {}

std::vector<web::Route> Feeds::routes() {
  std::vector<web::Route> routes{
      {"/api/v1/changes", [this](const web::Request& request) { return entries(request); }}};
  const auto add = [&](const std::string& folder, const std::string& state) {
    for (const bool as_json : {false, true})
      routes.push_back({folder + (as_json ? "/changes.json" : "/changes.atom"),
                        [this, state, as_json](const web::Request& request) {
                          return feed(request, state, as_json);
                        }});
  };
  add("", "");
  for (const auto& state : states()) {
    const std::string code(state.code);
    add("/states/" + code, code);
  }
  return routes;
}

/// One at a time: what is asked takes milliseconds. Who hangs keeps the others waiting for a moment
/// only, so that there are threads left to say how the service is.
web::Answer Feeds::ask(const Question& question) {
  auto away = refusal(503, "the database cannot be asked now: ask again in some seconds");
  const std::unique_lock lock(mutex_, longest_queue);
  if (!lock.owns_lock() || steady_clock::now() < away_until_) return away;
  while (true) {
    const bool used_before = store_.has_value();
    try {
      if (!store_) {
        store_.emplace(database_, storage::Patience{5s, stop_, 500ms});
        store_->require_schema();
      }
      return question(*store_);
    } catch (const Failure&) {
      store_.reset();
      if (used_before) continue;  // the server may have been started anew since
      away_until_ = steady_clock::now() + look_again;
      return away;
    }
  }
}

std::string Feeds::base_of(const web::Request& request) const {
  if (!public_url_.empty()) return public_url_;
  return "http://" + (request.host.empty() ? "localhost" : request.host);
}

web::Answer Feeds::feed(const web::Request& request, const std::string& state, bool as_json) {
  const auto before = number_in(request, "before", 1, std::numeric_limits<std::int64_t>::max());
  if (!before) return refusal(400, "before: the number of an entry, as in ?before=120");
  const bool first = !request.query.contains("before");
  const auto page = [&](std::int64_t seq) { return fmt::format("?before={}", seq); };
  web::Feed feed;
  feed.title = title_of(state);
  feed.description = description;
  feed.id = base_of(request) + request.path;
  feed.url = feed.id + (first ? "" : page(*before));
  return ask([&](storage::Store& store) -> web::Answer {
    const auto edge = storage::edge_of_log(store);
    const auto validators = validators_of(edge, feed.url);
    if (request.has(validators)) return unchanged(validators);
    const auto entries = storage::published_entries(store, state, *before, most_items);
    alerts::Filter filter;
    if (!state.empty()) filter.states = {state};
    for (const auto& item : alerts::published_items(filter, entries))
      feed.items.push_back(feed_item(item));
    if (entries.size() == most_items) feed.next = feed.id + page(entries.back().logged.entry.seq);
    feed.updated =
        feed.items.empty() ? edge.recorded_at.value_or(Instant{}) : feed.items.front().at;
    return {200, as_json ? web::json_feed_type : web::atom_type,
            as_json ? json_feed(feed) : atom(feed), validators};
  });
}

web::Answer Feeds::entries(const web::Request& request) {
  const auto after = number_in(request, "after", 0, 0);
  const auto limit = number_in(request, "limit", 1, most_lines);
  if (!after) return refusal(400, "after: the number of the last entry you have, as in ?after=120");
  if (!limit || *limit > most_lines)
    return refusal(400, fmt::format("limit: a number from 1 to {}", most_lines));
  return ask([&](storage::Store& store) -> web::Answer {
    const auto validators = validators_of(storage::edge_of_log(store),
                                          fmt::format("{} {} {}", request.path, *after, *limit));
    if (request.has(validators)) return unchanged(validators);
    std::string lines;
    for (const auto& text : storage::entry_texts(store, *after, static_cast<int>(*limit)))
      lines += text + "\n";
    return {200, "application/x-ndjson", std::move(lines), validators};
  });
}

}  // namespace agreementd::daemon
