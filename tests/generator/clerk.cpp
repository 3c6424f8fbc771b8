#include "tests/generator/clerk.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "tests/generator/oddities.h"
#include "tests/generator/places.h"
#include "tests/generator/print.h"
#include "tests/generator/spelling.h"

namespace agreementd::generator {
namespace {

using std::chrono::days;

std::string body_and_model(std::size_t body, const std::string& model) {
  return fmt::format("{} {}", body, model);
}

}  // namespace

/// One agreement on the clerk's desk.
class Clerk::Desk {
 public:
  Desk(const Clerk& clerk, std::size_t hidden)
      : clerk_(clerk),
        hidden_(clerk.world_.hidden[hidden]),
        body_(clerk.world_.bodies[hidden_.body]),
        draw_(stream(clerk.seed_, hidden)),
        first_(hidden_.stays.front().from),
        last_(std::min(hidden_.stays.back().to, clerk.world_.last)) {}

  std::vector<Slip> work() {
    spell();
    print_oddly();
    if (hidden_.list == List::participating) {
      mislabel();
      misdate();
      link();
      double_rows();
    }
    return std::move(slips_);
  }

 private:
  bool happens(double rate) { return draw_.chance(rate); }
  Day some_day() {
    return first_ +
           days{draw_.below(static_cast<std::size_t>(std::max<long>((last_ - first_).count(), 1)))};
  }
  void from_the_first(Column column, std::optional<std::string> text, Day to) {
    if (text && to > first_) slips_.push_back({column, std::move(*text), {}, to});
  }
  void disguise(Column column, std::optional<std::string> text) {
    if (!text) return;
    other_model_ = other_model_ || column == Column::model;
    slips_.push_back({column, std::move(*text), {}, while_pending(), false, true});
  }
  void from(Day from, Column column, std::optional<std::string> text, Day to,
            bool doubled = false) {
    if (text) slips_.push_back({column, std::move(*text), from, to, doubled});
  }

  /// While the MOA is pending: the day it is posted, or some day before.
  Day while_pending() {
    const auto wait = std::max<long>((hidden_.moa_from - first_).count(), 0);
    if (wait == 0 || draw_.chance(0.6)) return hidden_.moa_from;
    return first_ + days{draw_.below(static_cast<std::size_t>(std::min(wait, 90L)) + 1)};
  }

  /// Nothing where the name would be another body's, or a county's that exists.
  [[nodiscard]] std::optional<std::string> if_nobody_elses(std::optional<std::string> name) const {
    if (!name || plain(*name) == plain(body_.name)) return std::nullopt;
    if (bare(*name) != bare(body_.name) && clerk_.names_.contains(body_.state + bare(*name)))
      return std::nullopt;
    if (names_another_county(*name, body_)) return std::nullopt;
    return name;
  }

  std::optional<std::string> typo() { return if_nobody_elses(misspelled(draw_, body_.name)); }

  void spell() {
    const auto& noise = clerk_.noise_;
    const auto lived = static_cast<double>((last_ - first_).count());
    if (happens(noise.misspelled))
      from_the_first(Column::agency, typo(), first_ + days{draw_.between(2, 90)});
    if (happens(noise.other_form))
      from_the_first(Column::agency, if_nobody_elses(generator::other_form(draw_, body_)),
                     first_ + days{draw_.between(5, 60)});
    if (happens(noise.renamed * lived))
      from(some_day(), Column::agency, if_nobody_elses(generator::other_form(draw_, body_)), never);
    if (happens(noise.respelled * lived)) respell();
  }

  /// Wrong for some weeks; or to and fro.
  void respell() {
    const auto text = typo();
    auto day = some_day();
    const int times = draw_.chance(0.4) ? draw_.between(2, 4) : 1;
    for (int i = 0; i < times; ++i) {
      const auto to = day + days{draw_.between(3, 50)};
      from(day, Column::agency, text, to);
      day = to + days{draw_.between(3, 30)};
    }
  }

  void mislabel() {
    const auto& noise = clerk_.noise_;
    if (hidden_.moa_from <= first_) return;  // only while it is pending
    if (happens(noise.relabelled))
      disguise(Column::agency, if_nobody_elses(sister_body(draw_, body_)));
    if (happens(noise.wrong_state)) disguise(Column::state, other_state());
    if (happens(noise.wrong_model)) disguise(Column::model, other_model());
  }

  std::optional<std::string> other_state() {
    const auto& state = draw_.pick(state_places());
    if (state.code == body_.state || body_.county.empty()) return std::nullopt;
    if (clerk_.names_.contains(std::string(state.code) + bare(body_.name))) return std::nullopt;
    return state_text(std::string(state.code));
  }

