#include "tests/generator/fates.h"

#include <algorithm>
#include <set>
#include <utility>

namespace agreementd::generator {
namespace {

using std::chrono::days;

// Rates of the record (truth files of the lists from January 2021 to August 2025): 35 agreements
// ended in 324,000 days on which one was listed; 4 of them came back. Renewals (3) and switches of
// model (none) are too rare there to say anything about: they are generated more often.
constexpr double ends_per_day = 35.0 / 324'000;
constexpr double comes_back = 0.12;
constexpr double renewed_per_day = 4 * 3.0 / 324'000;
constexpr double switched_per_day = renewed_per_day;

/// Decides whether and how agreements leave.
class Fates {
 public:
  Fates(World& world, Draw& draw, MoaNames& moas) : world_(world), draw_(draw), moas_(moas) {}

  void end(std::size_t i) {
    const auto from = std::max(world_.hidden[i].stays.front().from + days{2}, world_.first);
    const auto left = static_cast<double>((world_.last - from).count());
    if (left <= 4) return;
    const auto day = some_day(draw_, from, world_.last);
    if (draw_.chance(ends_per_day * left)) {
      unlist(i, draw_.chance(0.5) ? day_something_enters(world_.hidden[i], day) : day);
    } else if (draw_.chance(renewed_per_day * left)) {
      follow(i, Ending::superseded, world_.hidden[i].model, day);
    } else if (keeps_prisoners(world_.bodies[world_.hidden[i].body]) &&
               draw_.chance(switched_per_day * left)) {
      follow(i, Ending::switched, another_model(world_.hidden[i]), day);
    }
  }

 private:
  /// An agreement that ends as another of its body begins looks like a switch: nobody could tell.
  [[nodiscard]] bool another_begins(std::size_t i, Day day) const {
    const auto& ending = world_.hidden[i];
    return std::any_of(world_.hidden.begin(), world_.hidden.end(), [&](const Hidden& other) {
      const auto apart = other.stays.front().from - day;
      return &other != &ending && other.body == ending.body && apart > -days{10} &&
             apart < days{10};
    });
  }

  void unlist(std::size_t i, Day day) {
    if (another_begins(i, day)) return;
    auto& leaving = world_.hidden[i];
    leaving.stays.back().to = day;
    leaving.ending = Ending::unlisted;
    if (!draw_.chance(comes_back)) return;
    const int gone = draw_.chance(0.8) ? draw_.between(4, 40) : draw_.between(41, 250);
    leaving.stays.push_back({day + days{gone}});
    leaving.ending = Ending::none;
  }

  /// One leaves as another of its state and model enters, with another date: nothing to do with
  /// each other, though they look it.
  [[nodiscard]] Day day_something_enters(const Hidden& leaving, Day otherwise) {
    const auto& state = world_.bodies[leaving.body].state;
    for (const auto& other : world_.hidden) {
      const auto listed = other.stays.front().from;
      if (world_.bodies[other.body].state == state && other.model == leaving.model &&
          other.signed_on != leaving.signed_on && listed > leaving.stays.front().from + days{2} &&
          listed > world_.first && draw_.chance(0.3))
        return listed;
    }
    return otherwise;
  }

  std::string another_model(const Hidden& agreement) {
    std::set<std::string> models{"JEM", "WSO", "TFM"};
    for (const auto& other : world_.hidden)
      if (other.body == agreement.body) models.erase(other.model);
    return models.empty() ? "" : *models.begin();
  }

  /// A later agreement with an MOA of its own takes the place of an earlier one, now and then
  /// printed beside it at first.
  void follow(std::size_t i, Ending how, const std::string& model, Day day) {
    auto& old = world_.hidden[i];
    const bool both = std::any_of(world_.hidden.begin(), world_.hidden.end(), [&](const auto& h) {
      return &h != &old && h.body == old.body && h.model == model;
    });
    // Before 50 days have passed nobody could tell it from a corrected date.
    if (model.empty() || both || old.body < near_namesakes || day - old.signed_on < days{120})
      return;
    old.stays.back().to = day;
    old.ending = how;
    old.successor = world_.hidden.size();
    Hidden next;
    next.body = old.body;
    next.model = model;
    next.signed_on = day - days{draw_.between(1, 20)};
    next.stays.push_back(
        {how == Ending::superseded && draw_.chance(0.3) ? day - days{draw_.between(2, 12)} : day});
    next.signed_on = std::min(next.signed_on, next.stays.front().from);
    next.moa_from = next.stays.front().from;
    next.moa_file = moas_.name(world_.bodies[next.body], model, next.signed_on);
    world_.hidden.push_back(std::move(next));
  }

  World& world_;
  Draw& draw_;
  MoaNames& moas_;
};

/// Most agreements were applications first, but for renewals and switches: an application has no
/// date, nobody could say which of a body's agreements it is for.
void apply_for_agreements(World& world, std::size_t agreements, Draw& draw) {
  for (std::size_t i = 0; i < agreements; ++i) {
    const auto listed = world.hidden[i].stays.front().from;
    if (listed <= world.first || !draw.chance(0.7)) continue;
    Hidden application;
    application.list = List::pending;
    application.body = world.hidden[i].body;
    application.model = world.hidden[i].model;
    const auto from = world.hidden[i].signed_on - days{draw.between(5, 60)};
    const int pace = draw.between(1, 100);
    const int early = pace <= 60 ? 0 : pace <= 90 ? draw.between(1, 5) : -draw.between(1, 9);
    application.stays.push_back({from, std::max(listed - days{early}, from + days{1})});
    application.ending = Ending::became_agreement;
    application.successor = i;
    world.hidden.push_back(std::move(application));
  }
}

/// One application in ten comes to nothing.
void apply_in_vain(World& world, std::size_t count, Draw& draw) {
  std::set<std::pair<std::size_t, std::string>> taken;
  for (const auto& hidden : world.hidden) taken.emplace(hidden.body, hidden.model);
  for (std::size_t i = 0; i < count; ++i) {
    Hidden application;
    application.list = List::pending;
    application.body = draw.below(world.bodies.size());
    application.model = "TFM";
    if (!taken.emplace(application.body, "TFM").second) continue;
    const auto from = some_day(draw, world.first, world.last);
    application.stays.push_back({from, from + days{draw.between(10, 120)}});
    application.ending = Ending::unlisted;
    world.hidden.push_back(std::move(application));
  }
}

}  // namespace

Day some_day(Draw& draw, Day from, Day to) {
  return from + days{draw.below(static_cast<std::size_t>(std::max<long>((to - from).count(), 1)))};
}

void decide_fates(World& world, Draw& draw, MoaNames& moas) {
  Fates fates(world, draw, moas);
  const auto agreements = world.hidden.size();
  for (std::size_t i = 0; i < agreements; ++i) fates.end(i);
}

void apply_for(World& world, std::size_t agreements, Draw& draw) {
  apply_for_agreements(world, agreements, draw);
  apply_in_vain(world, agreements / 10, draw);
}

}  // namespace agreementd::generator
