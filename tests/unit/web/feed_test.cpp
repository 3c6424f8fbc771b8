#include "web/feed.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <pugixml.hpp>

namespace agreementd::web {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::Not;

Feed feed() {
  Feed feed;
  feed.title = "Changes";
  feed.description = "What changed";
  feed.id = feed.url = "https://example.org/changes.atom";
  feed.updated = *parse_instant("2025-03-18T21:00:00Z");
  feed.items = {{"ni:///sha-256;AAAA",
                 "New: Bee County & <b>co</b>",
                 "<ul><li>Bee County &amp; &lt;b&gt;co&lt;/b&gt;</li></ul>",
                 "https://example.org/a.pdf?b=1&c=2",
                 *parse_instant("2025-03-18T21:00:00Z"),
                 {"participating", "new", "TX"},
                 R"({"entry":{"seq":42}})"}};
  return feed;
}

pugi::xml_document parsed(const Feed& feed) {
  pugi::xml_document document;
  EXPECT_TRUE(document.load_string(atom(feed).c_str()));
  return document;
}

TEST(Atom, HasWhatAFeedNeeds) {
  const auto document = parsed(feed());
  const auto root = document.child("feed");
  EXPECT_STREQ(root.attribute("xmlns").value(), "http://www.w3.org/2005/Atom");
  EXPECT_STREQ(root.child_value("id"), "https://example.org/changes.atom");
  EXPECT_STREQ(root.child_value("updated"), "2025-03-18T21:00:00Z");
  EXPECT_STREQ(root.child("author").child_value("name"), "agreementd");
  const auto entry = root.child("entry");
  EXPECT_STREQ(entry.child_value("id"), "ni:///sha-256;AAAA");
  EXPECT_STREQ(entry.child_value("title"), "New: Bee County & <b>co</b>");
  EXPECT_STREQ(entry.child_value("published"), entry.child_value("updated"));
  EXPECT_STREQ(entry.child("content").attribute("type").value(), "html");
  EXPECT_STREQ(entry.child_value("content"), feed().items[0].html.c_str());
  EXPECT_STREQ(entry.child("link").attribute("href").value(), "https://example.org/a.pdf?b=1&c=2");
}

TEST(Atom, SaysWhereTheOlderOnesAreWhereThereAreAny) {
  auto one = feed();
  EXPECT_FALSE(parsed(one).child("feed").find_child_by_attribute("link", "rel", "next"));
  one.next = "https://example.org/changes.atom?before=42";
  const auto document = parsed(one);
  EXPECT_EQ(document.child("feed")
                .find_child_by_attribute("link", "rel", "next")
                .attribute("href")
                .as_string(),
            one.next);
}

TEST(Atom, HoldsNoCharacterThatXmlDoesNot) {
  auto one = feed();
  one.items[0].title = "a\x01\x1b[31mb]]>";
  one.items[0].tags = {"a\xEF\xBF\xBE\xEF\xBF\xBF"};
  one.items[0].html = "<p>\xEF\xBF\xBE\x02</p>";
  const auto text = atom(one);
  EXPECT_THAT(text, HasSubstr("<title>a[31mb]]&gt;</title>"));
  EXPECT_THAT(text, HasSubstr("<category term=\"a\"/>"));
  EXPECT_THAT(text, HasSubstr(">&lt;p&gt;&lt;/p&gt;<"));
  EXPECT_THAT(text, Not(HasSubstr("&#")));
}

TEST(JsonFeed, HasWhatAFeedNeedsAndTheEntryForPrograms) {
  auto one = feed();
  const auto document = json::parse(json_feed(one));
  EXPECT_EQ(document["version"], "https://jsonfeed.org/version/1.1");
  EXPECT_EQ(document["feed_url"], one.id);
  EXPECT_FALSE(document.contains("next_url"));
  const auto& item = document["items"][0];
  EXPECT_EQ(item["id"], one.items[0].id);
  EXPECT_EQ(item["title"], one.items[0].title);
  EXPECT_EQ(item["content_html"], one.items[0].html);
  EXPECT_EQ(item["external_url"], one.items[0].link);
  EXPECT_EQ(item["date_published"], "2025-03-18T21:00:00Z");
  EXPECT_EQ(item["tags"], json({"participating", "new", "TX"}));
  EXPECT_EQ(item["_agreementd"]["entry"]["seq"], 42);
  one.next = "https://example.org/changes.json?before=42";
  one.items[0].link = "";
  const auto other = json::parse(json_feed(one));
  EXPECT_EQ(other["next_url"], one.next);
  EXPECT_FALSE(other["items"][0].contains("external_url"));
}

TEST(Feeds, WithNothingInThemAreFeeds) {
  auto none = feed();
  none.items.clear();
  EXPECT_FALSE(parsed(none).child("feed").child("entry"));
  EXPECT_TRUE(json::parse(json_feed(none))["items"].empty());
}

}  // namespace
}  // namespace agreementd::web
