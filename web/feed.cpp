#include "web/feed.h"

#include <sstream>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <pugixml.hpp>

#include "model/json.h"

namespace agreementd::web {
namespace {

constexpr auto author = "agreementd";

/// Without the two characters beside the control characters that XML has no way to write
/// (https://www.w3.org/TR/xml/#charsets).
std::string xml_text(std::string text) {
  for (const std::string_view none : {"\xEF\xBF\xBE", "\xEF\xBF\xBF"})
    for (auto at = text.find(none); at != std::string::npos; at = text.find(none, at))
      text.erase(at, none.size());
  return text;
}

void add(pugi::xml_node parent, const char* name, const std::string& text) {
  parent.append_child(name).text().set(xml_text(text).c_str());
}

void add_link(pugi::xml_node parent, const char* relation, const std::string& url) {
  auto link = parent.append_child("link");
  link.append_attribute("rel").set_value(relation);
  link.append_attribute("href").set_value(url.c_str());
}

void add_entry(pugi::xml_node feed, const FeedItem& item) {
  auto entry = feed.append_child("entry");
  add(entry, "id", item.id);
  add(entry, "title", item.title);
  add(entry, "published", to_string(item.at));
  add(entry, "updated", to_string(item.at));
  for (const auto& tag : item.tags)
    entry.append_child("category").append_attribute("term").set_value(xml_text(tag).c_str());
  if (!item.link.empty()) add_link(entry, "related", item.link);
  auto content = entry.append_child("content");
  content.append_attribute("type").set_value("html");
  content.text().set(xml_text(item.html).c_str());
}

/// `,"name":"text"`; nothing where there is no text.
std::string member(std::string_view name, const std::string& text) {
  return text.empty() ? "" : fmt::format(R"(,"{}":{})", name, json_string(text));
}

std::string json_item(const FeedItem& item) {
  std::vector<std::string> tags;
  for (const auto& tag : item.tags) tags.push_back(json_string(tag));
  return fmt::format(
      R"({{"id":{},"title":{},"content_html":{},"date_published":"{}","tags":[{}]{},"_agreementd":{}}})",
      json_string(item.id), json_string(item.title), json_string(item.html), to_string(item.at),
      fmt::join(tags, ","), member("external_url", item.link), item.data);
}

}  // namespace

std::string atom(const Feed& feed) {
  pugi::xml_document document;
  auto declaration = document.append_child(pugi::node_declaration);
  declaration.append_attribute("version").set_value("1.0");
  declaration.append_attribute("encoding").set_value("utf-8");
  auto root = document.append_child("feed");
  root.append_attribute("xmlns").set_value("http://www.w3.org/2005/Atom");
  root.append_attribute("xml:lang").set_value("en");
  add(root, "id", feed.id);
  add(root, "title", feed.title);
  add(root, "subtitle", feed.description);
  add(root, "updated", to_string(feed.updated));
  add(root.append_child("author"), "name", author);
  add_link(root, "self", feed.url);
  if (!feed.next.empty()) add_link(root, "next", feed.next);
  for (const auto& item : feed.items) add_entry(root, item);
  std::ostringstream text;
  // XML has no way to write control characters.
  document.save(text, "", pugi::format_raw | pugi::format_skip_control_chars, pugi::encoding_utf8);
  return text.str() + "\n";
}

std::string json_feed(const Feed& feed) {
  std::vector<std::string> items;
  for (const auto& item : feed.items) items.push_back(json_item(item));
  return fmt::format(
      R"({{"version":"https://jsonfeed.org/version/1.1","title":{},"description":{},"feed_url":{}{},"language":"en","authors":[{{"name":"{}"}}],"items":[{}]}})"
      "\n",
      json_string(feed.title), json_string(feed.description), json_string(feed.id),
      member("next_url", feed.next), author, fmt::join(items, ",\n"));
}

}  // namespace agreementd::web
