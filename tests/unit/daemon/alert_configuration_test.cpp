#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/configuration/alert_sinks.h"
#include "daemon/configuration/configuration.h"
#include "model/result.h"
#include "tests/unit/daemon/temporary_folder.h"

namespace agreementd::daemon {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<std::string> problems(const std::string& toml) {
  return read_configuration(toml, "a.toml").problems;
}

Alert alert(const std::string& toml) {
  const auto reading = read_configuration("[[alert]]\n" + toml, "a.toml");
  EXPECT_THAT(reading.problems, IsEmpty());
  return reading.configuration.alerts.at(0);
}

constexpr auto good_file = "name = \"log\"\nkind = \"file\"\npath = \"/tmp/log\"\n";
constexpr auto good_email =
    "name = \"desk\"\nkind = \"email\"\nurl = \"smtps://mail.example.org\"\n"
    "from = \"agreementd@example.org\"\nto = [\"a@example.org\", \"b@example.org\"]\n";

TEST(AlertConfiguration, ThereMayBeAnyNumber) {
  const auto reading = read_configuration(
      std::string("[[alert]]\n") + good_file + "[[alert]]\n" + good_email, "a.toml");
  EXPECT_THAT(reading.problems, IsEmpty());
  ASSERT_EQ(reading.configuration.alerts.size(), 2U);
  EXPECT_EQ(reading.configuration.alerts[1].name, "desk");
  const auto again = read_configuration(to_toml(reading.configuration), "b.toml");
  EXPECT_THAT(again.problems, IsEmpty());
  EXPECT_EQ(to_toml(again.configuration), to_toml(reading.configuration));
}

TEST(AlertConfiguration, WhatIsWrongIsNamedWithItsPlace) {
  const std::pair<std::string, std::string> cases[] = {
      {"kind = \"fax\"", "a.toml:5:8: alert.kind must be \"webhook\", \"slack\""},
      {"for = \"all\"", "alert.for must be \"reader\" or \"operator\""},
      {"name = \"two words\"", "alert.name must be"},
      {"secret = \"../../etc/shadow\"", "must be the name of a file"},
      {"digest = \"daily 25:00\"", "alert.digest must be"},
      {"digest = \"daily 7:00\"", "alert.digest must be"},
      {"delay = \"soon\"", "alert.delay must be a duration"},
      {"states = [\"TX\", \"Texas\"]", "holds \"Texas\": each must be a state's two letters"},
      {"models = [\"tfm\"]", "holds \"tfm\": each must be a model's capitals"},
      {"agencies = [\"\"]", "holds \"\", which is no agency"},
      {"lists = [\"waiting\"]", "holds \"waiting\""},
      {"kinds = [\"retracted\"]", "holds \"retracted\""},
      {"significance = [\"all\"]", "holds \"all\""},
      {"causes = [\"poll\"]", "holds \"poll\""},
      {"unconfirmed = \"no\"", "alert.unconfirmed must be true or false"},
      {"to = [\"a\"]", "alert.to holds no e-mail address"},
      {"path = \"log\"", "must be a path that begins with /"},
      {"colour = \"red\"", "unknown key alert.colour"}};
  for (const auto& [line, wanted] : cases) {
    // The line comes last; where it is a key of the good ones it stands for that.
    std::string toml = std::string("[[alert]]\n") + good_file;
    const auto key = line.substr(0, line.find(' '));
    if (const auto at = toml.find("\n" + key + " "); at != std::string::npos)
      toml.erase(at + 1, toml.find('\n', at + 1) - at);
    if (line.starts_with("kind")) toml += "\n";
    EXPECT_THAT(problems(toml + line + "\n"), ElementsAre(HasSubstr(wanted))) << toml + line;
  }
}

TEST(AlertConfiguration, WhatAKindNeedsIsSaidWhereItsTableBegins) {
  const std::pair<std::string, std::string> cases[] = {
      {"name = \"x\"\n", "needs a kind"},
      {"kind = \"file\"\npath = \"/tmp/x\"\n", "needs a name"},
      {"name = \"x\"\nkind = \"file\"\n", "a.toml:1:1: alert x: file needs a path"},
      {"name = \"x\"\nkind = \"slack\"\n", "slack needs a secret"},
      {"name = \"x\"\nkind = \"webhook\"\nurl = \"https://example.org/x\"\n",
       "webhook needs a secret"},
      {"name = \"x\"\nkind = \"webhook\"\nsecret = \"x\"\nurl = \"http://example.org/x\"\n",
       "alert x: "},
      {"name = \"x\"\nkind = \"webhook\"\nsecret = \"x\"\nurl = \"https://10.0.0.1/x\"\n",
       "alert x: "},
      {"name = \"x\"\nkind = \"email\"\nurl = \"https://example.org\"\n", "alert x: "},
      {"name = \"x\"\nkind = \"slack\"\nsecret = \"x\"\nurl = \"https://example.org/x\"\n",
       "slack takes no url: its secret is the URL"},
      {std::string(good_file) + "secret = \"x\"\n", "file takes no secret"},
      {std::string(good_file) + "private_addresses = true\n", "file takes no private_addresses"},
      {std::string(good_email) + "path = \"/x\"\n", "email takes no path"},
      {std::string(good_email) + "user = \"x\"\n", "belong together"}};
  for (const auto& [toml, wanted] : cases)
    EXPECT_THAT(problems("[[alert]]\n" + toml), ElementsAre(HasSubstr(wanted))) << toml;
}

TEST(AlertConfiguration, TwoOfOneNameAreRefused) {
  EXPECT_THAT(problems(std::string("[[alert]]\n") + good_file + "[[alert]]\n" + good_file),
              ElementsAre(HasSubstr("there is one of that name above")));
}

TEST(AlertConfiguration, OneTableWithSingleBracketsIsToldHowItIsWritten) {
  EXPECT_THAT(problems(std::string("[alert]\n") + good_file),
              ElementsAre(HasSubstr("write [[alert]]")));
  EXPECT_THAT(problems("alert = 3\n"), ElementsAre(HasSubstr("write [[alert]]")));
}

TEST(AlertConfiguration, BecomesASink) {
  const auto sink = sink_of(alert(std::string(good_file) +
                                  "for = \"operator\"\ndigest = \"daily 07:30\"\ndelay = \"24h\"\n"
                                  "states = [\"TX\"]\nlists = [\"pending\"]\nkinds = [\"new\"]\n"
                                  "causes = [\"archive\"]\nsignificance = [\"clerical\"]\n"
                                  "fold_signings = false\nunconfirmed = false\n"));
  EXPECT_EQ(sink.name, "log");
  EXPECT_EQ(sink.tells, storage::Tells::notices);
  EXPECT_EQ(sink.digest, alerts::Digest::daily);
  EXPECT_EQ(sink.daily_at, std::chrono::minutes{450});
  EXPECT_EQ(sink.delay, std::chrono::hours{24});
  EXPECT_FALSE(sink.fold_signings);
  EXPECT_THAT(sink.filter.states, ElementsAre("TX"));
  EXPECT_THAT(sink.filter.lists, ElementsAre(List::pending));
  EXPECT_THAT(sink.filter.kinds, ElementsAre(ChangeKind::added));
  EXPECT_THAT(sink.filter.causes, ElementsAre(Cause::archive));
  EXPECT_THAT(sink.filter.significances, ElementsAre(alerts::Significance::clerical));
  EXPECT_FALSE(sink.filter.unconfirmed);
  const auto plain = sink_of(alert(good_file));
  EXPECT_EQ(plain.tells, storage::Tells::changes);
  EXPECT_THAT(plain.filter.causes, ElementsAre(Cause::edition));
  EXPECT_THAT(plain.filter.significances, ElementsAre(alerts::Significance::substantive));
}

TEST(AlertConfiguration, AnotherPlaceIsAnotherDestinationAnotherFilterIsNot) {
  const auto first = destination_of(alert(good_file));
  EXPECT_EQ(first, destination_of(alert(std::string(good_file) + "states = [\"TX\"]\n")));
  EXPECT_NE(first, destination_of(alert("name = \"log\"\nkind = \"file\"\npath = \"/tmp/b\"\n")));
}

/// The credentials that systemd passes.
class Secret : public ::testing::Test {
 protected:
  Secret() { setenv("CREDENTIALS_DIRECTORY", folder_.path("").c_str(), 1); }
  ~Secret() override { unsetenv("CREDENTIALS_DIRECTORY"); }