  std::optional<std::string> other_model() {
    const auto model = draw_.pick(std::array<std::string, 3>{"JEM", "WSO", "TFM"});
    if (clerk_.models_.contains(body_and_model(hidden_.body, model))) return std::nullopt;
    return model_text(model);
  }

  /// The signing date so many days off; never in the future of the first edition that prints it.
  [[nodiscard]] std::string off_by(int by) const {
    const auto day = hidden_.signed_on + days{by};
    return to_string(
        Date{day <= std::max(first_, hidden_.signed_on) ? day : hidden_.signed_on - days{by}});
  }
  int some_days() {
    return draw_.chance(0.75) ? 1 : draw_.between(2, 30) * (draw_.chance(0.5) ? 1 : -1);
  }

  void misdate() {
    const auto& noise = clerk_.noise_;
    // Another model and another date, put right as the MOA is posted: nobody could tell that from
    // an agreement that took the place of another.
    if (happens(noise.misdated_draft) && hidden_.moa_from > first_ && !other_model_)
      from_the_first(Column::signed_on, off_by(some_days()), while_pending());
    if (happens(noise.misdated))
      from_the_first(Column::signed_on, off_by(draw_.chance(0.7) ? 1 : -1),
                     std::max(hidden_.moa_from, first_) + days{draw_.between(3, 60)});
    if (happens(noise.wrong_year)) wrong_year();
    if (happens(noise.blank_date))
      from_the_first(Column::signed_on, "", first_ + days{draw_.between(2, 40)});
  }

  void wrong_year() {
    if (clerk_.models_.contains(body_and_model(hidden_.body, hidden_.model) + " again")) return;
    const Date date{hidden_.signed_on};
    const auto year = draw_.chance(0.5) ? date.year() - std::chrono::years{1}
                                        : date.year() + std::chrono::years{3000};
    if ((year / date.month() / date.day()).ok())
      from_the_first(Column::signed_on, to_string(year / date.month() / date.day()),
                     first_ + days{draw_.between(2, 60)});
  }

  void print_oddly() {
    if (happens(clerk_.noise_.odd_cell)) {
      const auto to = first_ + days{draw_.between(5, 100)};
      switch (draw_.below(4)) {
        case 0:
          from_the_first(Column::state, odd_state(draw_, body_), to);
          break;
        case 1:
          from_the_first(Column::model, odd_model(hidden_.model), to);
          break;
        case 2:
          from_the_first(Column::agency_type, body_.type == "Municipality" ? "Muncipality" : " ",
                         to);
          break;
        default:
          if (hidden_.list == List::participating)
            from_the_first(Column::signed_on, odd_date(hidden_.signed_on), to);
      }
    }
    if (happens(clerk_.noise_.wrong_county) && !body_.county.empty() && !body_.told_by_county)
      from_the_first(Column::county, draw_.chance(0.5) ? "#N/A" : county_typo(draw_, body_),
                     first_ + days{draw_.between(5, 100)});
  }

  /// Another body's MOA on this row, in place of its own.
  void link() {
    if (!happens(clerk_.noise_.wrong_pdf)) return;
    const auto& other = draw_.pick(clerk_.world_.hidden);
    if (other.list != List::participating || other.body == hidden_.body) return;
    const auto day = std::max(hidden_.moa_from, other.moa_from);
    from(day, Column::moa, other.moa_file, day + days{draw_.between(3, 40)});
  }

  void double_rows() {
    if (!happens(clerk_.noise_.doubled)) return;
    const auto day = some_day();
    const auto to = day + days{draw_.between(3, 40)};
    switch (draw_.below(3)) {
      case 0:
        from(day, Column::agency, body_.name, to, true);
        break;
      case 1:
        // Two spellings are one agreement's for sure only with one MOA behind them.
        from(std::max(day, hidden_.moa_from), Column::agency, typo(), to, true);
        break;
      default:
        from(day, Column::signed_on, off_by(1), to, true);
    }
  }

  const Clerk& clerk_;
  const Hidden& hidden_;
  const Body& body_;
  Draw draw_;
  Day first_, last_;
  bool other_model_ = false;  ///< printed under another model for a while
  std::vector<Slip> slips_;
};

Clerk::Clerk(const World& world, const Noise& noise, std::uint64_t seed)
    : world_(world), noise_(noise), seed_(stream(seed, 1)) {
  for (const auto& body : world.bodies) names_.insert(body.state + bare(body.name));
  for (const auto& hidden : world.hidden)
    if (hidden.list == List::participating &&
        !models_.insert(body_and_model(hidden.body, hidden.model)).second)
      models_.insert(body_and_model(hidden.body, hidden.model) + " again");
}

std::vector<Slip> Clerk::slips_of(std::size_t hidden) const { return Desk(*this, hidden).work(); }

}  // namespace agreementd::generator
