#include "web/pages.h"

#include <utility>

namespace agreementd::web {
namespace {

Route health_route(std::string path, std::function<Health()> health) {
  return {std::move(path), [health = std::move(health)](const Request&) {
            auto [ok, text] = health();
            Answer answer;
            answer.status = ok ? 200 : 503;
            answer.body = std::move(text) + "\n";
            return answer;
          }};
}

}  // namespace

std::vector<Route> routes_of(Pages pages) {
  return {health_route("/healthz", std::move(pages.live)),
          health_route("/readyz", std::move(pages.ready)),
          {"/metrics", [metrics = std::move(pages.metrics)](const Request&) {
             return Answer{200, "text/plain; version=0.0.4; charset=utf-8", metrics()};
           }}};
}

}  // namespace agreementd::web