  std::string refusal_of(const std::string& toml) {
    try {
      sender_of(alert(toml), {}, clock_);
      return "";
    } catch (const Failure& failure) {
      return failure.what();
    }
  }
  TemporaryFolder folder_;
  SystemClock clock_;
};

const std::string webhook =
    "name = \"x\"\nkind = \"webhook\"\nurl = \"https://example.org/x\"\nsecret = \"x\"\n";

TEST_F(Secret, ThatIsNotThereSaysWhereToPutIt) {
  EXPECT_THAT(refusal_of(webhook), HasSubstr("put it into /etc/agreementd/credentials/x"));
}

TEST_F(Secret, OfAWebhookMayBeSeveral) {
  folder_.write("credentials_x",
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n"
                "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD\r\n");
  EXPECT_EQ(refusal_of(webhook), "");
}

TEST_F(Secret, ThatIsWrongIsNeverRepeated) {
  folder_.write("x", "hunter2\n");
  EXPECT_THAT(refusal_of(webhook), HasSubstr("alert x: its secret x"));
  EXPECT_THAT(refusal_of(webhook), ::testing::Not(HasSubstr("hunter2")));
  folder_.write("s", "ftp://hunter2.example.org\n");
  const auto slack = refusal_of("name = \"y\"\nkind = \"slack\"\nsecret = \"s\"\n");
  EXPECT_THAT(slack, HasSubstr("no URL of an incoming webhook"));
  EXPECT_THAT(slack, ::testing::Not(HasSubstr("hunter2")));
  folder_.write("e", "\n\n");
  EXPECT_THAT(refusal_of("name = \"y\"\nkind = \"slack\"\nsecret = \"e\"\n"),
              "alert y: its secret e is empty");
  folder_.write("two", "https://hooks.slack.com/a\nhttps://hooks.slack.com/b\n");
  EXPECT_THAT(refusal_of("name = \"y\"\nkind = \"slack\"\nsecret = \"two\"\n"),
              HasSubstr("several lines"));
}

TEST_F(Secret, OfSlackIsWhereItLeads) {
  const auto slack = alert("name = \"y\"\nkind = \"slack\"\nsecret = \"s\"\n");
  folder_.write("s", "https://hooks.slack.com/a\n");
  const auto first = destination_of(slack);
  EXPECT_EQ(first, destination_of(slack));
  folder_.write("s", "https://hooks.slack.com/b\n");
  EXPECT_NE(first, destination_of(slack));
}

}  // namespace
}  // namespace agreementd::daemon
