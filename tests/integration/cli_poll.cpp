// `agreementctl poll` as a user runs it, against a site on loopback.
#include <gmock/gmock.h>

#include "tests/fakes/sample_site.h"
#include "tests/integration/cli_program.h"

namespace agreementd::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class CliPoll : public CliTest {
 protected:
  CliPoll() : samples_(site_, fakes::sample_timeline(AGREEMENTD_BINARY_DIR "/samples/lists")) {}

  void publish_until(const std::string& file_name) {
    while (!samples_.shows(file_name) && !samples_.advance().empty()) {
    }
  }
  [[nodiscard]] Ended poll(const std::string& page) const {
    return agreementctl({"poll", "--page", page});
  }

  fakes::Site site_;
  fakes::SampleSite samples_;
};

TEST_F(CliPoll, PrintsWhatCameAndWhatChanged) {
  publish_until("participatingAgencies03062025pm.xlsx");
  EXPECT_EQ(poll(samples_.page_url()).status, 0);
  samples_.advance();
  const auto ended = poll(samples_.page_url());
  EXPECT_EQ(ended.status, 0) << ended.errors;
  EXPECT_THAT(ended.output, HasSubstr("participating list, new"));
  EXPECT_THAT(ended.output, HasSubstr("pending list, new"));
  EXPECT_THAT(ended.output, HasSubstr("2 new editions, 2 entries: 1 terminated, 1 changed\n"));
  EXPECT_THAT(ended.output, HasSubstr("(state NY → FL)"));
  const auto again = poll(samples_.page_url());
  EXPECT_EQ(again.status, 0);
  EXPECT_THAT(again.output, HasSubstr("Nothing changed.\n"));
}

TEST_F(CliPoll, ASourceThatIsNotToBeHadIsOneLineAndStatus3) {
  site_.serve("/287g", fakes::Reply{.status = 403});
  EXPECT_EQ(poll(site_.url("/287g")).status, 3);
  const auto ended = poll(site_.url("/287g"));
  EXPECT_EQ(ended.status, 3);
  ASSERT_EQ(lines_of(ended.errors).size(), 1U) << ended.errors;
  EXPECT_THAT(ended.errors, StartsWith("agreementctl: poll: " + site_.url("/287g")));
}

TEST_F(CliPoll, AQuarantinedEditionIsStatus4) {
  while (!samples_.shows("participatingAgencies07252025am.xlsx")) {
    ASSERT_FALSE(samples_.advance().empty());
    const auto status = poll(samples_.page_url()).status;
    EXPECT_EQ(status, samples_.shows("participatingAgencies07252025am.xlsx") ? 4 : 0);
  }
}

TEST_F(CliPoll, WithoutAPageItSaysHowToNameOne) {
  const auto ended = agreementctl({"poll"});
  EXPECT_TRUE(is_one_error(ended, 2));
  EXPECT_THAT(ended.errors, HasSubstr("--page URL"));
}

TEST_F(CliPoll, APasswordInTheAddressIsRefusedAndNotRepeated) {
  const auto ended = poll("https://ann:hunter2@www.ice.gov/287g");
  EXPECT_TRUE(is_one_error(ended, 2));
  EXPECT_THAT(ended.errors, Not(HasSubstr("hunter2")));
}

TEST_F(CliPoll, TheConfigurationNamesThePageAndAContact) {
  publish_until("participatingAgencies03062025pm.xlsx");
  const auto file =
      write("agreementd.toml", "source.page = \"" + samples_.page_url() +
                                   "\"\nsource.contact = \"mailto:ann@example.org\"\n");
  const auto ended = agreementctl({"--config", file, "poll"});
  EXPECT_EQ(ended.status, 0) << ended.errors;
  const auto requests = site_.requests("/287g");
  ASSERT_EQ(requests.size(), 1U);
  EXPECT_THAT(requests[0].header("user-agent"), StartsWith("agreementd/"));
  EXPECT_THAT(requests[0].header("user-agent"), HasSubstr("(+mailto:ann@example.org)"));
}

TEST_F(CliPoll, ADatabaseThatIsAwayIsStatus5AndNothingIsAsked) {
  const auto ended = agreementctl(
      {"--database", "postgresql:///none?host=/nowhere", "poll", "--page", site_.url("/287g")});
  EXPECT_TRUE(is_one_error(ended, 5));
  EXPECT_EQ(site_.hits(), 0);
}

}  // namespace
}  // namespace agreementd::testing
