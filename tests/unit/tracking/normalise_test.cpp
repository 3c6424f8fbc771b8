#include "tracking/normalise.h"

#include <gtest/gtest.h>

namespace agreementd::tracking {
namespace {

Likeness alike(const std::string& one, const std::string& other, const std::string& state = "TX") {
  return likeness(normalise_name(one), normalise_name(other), state);
}

bool contradict(const std::string& county, const std::string& other,
                const std::string& state = "TX") {
  return counties_contradict(normalise_county(county), state, normalise_county(other), state);
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

TEST(NormaliseName, NumbersInWordsAndRomanNumeralsAreNumbers) {
  const auto key = [](const char* printed) { return normalise_name(printed).key; };
  EXPECT_EQ(key("Constable Precinct One"), key("Constable Pct. 1"));
  EXPECT_EQ(key("Constable Precinct 02"), key("Constable Precinct II"));
  EXPECT_EQ(key("Constable Precinct V"), key("Constable Precinct Five"));
  EXPECT_EQ(normalise_name("Twelfth Judicial Circuit").numbers, std::vector<std::string>{"12"});
  EXPECT_EQ(normalise_name("43rd District").numbers, std::vector<std::string>{"43"});
  EXPECT_TRUE(normalise_name("V Ranch Police").numbers.empty()) << "an initial";
}

TEST(NormaliseName, ANameOfFillersAloneIsStillAName) {
  EXPECT_FALSE(normalise_name("The Office of the Department").key.empty());
}

TEST(NormaliseName, LettersOfOtherScriptsAreLetters) {
  EXPECT_NE(normalise_name("グアム警察").key, normalise_name("税関").key);
  EXPECT_EQ(normalise_name("Kāneʻohe Police").key, normalise_name("Kaneohe Police").key);
  EXPECT_EQ(normalise_name("Bee–Cee • Police Dept").key, "bee cee police");
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

TEST(CountiesContradict, WhereBothExistHoweverAlike) {
  EXPECT_TRUE(contradict("Hood County", "Wood County"));
  EXPECT_TRUE(contradict("Clay", "Clayton", "GA"));
  EXPECT_TRUE(contradict("Montgomery", "Bucks", "PA"));
  EXPECT_FALSE(contradict("Frankin County", "Franklin County", "AL")) << "there is no Frankin";
  EXPECT_FALSE(contradict("St. Landry", "Saint Landry Parish", "LA"));
  EXPECT_FALSE(contradict("De Kalb", "DeKalb County", "GA"));
}

TEST(CountiesContradict, NotWhereOneIsUnknownOrOneOfSeveral) {
  EXPECT_FALSE(contradict("", "Bee"));
  EXPECT_FALSE(contradict("Collin; Dallas", "Dallas"));
  EXPECT_FALSE(contradict("Bee County, TX", "Bee"));
}

TEST(Likeness, AMisspelledLongWordIsNear) {
  EXPECT_EQ(alike("Spaulding County Sheriff", "Spalding County Sheriff", "GA"), Likeness::near);
  EXPECT_EQ(alike("Macro Island Police", "Marco Island Police"), Likeness::near) << "swapped";
  EXPECT_EQ(alike("Lake Placd Police Department", "Lakeplacid Police Department"), Likeness::near);
}

TEST(Likeness, AShortWordIsAnotherByOneLetterUnlessSupported) {
  EXPECT_EQ(alike("Clark Shores Police", "Clarke Shores Police", "FL"), Likeness::doubtful);
  EXPECT_EQ(alike("Green Township Police", "Greene Township Police", "PA"), Likeness::doubtful);
  EXPECT_EQ(alike("Bea County Sheriff", "Bee County Sheriff"), Likeness::none) << "too short";
}

TEST(Likeness, OfACountyThatDoesNotExistTheNameIsAMisprint) {
  EXPECT_EQ(alike("Halle County Sheriff", "Hale County Sheriff"), Likeness::near);
  EXPECT_EQ(alike("Hall County Sheriff", "Hale County Sheriff"), Likeness::none) << "both exist";
  EXPECT_EQ(alike("Hood County Sheriff", "Wood County Sheriff"), Likeness::none);
  EXPECT_EQ(alike("Robertson County Sheriff", "Robeson County Sheriff", "NC"), Likeness::near);
}

TEST(Likeness, OrderSpacingTheStatesNameAndMisspelledVocabularyAreForm) {
  EXPECT_EQ(alike("State Highway Patrol of Wyoming", "Wyoming State Highway Patrol", "WY"),
            Likeness::form);
  EXPECT_EQ(alike("Department of Corrections", "Alaska Department of Corrections", "AK"),
            Likeness::form);
  EXPECT_EQ(alike("MT Dept of Justice", "Montana Department of Justice", "MT"), Likeness::form);
  EXPECT_EQ(alike("Arnaudville Police Department, LA", "Arnaudville Police", "LA"), Likeness::form);
  EXPECT_EQ(alike("Lakeplacid Police Department", "Lake Placid Police Department"), Likeness::form);
  EXPECT_EQ(alike("Bee County Sherrif's Offic", "Bee County Sheriff's Office"), Likeness::form);
  EXPECT_EQ(alike("Cool Township Constbales Office", "Cool Township Constables Office"),
            Likeness::form);
}

TEST(Likeness, AParishIsACounty) {
  EXPECT_EQ(alike("Vernon County Sheriff's Office", "Vernon Parish Sheriff", "LA"), Likeness::form);
  EXPECT_EQ(alike("Vernon County Sheriff's Office", "Vermilion Parish Sheriff", "LA"),
            Likeness::none);
}

TEST(Likeness, MoreWordsNeedSupportUnlessTheySayNothing) {
  EXPECT_EQ(alike("Boca Police Services Department", "Boca Police Department"), Likeness::near);
  EXPECT_EQ(alike("Safety and Homeland Security / THP", "Safety and Homeland Security"),
            Likeness::doubtful);
}

TEST(Likeness, WithoutTheStatesNameNothingElseMayDiffer) {
  EXPECT_EQ(alike("Atlantis Police", "Florida Atlantic Police", "FL"), Likeness::none);
}

TEST(Likeness, NumbersMustAgree) {
  EXPECT_EQ(alike("Bee County Constable Precinct 1", "Bee County Constable Precinct 2"),
            Likeness::none);
  EXPECT_EQ(alike("District 1 Constable", "District II Constable"), Likeness::none);
  EXPECT_EQ(alike("Constable Precinct Four", "Constable Precinct Five"), Likeness::none);
}

TEST(Likeness, WordsThatTellBodiesApartMustAgree) {
  for (const auto& [one, other] : std::vector<std::pair<std::string, std::string>>{
           {"Franklin Police Department", "Franklin County Police Department"},
           {"Palm Police Department", "Palm Beach Police Department"},
           {"Daytona Beach Police", "Daytona Beach Shores Police"},
           {"Miami Police", "Miami Gardens Police"},
           {"North Miami Police Department", "Miami Police Department"},
           {"University of Florida Police", "University of Central Florida Police"},
           {"Bee County Sheriff's Office", "Bee County Jail"}})
    EXPECT_EQ(alike(one, other, "FL"), Likeness::none) << one << ", " << other;
}

TEST(ShareTellingWord, NeitherTheKindNorTheStateTells) {
  const auto share = [](const char* one, const char* other, const char* state) {
    return share_telling_word(normalise_name(one), normalise_name(other), state);
  };
  EXPECT_TRUE(share("Gulf County BOCC", "Gulf County Sheriff's Office", "FL"));
  EXPECT_FALSE(share("Goliad County Sheriff's Office", "Seguin Police Department", "TX"));
  EXPECT_FALSE(share("University of Florida", "University of Central Florida", "FL"));
  EXPECT_TRUE(share("Freedom County Sheriff", "Freeborn County Sheriff", "MN"))
      << "Minnesota has no Freedom County";
  EXPECT_FALSE(share("Jackson County Sheriff", "Johnson County Sheriff", "GA")) << "both exist";
}

TEST(EditDistance, CountsSwapsOfNeighboursOnce) {
  EXPECT_EQ(edit_distance("macro", "marco"), 1);
  EXPECT_EQ(edit_distance("", "abc"), 3);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3);
  EXPECT_EQ(edit_distance("same", "same"), 0);
}

}  // namespace
}  // namespace agreementd::tracking
