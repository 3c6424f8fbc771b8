#include "tests/generator/world.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "tests/generator/draw.h"
#include "tests/generator/fates.h"
#include "tests/generator/file_names.h"

namespace agreementd::generator {
namespace {

using std::chrono::days;

/// Of the agreements new in 2025, 61 in 100 share state, model and date with another.
constexpr double signed_together = 0.61;
/// Shares of bodies with two and with three models: 81 and 14 of 731.
constexpr double two_models = 0.13;
constexpr double three_models = 0.02;

class Maker {
 public:
  explicit Maker(const WorldOptions& options) : options_(options), draw_(stream(options.seed, 0)) {}

  World make() {
    publish();
    const auto wanted = static_cast<std::size_t>(options_.agreements);
    world_.bodies = make_bodies(draw_, std::max(near_namesakes, wanted));
    for (std::size_t body = 0; body < world_.bodies.size() && world_.hidden.size() < wanted; ++body)
      sign(body);
    const auto signed_first = world_.hidden.size();
    decide_fates(world_, draw_, moas_);
    apply_for(world_, signed_first, draw_);
    return std::move(world_);
  }

 private:
  /// Both lists on days two apart on average, now and then twice a day; often on one day.
  void publish() {
    std::vector<Issue> all;
    for (const auto list : {List::participating, List::pending}) {
      Day day = Day{std::chrono::year{2025} / 2 / 20};
      for (int i = 0; i < options_.editions; ++i) {
        const bool second = i > 0 && draw_.chance(0.12);
        if (second && !all.back().afternoon)
          all.push_back({list, day, true});
        else
          all.push_back({list, day += days{draw_.between(1, 3)}, draw_.chance(0.4)});
      }
    }
    std::sort(all.begin(), all.end(), [](const Issue& one, const Issue& other) {
      return std::tuple(one.day, one.afternoon, one.list) <
             std::tuple(other.day, other.afternoon, other.list);
    });
    world_.first = all.front().day;
    world_.last = all.back().day;
    world_.issues = std::move(all);
  }

  /// Gives a body its agreements.
  void sign(std::size_t body) {
    const bool jail = keeps_prisoners(world_.bodies[body]);
    std::vector<std::string> models{"TFM"};
    if (jail)
      models = draw_.chance(0.5) ? std::vector<std::string>{"WSO", "TFM", "JEM"}
                                 : std::vector<std::string>{"TFM", "WSO", "JEM"};
    if (jail && draw_.chance(0.09)) std::swap(models[0], models[2]);
    const double more = draw_.chance(three_models) ? 3 : draw_.chance(two_models) ? 2 : 1;
    models.resize(std::min(models.size(), static_cast<std::size_t>(more)));
    // Near namesakes sign alike, on one day: nothing but their names tells them apart.
    if (body < near_namesakes && body % 2 == 1 && !world_.hidden.empty()) {
      const auto twin = world_.hidden.back();
      if (!jail && twin.model != "TFM") return;
      auto agreement = twin;
      agreement.body = body;
      agreement.moa_file = moas_.name(world_.bodies[body], agreement.model, agreement.signed_on);
      if (draw_.chance(0.5)) list_later(agreement);
      world_.hidden.push_back(std::move(agreement));
      return;
    }
    for (const auto& model : models) world_.hidden.push_back(agreement(body, model));
  }

  void list_later(Hidden& agreement) {
    agreement.stays.front().from += days{draw_.between(1, 20)};
    if (agreement.moa_from < agreement.stays.front().from)
      agreement.moa_from = agreement.stays.front().from;
  }

  Hidden agreement(std::size_t body, const std::string& model) {
    Hidden made;
    made.body = body;
    made.model = model;
    if (body >= near_namesakes && draw_.chance(0.3)) {
      // Listed when the record begins: signed long ago, its MOA posted.
      made.signed_on = some_day(draw_, world_.first - days{2000}, world_.first - days{3});
      made.stays.push_back({world_.first - days{1}});
      made.moa_from = made.stays.front().from;
    } else {
      std::tie(made.signed_on, made.stays) = signing(world_.bodies[body].state, model);
      made.moa_from = posting_day(made.stays.front().from);
    }
    made.moa_file = moas_.name(world_.bodies[body], model, made.signed_on);
    if (draw_.chance(0.03)) {
      made.addendum_from = some_day(draw_, made.stays.front().from, world_.last);
      made.addendum_file = "Addendum_" + made.moa_file;
    }
    return made;
  }

  /// When an agreement is signed and first listed. Those signed together are listed together.
  std::pair<Day, std::vector<Stay>> signing(const std::string& state, const std::string& model) {
    auto& days_of_many = together_[state + model];
    if (!days_of_many.empty() && draw_.chance(signed_together)) {
      auto [signed_on, listed_on] = draw_.pick(days_of_many);
      if (draw_.chance(0.2)) listed_on += days{draw_.between(1, 10)};
      return {signed_on, {{listed_on}}};
    }
    const auto signed_on = some_day(draw_, world_.first, world_.last);
    // Half within a day, three quarters within five, nine in ten within ten.
    const int pace = draw_.between(1, 100);
    const int wait = pace <= 50   ? draw_.between(0, 1)
                     : pace <= 75 ? draw_.between(1, 5)
                                  : draw_.between(5, 26);
    days_of_many.emplace_back(signed_on, signed_on + days{wait});
    return {signed_on, {{signed_on + days{wait}}}};
  }

  /// MOAs are posted weeks to months after the listing (half within 31 days, nine in ten within
  /// 97), often many on one day.
  Day posting_day(Day listed) {
    const int pace = draw_.between(1, 100);
    if (pace <= 5) return listed;
    const int wait = pace <= 50   ? draw_.between(5, 31)
                     : pace <= 90 ? draw_.between(31, 97)
                                  : draw_.between(97, 190);
    const auto day = listed + days{wait};
    return draw_.chance(0.6) ? day + days{13 - (day.time_since_epoch().count() % 14)} : day;
  }

  WorldOptions options_;
  Draw draw_;
  World world_;
  std::map<std::string, std::vector<std::pair<Day, Day>>> together_;  ///< by state and model
  MoaNames moas_;
};

}  // namespace

bool Hidden::listed_on(Day day) const {
  return std::any_of(stays.begin(), stays.end(),
                     [&](const Stay& stay) { return stay.from <= day && day < stay.to; });
}

World make_world(const WorldOptions& options) { return Maker(options).make(); }

}  // namespace agreementd::generator
