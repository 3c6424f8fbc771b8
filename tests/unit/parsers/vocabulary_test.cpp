#include "parsers/vocabulary.h"

#include <gtest/gtest.h>

namespace agreementd::parsers {
namespace {

std::string state(std::string_view printed) {
  const auto meaning = state_of(printed);
  return meaning ? std::string(meaning->value) + (meaning->odd ? ", odd" : "") : "unknown";
}
std::string model(std::string_view printed) {
  const auto meaning = model_of(printed);
  return meaning ? std::string(meaning->value) + (meaning->odd ? ", odd" : "") : "unknown";
}

TEST(Vocabulary, StatesInAnyCaseWithSpaces) {
  EXPECT_EQ(state("TEXAS "), "TX");
  EXPECT_EQ(state("UTAh"), "UT");
  EXPECT_EQ(state("north \xC2\xA0"
                  "carolina"),
            "NC");
}

TEST(Vocabulary, AbbreviationsOfStates) {
  EXPECT_EQ(state("tx"), "TX");
  EXPECT_EQ(state("N.C."), "NC");
  EXPECT_EQ(state("Fla."), "FL");
  EXPECT_EQ(state("W. Va."), "WV");
}

TEST(Vocabulary, TheDistrictAndTheTerritories) {
  EXPECT_EQ(state("District of Columbia"), "DC");
  EXPECT_EQ(state("Washington, D.C."), "DC");
  EXPECT_EQ(state("Washington"), "WA");
  EXPECT_EQ(state("PUERTO RICO"), "PR");
  EXPECT_EQ(state("Guam"), "GU");
  EXPECT_EQ(state("U.S. Virgin Islands"), "VI");
  EXPECT_EQ(state("American Samoa"), "AS");
  EXPECT_EQ(state("Northern Mariana Islands"), "MP");
}

TEST(Vocabulary, AMisspelledStateIsReadWhereOneIsNear) {
  EXPECT_EQ(state("PENNSLYVANIA"), "PA, odd");
  EXPECT_EQ(state("WEST VIRIGINIA"), "WV, odd");
  EXPECT_EQ(state("MCHIGAN"), "MI, odd");
  EXPECT_EQ(state("UTAHJ"), "UT, odd");
}

TEST(Vocabulary, AMisspelledStateNearToTwoIsNone) {
  EXPECT_EQ(state("NOUTH CAROLINA"), "unknown");
  EXPECT_EQ(state("AKANSAS"), "unknown") << "Kansas or Arkansas";
}

TEST(Vocabulary, NoStateIsNone) {
  EXPECT_EQ(state("Updated weekly"), "unknown");
  EXPECT_EQ(state("XX"), "unknown");
  EXPECT_EQ(state("TZ"), "unknown") << "a code is too short for a misspelling";
  EXPECT_EQ(state(""), "unknown");
}

TEST(Vocabulary, ModelsByNameAndAbbreviation) {
  EXPECT_EQ(model("Jail Enforcement Model "), "JEM");
  EXPECT_EQ(model("Warrant  Service Officer"), "WSO");
  EXPECT_EQ(model("task force model"), "TFM");
  EXPECT_EQ(model("Tribal Task Force Model"), "TTFM");
  EXPECT_EQ(model("TFM"), "TFM");
  EXPECT_EQ(model("ttfm"), "TTFM");
}

TEST(Vocabulary, ModelsMisspelledOrNamedOtherwise) {
  EXPECT_EQ(model("Jail Enforcment Model"), "JEM, odd");
  EXPECT_EQ(model("Warrant Services Officer"), "WSO, odd");
  EXPECT_EQ(model("Task Force Officer"), "TFM, odd");
  EXPECT_EQ(model("Tribal Task Forces Model"), "TTFM, odd");
  EXPECT_EQ(model("Task Force Model (TFM)"), "TFM, odd");
}

TEST(Vocabulary, TwoModelsInOneCellAreNone) {
  EXPECT_EQ(model("Jail Enforcement Model / Task Force Model"), "unknown");
  EXPECT_EQ(model("TTM"), "unknown") << "TFM or TTFM";
  EXPECT_EQ(model("Community Model"), "unknown");
}

TEST(Vocabulary, AgencyTypes) {
  EXPECT_EQ(agency_type_of("County ")->value, "County");
  EXPECT_EQ(agency_type_of("Muncipality ")->value, "Municipality");
  EXPECT_EQ(agency_type_of("Municipal")->value, "Municipality");
  EXPECT_EQ(agency_type_of("State")->value, "State Agency");
  EXPECT_FALSE(agency_type_of("Railroad"));
}

TEST(SlipsBetween, CountsLettersLeftOutAddedExchangedAndSwapped) {
  EXPECT_EQ(slips_between("UTAH", "UTAH", 2), 0U);
  EXPECT_EQ(slips_between("UTH", "UTAH", 2), 1U);
  EXPECT_EQ(slips_between("UTAHJ", "UTAH", 2), 1U);
  EXPECT_EQ(slips_between("UTEH", "UTAH", 2), 1U);
  EXPECT_EQ(slips_between("UATH", "UTAH", 2), 1U);
  EXPECT_EQ(slips_between("IOWA", "UTAH", 2), 3U) << "more than the limit";
}

}  // namespace
}  // namespace agreementd::parsers
