#include <gtest/gtest.h>

#include "fetchers/file_name.h"
#include "fetchers/text.h"

namespace agreementd::fetchers {
namespace {

TEST(Disposition, TokenAndQuotedString) {
  EXPECT_EQ(file_name_of_disposition("attachment; filename=a.xlsx"), "a.xlsx");
  EXPECT_EQ(file_name_of_disposition("attachment; filename=\"a b.xlsx\""), "a b.xlsx");
  EXPECT_EQ(file_name_of_disposition("inline ;  FileName = \"a.xlsx\" ; size=3"), "a.xlsx");
  EXPECT_EQ(file_name_of_disposition("attachment; filename=\"a \\\"b\\\"; c.xlsx\"; x=y"),
            "a \"b\"; c.xlsx");
}

TEST(Disposition, NamesWithSpacesOccurUnquoted) {
  EXPECT_EQ(file_name_of_disposition("attachment; filename=participating agencies 07 am.xlsx"),
            "participating agencies 07 am.xlsx");
}

TEST(Disposition, TheExtendedNameIsPreferredWhicheverComesFirst) {
  EXPECT_EQ(file_name_of_disposition(
                "attachment; filename=\"plain.xlsx\"; filename*=UTF-8''M%C3%BCller%20a.xlsx"),
            "M\xC3\xBCller a.xlsx");
  EXPECT_EQ(file_name_of_disposition("attachment; filename*=utf-8'en'b.xlsx; filename=plain.xlsx"),
            "b.xlsx");
}

TEST(Disposition, AnExtendedNameThatCannotBeReadGivesWay) {
  for (const char* extended : {"ISO-8859-1''M%FCller.xlsx", "UTF-8''M%FCller.xlsx", "b.xlsx", ""})
    EXPECT_EQ(file_name_of_disposition(std::string("attachment; filename*=") + extended +
                                       "; filename=plain.xlsx"),
              "plain.xlsx")
        << extended;
}

TEST(Disposition, FoldersAreCutOff) {
  EXPECT_EQ(file_name_of_disposition("attachment; filename=\"../../etc/a.xlsx\""), "a.xlsx");
  EXPECT_EQ(file_name_of_disposition("attachment; filename=C:\\lists\\a.xlsx"), "a.xlsx");
  EXPECT_EQ(file_name_of_disposition("attachment; filename*=UTF-8''..%2Fa.xlsx"), "a.xlsx");
  for (const char* name : {".", "..", "/", "a/..", "a/", ""})
    EXPECT_EQ(file_name_of_disposition(std::string("attachment; filename=\"") + name + "\""), "")
        << name;
}

TEST(Disposition, ControlCharactersAreRemoved) {
  EXPECT_EQ(file_name_of_disposition("attachment; filename*=UTF-8''a%0D%0A%1B%00b%7F%C2%85.xlsx"),
            "ab.xlsx");
}

TEST(Disposition, InvisibleAndBidirectionalCharactersAreRemoved) {
  for (const char* character :
       {"\u00AD", "\u061C", "\u180E", "\u200B", "\u200E", "\u200F", "\u2028", "\u2029", "\u202A",
        "\u202E", "\u2060", "\u2066", "\u2069", "\uFEFF"}) {
    const std::string name = std::string("a") + character + "b.xlsx" + character;
    EXPECT_EQ(file_name_of_disposition("attachment; filename=\"" + name + "\""), "ab.xlsx") << name;
    EXPECT_EQ(file_name_of_path("/lists/" + name), "ab.xlsx") << name;
  }
}

TEST(Disposition, TheirNeighboursStay) {
  for (const char* character :
       {"\u00A0", "\u00AC", "\u00AE", "\u061B", "\u061D", "\u180D", "\u180F", "\u200A", "\u2010",
        "\u2027", "\u202F", "\u205F", "\u206A", "\uFEFE", "\uFF00", "\U0001F600"}) {
    const std::string name = std::string("a") + character + "b.xlsx";
    EXPECT_EQ(file_name_of_disposition("attachment; filename=\"" + name + "\""), name);
  }
}

TEST(Disposition, ANameIsAtMost255BytesAndNoCharacterIsCutInHalf) {
  EXPECT_EQ(file_name_of_disposition("attachment; filename=" + std::string(400, 'x')),
            std::string(255, 'x'));
  std::string long_name;
  for (int i = 0; i < 200; ++i) long_name += "\xC3\xBC";
  EXPECT_EQ(file_name_of_disposition("attachment; filename=\"" + long_name + "\"").size(), 254U);
}

TEST(Disposition, WithoutANameThereIsNone) {
  for (const char* header :
       {"", "attachment", "attachment;", "inline; name=a.xlsx", ";;;", "filename=a",
        "attachment; filename", "attachment; filename=", "attachment; filename=M\xFCller"})
    EXPECT_EQ(file_name_of_disposition(header), "") << header;
  EXPECT_EQ(file_name_of_disposition("attachment; filename=\"never closed.xlsx"),
            "never closed.xlsx");
}

TEST(NameInPath, ALastSegmentWithAnExtension) {
  EXPECT_EQ(file_name_of_path("/doclib/participatingAgencies07112025am.xlsx"),
            "participatingAgencies07112025am.xlsx");
  EXPECT_EQ(file_name_of_path("/doclib/participating%20agencies%2007.xlsx"),
            "participating agencies 07.xlsx");
  EXPECT_EQ(file_name_of_path("/doclib/..%2F..%2Fa.xlsx"), "a.xlsx");
  for (const char* path :
       {"/", "", "/file-download/download/public/12345", "/identify/287g", "/a.xlsx/", "/.hidden",
        "/a.", "/version 1.not an extension", "/M%FC.xlsx"})
    EXPECT_EQ(file_name_of_path(path), "") << path;
}

}  // namespace
}  // namespace agreementd::fetchers
