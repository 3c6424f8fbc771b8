#include "web/protocol.h"

#include <utility>

namespace agreementd::web {
namespace {

using Outcome = httplib::Server::HandlerResponse;

bool is_allowed(const std::string& method) { return method == "GET" || method == "HEAD"; }

Answer plain(int status, std::string line) {
  Answer answer;
  answer.status = status;
  answer.body = std::move(line) + "\n";
  return answer;
}

void write(const Answer& answer, httplib::Response& response) {
  const auto& [etag, last_modified] = answer.validators;
  response.status = answer.status;
  if (answer.status != 304) response.set_content(answer.body, answer.type.c_str());
  // What has a state may be kept, to be asked about before it is used again.
  response.set_header("Cache-Control", etag.empty() ? "no-store" : "no-cache");
  if (!etag.empty()) response.set_header("ETag", etag);
  if (last_modified) response.set_header("Last-Modified", http_date(*last_modified));
  response.set_header("X-Content-Type-Options", "nosniff");
  response.set_header("Accept-Ranges", "none");
  if (answer.status == 405) response.set_header("Allow", "GET, HEAD");
}

/// A name or address with or without a port; anything else would end up in links.
std::string host_of(const httplib::Request& request) {
  constexpr auto letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.:[]";
  const auto host = request.get_header_value("Host");
  const bool is_one = host.size() <= 255 && host.find_first_not_of(letters) == std::string::npos;
  return is_one ? host : "";
}

/// What the library itself refuses gets a line too, so that no answer is empty.
Outcome explain_refusal(const httplib::Request&, httplib::Response& response) {
  if (!response.body.empty()) return Outcome::Unhandled;
  write(plain(response.status, "this request is not understood"), response);
  return Outcome::Handled;
}

}  // namespace

Protocol::Protocol(std::vector<Route> routes) {
  for (auto& route : routes) handlers_[std::move(route.path)] = std::move(route.answer);
  // All routing is here, before the library's: no patterns, no files, no body is ever read.
  set_pre_routing_handler([this](const httplib::Request& request, httplib::Response& response) {
    answer(request, response);
    return Outcome::Handled;
  });
  // It would say that the page is empty (RFC 9110, 8.6).
  set_post_routing_handler([](const httplib::Request&, httplib::Response& response) {
    if (response.status == 304) response.headers.erase("Content-Length");
  });
  set_error_handler(HandlerWithResponse(explain_refusal));
  set_expect_100_continue_handler(
      [](const httplib::Request&, httplib::Response&) { return 417; });  // there is no body to take
}

void Protocol::answer(const httplib::Request& request, httplib::Response& response) const {
  try {
    write(answer(request), response);
  } catch (...) {
    write(plain(500, "this page could not be made"), response);
  }
}

Answer Protocol::answer(const httplib::Request& request) const {
  if (!is_allowed(request.method)) return plain(405, "only GET and HEAD are answered here");
  const auto handler = handlers_.find(request.path);
  if (handler == handlers_.end()) return plain(404, "there is no such page");
  return handler->second({request.path,
                          {request.params.begin(), request.params.end()},
                          host_of(request),
                          request.get_header_value("If-None-Match"),
                          request.get_header_value("If-Modified-Since")});
}

/// A template, because the library's function takes the addresses of both ends in some versions
/// (0.18) and not in others (0.11).
template <typename Self>
void Protocol::process(Self& self, Connection& connection) {
  bool closed = false;
  // Our pages are small and change: they are sent whole, whatever part is asked for.
  const auto whole = [](httplib::Request& request) { request.ranges.clear(); };
  if constexpr (requires { self.process_request(connection, true, closed, whole); })
    self.process_request(connection, true, closed, whole);
  else
    self.process_request(connection, "", 0, "", 0, true, closed, whole);
}

void Protocol::serve(Connection& connection) { process(*this, connection); }

}  // namespace agreementd::web
