#include "alerts/filter.h"

#include <gtest/gtest.h>

#include "tests/unit/alerts/entries.h"

namespace agreementd::alerts {
namespace {

bool told(const Filter& filter, const Change& change, Cause cause = Cause::edition) {
  return passes(filter, logged(change, 1, cause).entry);
}

TEST(Filter, ByDefaultOnlyWhatAnEditionChangedInSubstancePasses) {
  auto clerical = bee_county();
  clerical.kind = ChangeKind::changed;
  clerical.clerical = true;
  EXPECT_TRUE(told({}, bee_county()));
  EXPECT_TRUE(told({}, bees_application()));
  EXPECT_FALSE(told({}, clerical));
  for (const auto cause : {Cause::archive, Cause::decision, Cause::verdict, Cause::rebuild})
    EXPECT_FALSE(told({}, bee_county(), cause));
}

TEST(Filter, EachConditionMustHold) {
  Filter filter;
  filter.lists = {List::participating};
  filter.kinds = {ChangeKind::added, ChangeKind::terminated};
  filter.states = {"TX", "FL"};
  filter.models = {"TFM"};
  filter.agencies = {"bee county*"};
  EXPECT_TRUE(told(filter, bee_county()));
  EXPECT_FALSE(told(filter, bees_application()));
  const auto refused = [&](auto alter) {
    auto change = bee_county();
    alter(change);
    return !told(filter, change);
  };
  EXPECT_TRUE(refused([](Change& change) { change.kind = ChangeKind::changed; }));
  EXPECT_TRUE(refused([](Change& change) { change.state = "GA"; }));
  EXPECT_TRUE(refused([](Change& change) { change.model = "JEM"; }));
  EXPECT_TRUE(refused([](Change& change) { change.agency = "Bexar County"; }));
}

TEST(Filter, WhatBecameSomethingElseIsForWhoeverWasToldOfEither) {
  auto change = bee_county();
  change.kind = ChangeKind::changed;
  change.state = "KS";
  change.model = "JEM";
  change.agency = "Ellis County";
  change.fields = {{Column::state, "TX", "KS"},
                   {Column::agency, "Bee County", "Ellis County"},
                   {Column::model, "TFM", "JEM"}};
  const auto passes_with = [&](auto narrow) {
    Filter filter;
    narrow(filter);
    return told(filter, change);
  };
  for (const auto* state : {"TX", "KS"})
    EXPECT_TRUE(passes_with([&](Filter& filter) { filter.states = {state}; }));
  for (const auto* model : {"TFM", "JEM"})
    EXPECT_TRUE(passes_with([&](Filter& filter) { filter.models = {model}; }));
  for (const auto* agency : {"bee*", "ellis*"})
    EXPECT_TRUE(passes_with([&](Filter& filter) { filter.agencies = {agency}; }));
  EXPECT_FALSE(passes_with([](Filter& filter) { filter.states = {"FL"}; }));
}

TEST(Filter, AnApostropheIsOneHoweverItIsPrinted) {
  for (const auto* printed : {"Bee County Sheriff's Office", "Bee County Sheriff\u2019s Office"})
    for (const auto* wanted : {"bee county sheriff's office", "Bee County Sheriff\u2019s*"}) {
      auto change = bee_county();
      change.agency = printed;
      Filter filter;
      filter.agencies = {wanted};
      EXPECT_TRUE(told(filter, change)) << printed << " " << wanted;
    }
}

TEST(Filter, AnEmptySetMeansAny) {
  Filter filter;
  filter.significances.clear();
  filter.causes.clear();
  auto clerical = bee_county();
  clerical.clerical = true;
  EXPECT_TRUE(told(filter, clerical, Cause::rebuild));
}

TEST(Filter, UnconfirmedOnesCanBeExcluded) {
  auto change = bee_county();
  change.unconfirmed = true;
  Filter filter;
  EXPECT_TRUE(told(filter, change));
  filter.unconfirmed = false;
  EXPECT_FALSE(told(filter, change));
  EXPECT_TRUE(told(filter, bee_county()));
}

TEST(Filter, ARetractionIsNotForAFilterToDecide) {
  auto change = bee_county();
  change.kind = ChangeKind::retracted;
  Filter filter;
  filter.causes.clear();
  EXPECT_FALSE(told(filter, change));
}

}  // namespace
}  // namespace agreementd::alerts
