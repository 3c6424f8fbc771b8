#include "daemon/commands/change_text.h"

#include <gtest/gtest.h>

#include "daemon/commands/output.h"

namespace agreementd::daemon {
namespace {

using Values = std::vector<std::optional<std::string>>;

storage::Table change(const Values& row) {
  return {{"list", "kind", "reason", "effective_date", "fields", "before", "after", "retracts_seq",
           "unconfirmed"},
          {row}};
}

std::string what(const Values& row) { return cell(readable_changes(change(row)), 0, "what"); }

TEST(ChangeText, FieldsAreToldAsBeforeAndAfter) {
  EXPECT_EQ(what({"participating", "changed", "signed;moa", "2025-06-27", "signed;moa",
                  R"({"signed":"2025-06-12","moa":"pending"})",
                  R"({"signed":"2025-06-11","moa":"https://x/a.pdf"})", std::nullopt, "false"}),
            "signed 2025-06-12 → 2025-06-11; moa pending → https://x/a.pdf");
}

TEST(ChangeText, ABlankSideIsSaidToBeBlank) {
  EXPECT_EQ(what({"participating", "changed", "county", "2025-06-27", "county", R"({"county":""})",
                  R"({"county":"Bexar"})", std::nullopt, "false"}),
            "county (blank) → Bexar");
}

TEST(ChangeText, WithoutFieldsTheReasonIsTold) {
  EXPECT_EQ(what({"participating", "terminated", "unlisted", "2025-06-27", "", "{}", "{}",
                  std::nullopt, "true"}),
            "unlisted; unconfirmed");
  EXPECT_EQ(what({"participating", "retracted", "x", "2025-06-27", "", "{}", "{}", "12", "false"}),
            "entry 12 does not hold");
}

TEST(ChangeText, AnApplicationThatLeavesIsNeverCalledTerminated) {
  const auto table = readable_changes(change(
      {"pending", "terminated", "signed", "2025-06-27", "", "{}", "{}", std::nullopt, "false"}));
  EXPECT_EQ(cell(table, 0, "kind"), "left");
  EXPECT_EQ(cell(table, 0, "date"), "2025-06-27");
}

TEST(ChangeText, ObjectsThatCannotBeReadDoNoHarm) {
  EXPECT_EQ(what({"participating", "changed", "x", "2025-06-27", "moa", "{", "[]", std::nullopt,
                  "false"}),
            "moa (blank) → (blank)");
}

}  // namespace
}  // namespace agreementd::daemon
