#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/web/client.h"
#include "web/server.h"

namespace agreementd::web {
namespace {

/// cpp-httplib makes its tables when it first needs them, as static variables of functions:
/// rightly, but the thread sanitizer does not see that, because the library is compiled without it.
/// So one thread has them made, and is gone, before there are several.
class Tables : public testing::Environment {
 public:
  void SetUp() override {
    Limits alone;
    alone.threads = 1;
    const Server server({"127.0.0.1", 0}, std::vector<Route>{}, alone);
    answer_to(server.port(), "GET / HTTP/1.1\r\nRange: bytes=0-1\r\nAccept-Encoding: gzip\r\n\r\n");
  }
};

[[maybe_unused]] const auto* const tables = testing::AddGlobalTestEnvironment(new Tables);

}  // namespace
}  // namespace agreementd::web
