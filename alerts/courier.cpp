#include "alerts/courier.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "storage/outgoing.h"

namespace agreementd::alerts {
namespace {

using namespace std::chrono_literals;
using fetchers::Delivery;
using storage::SinkState;

constexpr std::chrono::seconds longest_pause = 24h;

/// A time further off is of a clock that was wrong.
bool must_wait(const SinkState& state, Instant now) {
  return state.retry_at && now < *state.retry_at && *state.retry_at <= now + longest_pause;
}

/// Where entries become due with time, it is looked so often.
constexpr auto look_again = 60s;

constexpr auto dead_letter_kind = "dead letter";

Notice trouble_of(const std::string& kind, const std::string& sink, const std::string& what,
                  const std::string& advice) {
  return {kind, sink, fmt::format("{}: {}: {}", sink, what, advice)};
}

Notice failing(const std::string& sink, const std::string& what = "") {
  return trouble_of("sink failing", sink, what, "it is tried again, and nothing is left out");
}
Notice gone(const std::string& sink, const std::string& what = "") {
  return trouble_of("sink gone", sink, what,
                    fmt::format("nothing is sent to it any more: correct [[alert]] {0}, or "
                                "agreementctl replay --sink {0}",
                                sink));
}
Notice dead_letter(const std::string& sink, const std::string& what,
                   const std::vector<std::int64_t>& seqs) {
  const auto which = seqs.empty() ? std::string("a notice")
                                  : fmt::format("entries {} to {}", seqs.front(), seqs.back());
  auto notice = trouble_of(
      dead_letter_kind, sink, fmt::format("{} refused: {}", which, what),
      seqs.empty() ? std::string("correct [[alert]] ") + sink
                   : fmt::format("correct it, then agreementctl replay --sink {} --from {} --to {}",
                                 sink, seqs.front(), seqs.back()));
  // Each is a notice of its own, until that very message is delivered.
  if (!seqs.empty()) notice.subject += fmt::format(" {}-{}", seqs.front(), seqs.back());
  return notice;
}

/// Of the entries that are told in it by themselves: by these it can be asked for again.
std::vector<std::int64_t> own_seqs(const Content& content) {
  std::vector<std::int64_t> seqs;
  if (const auto* message = std::get_if<Message>(&content))
    for (const auto& item : message->items) seqs.push_back(item.logged.entry.seq);
  return seqs;
}

bool is_done(Delivery delivery) {
  return delivery == Delivery::delivered || delivery == Delivery::refused;
}

/// Of what is told of a dead letter nothing further is told: it would never end.
bool is_about_a_dead_letter(const Content& content) {
  const auto* notice = std::get_if<NoticeMessage>(&content);
  return notice != nullptr && notice->notice.kind == dead_letter_kind;
}

storage::Ending ending_of_done(const Sent& sent, SinkState state, const Content& content,
                               bool replayed) {
  storage::Ending ending;
  const auto& sink = state.sink;
  const auto seqs = own_seqs(content);
  if (!state.trouble.empty()) ending.close = {failing(sink), gone(sink)};
  if (!is_about_a_dead_letter(content)) {
    if (sent.delivery == Delivery::refused)
      ending.open = {dead_letter(sink, sent.detail, seqs)};
    else if (replayed || seqs.empty())
      ending.close.push_back(dead_letter(sink, "", seqs));
  }
  state.failures = 0;
  state.retry_at.reset();
  state.trouble.clear();
  ending.after = std::move(state);
  return ending;
}

}  // namespace

std::chrono::seconds pause_after(int failures, std::optional<std::chrono::seconds> asked,
                                 double chance) {
  constexpr std::array<std::chrono::seconds, 4> pauses{5s, 5min, 30min, 1h};
  const auto step = static_cast<std::size_t>(std::clamp<int>(failures, 1, pauses.size())) - 1;
  const auto plain = pauses.at(step);
  const auto more = static_cast<double>(plain.count()) * 0.1 * chance;
  const auto pause = plain + std::chrono::seconds{static_cast<std::int64_t>(more)};
  return std::max(pause, std::min(asked.value_or(0s), longest_pause));
}

Courier::Courier(Sink sink, Sender& sender, const Clock& clock, std::function<double()> chance)
    : sink_(std::move(sink)), sender_(sender), clock_(clock), chance_(std::move(chance)) {}

void Courier::serve(std::int64_t term) {
  term_ = term;
  ahead_.forget();
}

Step Courier::step(storage::Pool& pool, storage::Pool& writing, const std::stop_token& stop) {
  try {
    auto next = begin(*pool.take());
    if (const auto* idle = std::get_if<Step>(&next)) return *idle;
    auto& letter = std::get<Letter>(next);
    const auto sent = sender_.send(letter.content, stop);
    const auto now = clock_.now();
    const auto ending = ending_of(*pool.take(), letter, sent, now);
    const bool waits = letter.ends_replay || storage::waits_for_writers(*pool.take(), ending);
    return end(*(waits ? writing : pool).take(), letter, ending, now);
  } catch (...) {
    // An attempt may have been written down or not.
    ahead_.forget();
    throw;
  }
}

/// The attempt is written down.
Courier::Next Courier::begin(storage::Store& store) {
  auto what = next(store);
  auto* letter = std::get_if<Letter>(&what);
  if (letter == nullptr) return what;
  const auto attempt = storage::begin_delivery(
      store, sink_.name, term_, message_id(letter->content), letter->seqs, clock_.now());
  if (!attempt) return Step{};
  letter->delivery_id = *attempt;
  ahead_.attempted(letter->seqs);
  return what;
}

Courier::Next Courier::next(storage::Store& store) {
  auto state = storage::sink_state(store, sink_.name);
  Step idle;
  if (state.disabled_at || state.term != term_) return idle;
  if (must_wait(state, clock_.now())) {
    idle.again_at = state.retry_at;
    return idle;
  }
  if (sink_.tells == storage::Tells::notices) return next_notice(store, std::move(state));
  turn_to(state.replay);
  if (const auto wanted = state.replay) return next_again(store, *wanted, std::move(state));
  return next_changes(store, std::move(state));
}

/// What is replayed is read whenever it was recorded, and may be sent before its place in the log
/// is reached.
void Courier::turn_to(const std::optional<storage::Replay>& replay) {
  const auto id = replay ? replay->replay_id : 0;
  if (std::exchange(replaying_, id) == id) return;
  ahead_.forget();
  if (replay) replayed_ = replay->from - 1;
}

Courier::Next Courier::next_changes(storage::Store& store, SinkState state) {
  // Recorded by a clock that was ahead, as all that comes after it: nobody knows how old it is.
  const bool of_the_future = state.next_at && *state.next_at > clock_.now() + 1min;
  const auto until = of_the_future ? for_ever : due_until(sink_, clock_.now());
  const auto entries = ahead_.after(store, sink_, state, state.position, until);
  Step idle;
  if (entries.empty()) {
    if (sink_.tells_what_stands()) idle.again_at = clock_.now() + look_again;
    return idle;
  }
  const auto batch = next_batch(sink_, entries, Again::no, ahead_.fleeting());
  if (!batch.message) {
    storage::pass_over(store, sink_.name, batch.position);
    idle.more = true;
    return idle;
  }
  state.position = batch.position;
  return Letter{*batch.message, batch.seqs(), std::move(state)};
}

/// A message at a time. Where it is cut off it begins anew: twice is better than never. What the
/// sink has not come to yet it is sent in its place, and when it is due.
Courier::Next Courier::next_again(storage::Store& store, const storage::Replay& wanted,
                                  SinkState state) {
  const auto ahead = ahead_.after(store, sink_, state, replayed_, for_ever);
  const auto last = std::min(wanted.to, state.position);
  const auto wanted_ones =
      std::ranges::count_if(ahead, [&](const auto& each) { return each.logged.entry.seq <= last; });
  const auto entries = ahead.first(static_cast<std::size_t>(wanted_ones));
  const auto batch =
      entries.empty() ? Batch{} : next_batch(sink_, entries, Again::yes, ahead_.fleeting());
  const bool ends = entries.empty() || batch.position >= last;
  if (batch.message)
    return Letter{*batch.message, batch.seqs(), std::move(state), wanted, batch.position, ends};
  replayed_ = batch.position;
  if (ends) storage::close_replay(store, sink_.name, wanted, clock_.now());
  Step idle;
  idle.more = true;
  return idle;
}

Courier::Next Courier::next_notice(storage::Store& store, SinkState state) const {
  const auto events = storage::outgoing_notices(store, state.position, 1);
  if (events.empty()) return Step{};
  const auto& event = events.front();
  state.position = event.event_id;
  const auto closed_at = event.opened ? std::nullopt : std::optional(event.at);
  return Letter{NoticeMessage{event.notice, event.opened_at, closed_at}, {}, std::move(state)};
}

storage::Ending Courier::ending_of(storage::Store& store, Letter& letter, const Sent& sent,
                                   Instant now) {
  // Who refused it was not told.
  if (sent.delivery == Delivery::refused || sent.delivery == Delivery::gone) ahead_.forget();
  auto ending =
      is_done(sent.delivery)
          ? ending_of_done(sent, std::move(letter.after), letter.content, letter.replay.has_value())
          : ending_of_undone(sent, storage::sink_state(store, sink_.name), now);
  ending.delivery_id = letter.delivery_id;
  ending.outcome = to_string(sent.delivery);
  ending.detail = sent.detail;
  return ending;
}

Step Courier::end(storage::Store& store, const Letter& letter, const storage::Ending& ending,
                  Instant now) {
  storage::end_delivery(store, ending, now);
  const bool done = ending.outcome == to_string(Delivery::delivered) ||
                    ending.outcome == to_string(Delivery::refused);
  if (done && letter.replay) {
    replayed_ = letter.replayed;
    if (letter.ends_replay) storage::close_replay(store, sink_.name, *letter.replay, now);
  }
  return {ending.outcome, ending.detail, letter.seqs.size(), done, ending.after.retry_at};
}

storage::Ending Courier::ending_of_undone(const Sent& sent, SinkState state, Instant now) const {
  storage::Ending ending;
  // It comes to its end, however long it is.
  state.failures = sent.went_on ? 1 : state.failures + 1;
  state.trouble = sent.detail;
  if (sent.delivery == Delivery::gone) {
    state.disabled_at = now;
    ending.open = {gone(sink_.name, sent.detail)};
  } else {
    state.retry_at = now + pause_after(state.failures, sent.retry_after, chance_());
    // The first may pass in seconds.
    if (state.failures > 1) ending.open = {failing(sink_.name, sent.detail)};
  }
  ending.after = std::move(state);
  return ending;
}

}  // namespace agreementd::alerts
