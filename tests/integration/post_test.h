#pragma once

#include <optional>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "fetchers/poster.h"
#include "tests/integration/fetch_test.h"

namespace agreementd::fetchers {

/// A poster, and a site for it to post to.
class PostTest : public FetchTest {
 protected:
  PostTest() { posting.user_agent = "agreementd/0.1 (+mailto:someone@example.org)"; }

  /// One for the whole test, with `posting` as it is at the first call.
  Poster& poster() {
    if (!poster_) poster_.emplace(posting, clock);
    return *poster_;
  }
  Posted post_url(const std::string& url) {
    return poster().post({url, "application/json", R"({"a":1})"});
  }
  /// To a site that answers in this way.
  Posted posted_to(fakes::Reply reply) {
    site.serve("/hook", std::move(reply));
    return post_url(site.url("/hook"));
  }

  PostSettings posting;

 private:
  std::optional<Poster> poster_;
};

/// The name of what became of it, so that a failed comparison can be read.
inline std::string name(const Posted& posted) { return std::string(to_string(posted.delivery)); }

}  // namespace agreementd::fetchers
