#include "alerts/glob.h"

#include <algorithm>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace agreementd::alerts {
namespace {

TEST(Glob, WithoutSignsItIsTheWholeTextInAnyCase) {
  EXPECT_TRUE(matches_glob("bee county sheriff's office", "Bee County Sheriff's OFFICE"));
  EXPECT_FALSE(matches_glob("Bee County", "Bee County Sheriff's Office"));
  EXPECT_FALSE(matches_glob("", "Bee"));
  EXPECT_TRUE(matches_glob("", ""));
}

TEST(Glob, AStarIsAnyNumberOfCharactersAQuestionMarkIsOne) {
  EXPECT_TRUE(matches_glob("*county*", "Bee County Sheriff's Office"));
  EXPECT_TRUE(matches_glob("*", ""));
  EXPECT_TRUE(matches_glob("bee*office*", "Bee County Sheriff's Office"));
  EXPECT_TRUE(matches_glob("b?e *", "Bee County"));
  EXPECT_FALSE(matches_glob("b?ee*", "Bee County"));
  EXPECT_TRUE(matches_glob("*ab*ab", "abxabab"));
  EXPECT_FALSE(matches_glob("*city*", "Bee County"));
}

TEST(Glob, AnAccentedLetterIsOneCharacterInEitherCase) {
  EXPECT_TRUE(matches_glob("do?a ana*", "DOÑA ANA COUNTY"));
  EXPECT_TRUE(matches_glob("doña ana*", "DOÑA ANA COUNTY"));
  EXPECT_FALSE(matches_glob("×", "÷"));
}

TEST(Glob, ManyStarsTakeNoLongTime) {
  std::string pattern;
  for (int i = 0; i < 50; ++i) pattern += "*a";
  EXPECT_FALSE(matches_glob(pattern + "b", std::string(5000, 'a')));
}

/// The same by trying everything.
bool by_definition(std::string_view pattern, std::string_view text) {
  if (pattern.empty()) return text.empty();
  if (pattern[0] == '*')
    return by_definition(pattern.substr(1), text) ||
           (!text.empty() && by_definition(pattern, text.substr(1)));
  return !text.empty() && (pattern[0] == '?' || pattern[0] == text[0]) &&
         by_definition(pattern.substr(1), text.substr(1));
}

RC_GTEST_PROP(Glob, AnswersWhatItsDefinitionSays, ()) {
  const auto pattern = *rc::gen::container<std::string>(rc::gen::element('a', 'b', '*', '?'));
  const auto text = *rc::gen::container<std::string>(rc::gen::element('a', 'b'));
  const auto a = pattern.substr(0, 10);
  const auto b = text.substr(0, 12);
  RC_ASSERT(matches_glob(a, b) == by_definition(a, b));
}

}  // namespace
}  // namespace agreementd::alerts
