#include "tracking/normalise.h"

#include <gtest/gtest.h>

namespace agreementd::tracking {
namespace {

bool near(const std::string& one, const std::string& other, const std::string& state = "TX") {
  return nearly_equal(normalise_name(one), normalise_name(other), state);
}

TEST(NormaliseName, PossessivesAbbreviationsAndFillersDoNotCount) {
  for (const auto* printed :
       {"Bee County Sheriff's Office", "BEE COUNTY SHERIFFS OFFICE", "Bee Co. Sheriff\u2019s Dept.",
        "Bee  County  Sheriff Office", "Bee County SO"})
    EXPECT_EQ(normalise_name(printed).key, "bee county sheriff") << printed;
}

TEST(NormaliseName, InitialsAreOneAbbreviation) {
  EXPECT_EQ(normalise_name("Lake P.D.").key, normalise_name("Lake Police Department").key);
}

TEST(NormaliseName, SaintAndFortAreWrittenOut) {
  EXPECT_EQ(normalise_name("St. Cloud Police Dept").key,
            normalise_name("Saint Cloud Police Department").key);
  EXPECT_EQ(normalise_name("Ft. Knox PD").key, normalise_name("Fort Knox Police Department").key);
}

TEST(NormaliseName, CityOfInFrontDoesNotCountTownOfDoes) {
  EXPECT_EQ(normalise_name("City of Mesa Police Department").key,
            normalise_name("Mesa Police Department").key);
  EXPECT_NE(normalise_name("Town of Mesa Police Department").key,
            normalise_name("Mesa Police Department").key);
}

TEST(NormaliseName, AccentsDoNotCount) {
  EXPECT_EQ(normalise_name("Doña Ana County").key, normalise_name("Dona Ana County").key);
}

TEST(NormaliseName, AnAmpersandIsAnd) {
  EXPECT_EQ(normalise_name("Fish & Wildlife").key, normalise_name("Fish and Wildlife").key);
}

TEST(NormaliseName, NumbersAreKept) {
  EXPECT_EQ(normalise_name("Constable Precinct 4").numbers, std::vector<std::string>{"4"});
  EXPECT_EQ(normalise_name("Second Judicial Circuit").numbers, std::vector<std::string>{"2"});
}

TEST(NormaliseName, ANameOfFillersAloneIsStillAName) {
  EXPECT_FALSE(normalise_name("The Office of the Department").key.empty());
}

TEST(FoldText, CaseSpacingAndPunctuationAreNoChange) {
  EXPECT_EQ(fold_text("Miami-Dade Sheriff's Office"), fold_text("MIAMI DADE  Sheriffs Office"));
  EXPECT_NE(fold_text("Macro Island"), fold_text("Marco Island"));
}

TEST(MoaFile, IsTheDecodedFileNameWithoutPlaceOrQuery) {
  EXPECT_EQ(moa_file("https://www.ice.gov/doclib/287gMOA/Bee%20Co_JEM.pdf?x=1"), "beecojempdf");
  EXPECT_EQ(moa_file("https://www.ice.gov/other/Bee Co_JEM.PDF"), "beecojempdf");
  EXPECT_EQ(moa_file(""), "");
  EXPECT_EQ(moa_file("%"), "");
}

TEST(NearlyEqual, AMisspelledWordIsNear) {
  EXPECT_TRUE(near("Macro Island Police Department", "Marco Island Police Department"));
  EXPECT_TRUE(near("Cool Township Constbales Office", "Cool Township Constables Office"));
  EXPECT_TRUE(near("Lakeplacid Police Department", "Lake Placid Police Department"));
}

TEST(NearlyEqual, MissingExtraAndReorderedWordsAreNear) {
  EXPECT_TRUE(near("State Highway Patrol of Wyoming", "Wyoming State Highway Patrol", "WY"));
  EXPECT_TRUE(near("Department of Corrections", "Alaska Department of Corrections", "AK"));
  EXPECT_TRUE(near("MT Dept of Justice", "Montana Department of Justice", "MT"));
  EXPECT_TRUE(near("Boca Police Services Department", "Boca Police Department"));
}

TEST(NearlyEqual, NumbersMustAgree) {
  EXPECT_FALSE(near("Bee County Constable Precinct 1", "Bee County Constable Precinct 2"));
  EXPECT_FALSE(near("District 1 Constable", "District II Constable"));
}

TEST(NearlyEqual, WordsThatTellBodiesApartMustAgree) {
  EXPECT_FALSE(near("Franklin Police Department", "Franklin County Police Department"));
  EXPECT_FALSE(near("Palm Police Department", "Palm Beach Police Department"));
  EXPECT_FALSE(near("North Miami Police Department", "Miami Police Department"));
  EXPECT_FALSE(near("Bee County Sheriff's Office", "Bee County Jail"));
}

TEST(NearlyEqual, ShortWordsAreNoSlipsOfEachOther) {
  EXPECT_FALSE(near("Lee County Sheriff's Office", "Bee County Sheriff's Office"));
  EXPECT_FALSE(near("Clay County Sheriff's Office", "Gray County Sheriff's Office"));
}

TEST(EditDistance, CountsSwapsOfNeighboursOnce) {
  EXPECT_EQ(edit_distance("macro", "marco"), 1);
  EXPECT_EQ(edit_distance("", "abc"), 3);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3);
  EXPECT_EQ(edit_distance("same", "same"), 0);
}

}  // namespace
}  // namespace agreementd::tracking
