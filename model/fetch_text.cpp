#include "model/fetch_text.h"

#include <nlohmann/json.hpp>

namespace agreementd {
namespace {

using nlohmann::json;

template <typename T>
T required(std::optional<T> value, const char* key) {
  if (!value) throw Failure(std::string("bad value of ") + key);
  return *std::move(value);
}

Fetch read_fetch(const json& object) {
  const auto text = [&](const char* key) { return object.value(key, std::string{}); };
  Fetch fetch;
  fetch.origin = required(parse_origin(text("origin")), "origin");
  fetch.at = required(parse_instant(text("at")), "at");
  fetch.url = text("url");
  fetch.outcome = required(parse_outcome(text("outcome")), "outcome");
  if (object.contains("http_status")) fetch.http_status = object.at("http_status").get<int>();
  if (object.contains("document"))
    fetch.document = required(parse_sha256(text("document")), "document");
  fetch.file_name = text("file_name");
  fetch.etag = text("etag");
  fetch.last_modified = text("last_modified");
  if (object.contains("modified_at"))
    fetch.modified_at = required(parse_instant(text("modified_at")), "modified_at");
  fetch.duration = std::chrono::milliseconds{object.value("duration_ms", std::int64_t{0})};
  fetch.detail = text("detail");
  fetch.answered_by = text("answered_by");
  return fetch;
}

}  // namespace

std::string to_json(const Fetch& fetch) {
  json object{{"origin", to_string(fetch.origin)},
              {"at", to_string(fetch.at)},
              {"url", fetch.url},
              {"outcome", to_string(fetch.outcome)},
              {"file_name", fetch.file_name},
              {"etag", fetch.etag},
              {"last_modified", fetch.last_modified},
              {"duration_ms", fetch.duration.count()},
              {"detail", fetch.detail},
              {"answered_by", fetch.answered_by}};
  if (fetch.http_status) object["http_status"] = *fetch.http_status;
  if (fetch.document) object["document"] = to_hex(*fetch.document);
  if (fetch.modified_at) object["modified_at"] = to_string(*fetch.modified_at);
  return object.dump(-1, ' ', false, json::error_handler_t::replace);
}

Result<Fetch> parse_fetch(std::string_view text) {
  try {
    return read_fetch(json::parse(text));
  } catch (const json::exception& error) {
    return Error{std::string("no JSON of a fetch: ") + error.what()};
  } catch (const Failure& failure) {
    return Error{failure.what()};
  }
}

}  // namespace agreementd
