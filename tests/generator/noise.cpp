#include "tests/generator/noise.h"

#include <algorithm>

namespace agreementd::generator {
namespace {

// The record of 19 February to 29 August 2025 as its truth files have it: what each rate counts.
constexpr double agreements = 840;       // first listed in that time
constexpr double listed_days = 114'600;  // days times agreements listed
constexpr double editions = 180;         // of both lists
constexpr double sightings = 320;        // files, with the copies

}  // namespace

/// Counted by hand over the rows `changed` of the truth (field `agency`: 58 scored; `signed`: 39;
/// `state`: 5) by what the change put right, and over the column `anomaly` of the editions. What
/// happened less than once is set to once.
Noise Noise::as_measured() {
  Noise noise;
  noise.misspelled = 10 / agreements;
  noise.other_form = 22 / agreements;
  noise.relabelled = 6 / agreements;
  noise.wrong_state = 5 / agreements;
  noise.wrong_model = 1 / agreements;
  noise.misdated_draft = 31 / agreements;
  noise.misdated = 8 / agreements;
  noise.wrong_year = 1 / agreements;
  noise.blank_date = 1 / agreements;
  noise.odd_cell = 12 / agreements;
  noise.wrong_county = 6 / agreements;
  noise.wrong_pdf = 6 / agreements;
  noise.doubled = 6 / agreements;
  noise.respelled = 5 / listed_days;
  noise.renamed = 18 / listed_days;
  noise.stale = 1 / editions;
  noise.truncated = 1 / editions;
  noise.misdated_name = 2 / sightings;
  noise.mislabelled = 2 / sightings;
  noise.one_name = 2 / editions;
  noise.links_gone = 1 / editions;
  noise.column_gone = 1 / editions;
  noise.shuffled = 0.05;
  return noise;
}

Noise Noise::times(double factor) const {
  Noise scaled = *this;
  for (double Noise::*rate :
       {&Noise::misspelled,  &Noise::other_form,     &Noise::relabelled,   &Noise::wrong_state,
        &Noise::wrong_model, &Noise::misdated_draft, &Noise::misdated,     &Noise::wrong_year,
        &Noise::blank_date,  &Noise::odd_cell,       &Noise::wrong_county, &Noise::wrong_pdf,
        &Noise::doubled,     &Noise::respelled,      &Noise::renamed,      &Noise::stale,
        &Noise::truncated,   &Noise::misdated_name,  &Noise::mislabelled,  &Noise::one_name,
        &Noise::links_gone,  &Noise::column_gone,    &Noise::shuffled})
    scaled.*rate = std::min(scaled.*rate * factor, 0.9);
  return scaled;
}

}  // namespace agreementd::generator
