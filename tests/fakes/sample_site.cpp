#include "tests/fakes/sample_site.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <tuple>
#include <utility>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "model/hash.h"
#include "model/input.h"
#include "model/result.h"
#include "parsers/dating.h"
#include "parsers/list.h"

namespace agreementd::fakes {
namespace {

namespace fs = std::filesystem;

constexpr const char* workbook_type =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
constexpr const char* page_type = "text/html; charset=utf-8";

std::string read_file(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

SampleList read_sample(const fs::path& path) {
  SampleList sample;
  sample.path = path;
  sample.file_name = path.filename();
  sample.bytes = read_file(path);
  const auto reading = parsers::read_list(sample.bytes, sample.path);
  if (!reading) throw Failure(reading.error());
  Sighting sighting;
  sighting.file_name = sample.file_name;
  sighting.seen_at = *parse_instant("2100-01-01T00:00:00Z");  // after all of them: none is doubted
  sighting.reading = {reading->list, reading->content, reading->saved_at, 0};
  sample.list = reading->list;
  sample.published = parsers::date_sighting(sighting).at;
  return sample;
}

/// RFC 9110, 5.6.7: `Sun, 06 Nov 1994 08:49:37 GMT`.
std::string http_date(Instant instant) {
  return fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT",
                     std::chrono::floor<std::chrono::seconds>(instant));
}

std::string etag_of(const std::string& bytes) {
  return fmt::format("\"{}\"", to_hex(sha256(bytes)).substr(0, 16));
}

std::string link_to(const SampleList& list) {
  return fmt::format("<li><a href=\"/doclib/{}\">{} Agencies</a></li>\n", list.file_name,
                     list.list == List::participating ? "Participating" : "Pending");
}

}  // namespace

std::vector<SampleList> sample_timeline(const std::string& folder) {
  std::vector<SampleList> lists;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) lists.push_back(read_sample(entry.path()));
  std::ranges::sort(lists, [](const SampleList& one, const SampleList& other) {
    return std::tie(one.published, one.list, one.path) <
           std::tie(other.published, other.list, other.path);
  });
  return lists;
}

SampleSite::SampleSite(Site& site, std::vector<SampleList> lists)
    : site_(site), lists_(std::move(lists)) {}

std::vector<const SampleList*> SampleSite::advance() {
  std::vector<const SampleList*> appeared;
  // A page that changed twice in a second would have one Last-Modified for two contents. Two
  // workbooks of one name are of one time too, but only one of them can be had.
  const auto has_appeared = [&](const SampleList& list) {
    return std::ranges::any_of(
        appeared, [&](const auto* other) { return other->file_name == list.file_name; });
  };
  while (shown_ < lists_.size() &&
         (appeared.empty() || lists_[shown_].published == appeared.back()->published) &&
         !has_appeared(lists_[shown_])) {
    const auto& list = lists_[shown_++];
    if (!list.is_page())
      site_.serve(
          "/doclib/" + list.file_name,
          document(list.bytes, workbook_type, http_date(list.published), etag_of(list.bytes)));
    appeared.push_back(&list);
  }
  if (!appeared.empty()) serve_page();
  return appeared;
}

bool SampleSite::shows(const std::string& file_name) const {
  const auto end = lists_.begin() + static_cast<std::ptrdiff_t>(shown_);
  return std::any_of(lists_.begin(), end,
                     [&](const SampleList& list) { return list.file_name == file_name; });
}

void SampleSite::serve_page() {
  const SampleList* newest_of[2] = {nullptr, nullptr};
  for (std::size_t i = 0; i < shown_; ++i)
    newest_of[static_cast<std::size_t>(lists_[i].list)] = &lists_[i];
  std::string links;
  for (const auto* list : newest_of) {
    if (list == nullptr) continue;
    if (list->is_page())
      return site_.serve(
          page_path,
          document(list->bytes, page_type, http_date(list->published), etag_of(list->bytes),
                   fmt::format("inline; filename=\"{}\"", list->file_name)));
    links += link_to(*list);
  }
  const auto page = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\"><head><title>The 287(g) Program</title></head>\n"
      "<body><h1>The 287(g) Program</h1>\n<ul>\n{}</ul></body></html>\n",
      links);
  site_.serve(page_path,
              document(page, page_type, http_date(lists_[shown_ - 1].published), etag_of(page)));
}

}  // namespace agreementd::fakes
