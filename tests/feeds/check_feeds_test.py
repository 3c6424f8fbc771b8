#!/usr/bin/python3
"""The check must fail where it should: each test is one mistake in a small feed."""

import json
import tempfile
import threading
import unittest
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import check_feeds
import check_text

ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
  <id>urn:agreementd:changes</id>
  <title>Changes</title>
  <updated>2025-03-18T22:01:02.000345Z</updated>
  <author><name>agreementd</name></author>
  <link rel="self" type="application/atom+xml" href="http://127.0.0.1:9287/changes.atom"/>
  <entry>
    <id>urn:agreementd:msg:b</id>
    <title>NM: Doña Ana &lt;Office&gt;</title>
    <published>2025-03-18T22:01:02Z</published>
    <updated>2025-03-18T22:01:02Z</updated>
    <link rel="related" href="https://www.ice.gov/a.pdf?x&amp;y"/>
    <category term="new"/>
    <content type="html">&lt;p&gt;A &amp;amp; B&lt;br&gt;
      &lt;a href="https://www.ice.gov/a.pdf?x&amp;amp;y"&gt;MOA&lt;/a&gt;&lt;/p&gt;</content>
  </entry>
  <entry>
    <id>urn:agreementd:msg:a</id>
    <title type="text">TX: Bee</title>
    <updated>2025-03-17T17:01:02-05:00</updated>
    <summary>Bee</summary>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Bee</p></div></content>
  </entry>
</feed>
"""
JSON = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Changes",
    "feed_url": "http://127.0.0.1:9287/changes.json",
    "authors": [{"name": "agreementd"}],
    "language": "en",
    "_agreementd": {"schema": 1},
    "items": [
        {"id": "b", "title": "NM", "content_html": "<p>A &amp; B</p>", "date_published": "2025-03-18T22:01:02.000345Z"},
        {"id": "a", "content_text": "TX: Bee <Office>", "date_published": "2025-03-17T17:01:02-05:00", "tags": ["new"]},
    ],
}


class Atom(unittest.TestCase):
    def check(self, text):
        return "\n".join(check_feeds.faults_of_atom(text.encode() if isinstance(text, str) else text))

    def refuse(self, old, new, fault):
        self.assertIn(old, ATOM)
        self.assertIn(fault, self.check(ATOM.replace(old, new, 1)))

    def test_what_is_right_has_no_fault(self):
        self.assertEqual(self.check(ATOM), "")
        without_entries = ATOM[: ATOM.index("  <entry>")] + "</feed>"
        self.assertEqual(self.check(without_entries), "")
        of_its_own = ATOM.replace("</title>", '</title><x:seq xmlns:x="urn:agreementd:1">1</x:seq>')
        self.assertEqual(self.check(of_its_own), "")

    def test_what_is_no_xml_of_utf_8(self):
        self.refuse("&lt;Office", "<Office", "not well-formed")
        self.refuse("Doña", "Do\0a", "not well-formed")
        self.assertIn("not UTF-8", self.check(ATOM.encode("latin-1")))
        latin = ATOM.replace('encoding="utf-8"', 'encoding="iso-8859-1"')
        self.assertIn("says it is iso-8859-1", self.check(latin.encode("latin-1")))
        self.refuse("<feed", '<!DOCTYPE feed [<!ENTITY e "e">]>\n<feed', "has a DOCTYPE")
        self.assertIn("begins with a byte order mark", self.check("\ufeff" + ATOM))

    def test_another_format(self):
        self.assertIn("not a feed", self.check("<rss version='2.0'><channel><title>x</title></channel></rss>"))
        self.assertIn("not a feed", self.check(ATOM.replace("2005/Atom", "2004/Atom")))

    def test_what_must_be_there(self):
        for name in ("id", "title", "updated"):
            for number, where in ((1, "feed "), (2, "entry ")):
                pieces = ATOM.split(f"<{name}>")
                cut = f"</{name}>" + pieces[number].split(f"</{name}>", 1)[1]
                pieces[number - 1 : number + 1] = [pieces[number - 1] + cut.removeprefix(f"</{name}>")]
                found = self.check(f"<{name}>".join(pieces))
                self.assertIn(f": 0 times {name}", found)
                self.assertIn("line ", found, "the schema must see it too")
                self.assertIn(where, found)
        self.refuse("<title>Changes</title>", "<title> </title>", "feed urn:agreementd:changes: title is empty")

    def test_what_may_be_there_once(self):
        self.refuse("<title>Changes</title>", "<title>A</title><title>B</title>", "2 times title")
        self.refuse("<title>Changes</title>", "<title>A</title><title>B</title>", "line ")
        self.refuse("<summary>", "<summary>x</summary><summary>", "line ")

    def test_what_atom_does_not_know(self):
        self.refuse("<category", "<guid>b</guid><category", "line ")
        self.refuse('rel="related" href', 'rel="related" url', "line ")
        self.refuse('term="new"', "", "line ")
        self.refuse("<summary>", '<summary type="markdown">', "line ")
        self.refuse("  <author>", "  <id/><author>", "line ")

    def test_ids_that_are_not_absolute(self):
        for wrong in ("changes", "/changes", "", "a b", "urn:x", "urn:agreementd:a b", "tag:x", "http:///a", "http://h:x/"):
            self.refuse("urn:agreementd:changes", wrong, ": id: ")
            self.refuse("urn:agreementd:msg:a", wrong, ": id: ")
        for right in ("tag:agreementd.org,2025:b", "http://h/b", "urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a"):
            self.assertEqual(self.check(ATOM.replace("urn:agreementd:msg:a", right)), "")

    def test_two_of_one_id(self):
        self.refuse("msg:a", "msg:b", "two have the id urn:agreementd:msg:b")
        self.refuse("msg:a", "changes", "two have the id urn:agreementd:changes")

    def test_times(self):
        for wrong in (
            "2025-03-17T17:01:02",
            "2025-03-17 17:01:02Z",
            "2025-03-17T17:01Z",
            "2025-03-17",
            "2025-02-30T17:01:02Z",
            "2025-03-17T17:01:02-0500",
            "2025-03-17t17:01:02z",
            "Mon, 17 Mar 2025 17:01:02 GMT",
            " 2025-03-17T17:01:02Z",
            "",
        ):
            self.refuse("2025-03-17T17:01:02-05:00", wrong, "updated is no time of RFC 3339")
            self.refuse("<published>2025-03-18T22:01:02Z", f"<published>{wrong}", "published is no time of RFC 3339")
        self.refuse("<published>2025-03-18T22:01:02Z", "<published>2025-03-18T22:01:03Z", "updated before it was")
        self.refuse("<updated>2025-03-18T22:01:02.000345Z", "<updated>2025-03-18T22:01:01Z", "updated before an entry")

    def test_nobody_wrote_it(self):
        self.refuse("<author><name>agreementd</name></author>", "", "An atom:feed must have an atom:author unless")
        self.refuse("<author><name>agreementd</name></author>", "", "An atom:entry must have an atom:author if its")
        self.refuse("<name>agreementd</name>", "<name> </name>", "a person without a name")
        self.refuse("<name>agreementd</name>", "", "line ")
        self.refuse("</name></author>", "</name><email>nobody</email></author>", "line ")
        self.refuse("</name></author>", "</name><uri>x</uri></author>", "uri of a person: not absolute")

    def test_links(self):
        self.refuse('rel="self"', 'rel="alternate"', "0 links to itself")
        self.refuse("http://127.0.0.1:9287/", "/", "feed urn:agreementd:changes: link: not absolute")
        self.refuse("a.pdf?x&amp;y", "a b.pdf", "link: a character that must be escaped")
        self.refuse("a.pdf?x&amp;y", "a%2.pdf", "link: a character that must be escaped")
        twice = '<link href="http://a/"/><link rel="alternate" href="http://b/"/><category'
        self.refuse("<category", twice, "two alternate links of one kind")

    def test_content_that_is_not_there(self):
        start, end = ATOM.index("<content type=\"html\""), ATOM.index("</content>") + len("</content>")
        found = self.check(ATOM[:start] + ATOM[end:])
        self.assertIn("neither content nor summary", found)
        self.assertIn("An atom:entry must have at least one atom:link element with a rel attribute", found)
        self.refuse("<p>Bee</p>", "", "content is empty")
        self.assertIn(
            "content is elsewhere",
            self.check(ATOM[:start] + '<content type="text/html" src="https://a.example/"/>' + ATOM[end:]),
        )

    def test_html_that_is_not_escaped(self):
        self.refuse("&lt;p&gt;A &amp;amp; B", "&lt;p&gt;A <br/> B", "line ")
        self.refuse("<title>NM: Doña", "<title>NM: <b>x</b> Doña", "title is text and has elements")
        self.refuse('<content type="html">', "<content><p>x</p>", "content is text and has elements")
        self.refuse("&lt;p&gt;A &amp;amp; B", "&lt;p&gt;A &amp; B", "content: a & that is neither")
        self.refuse("&lt;p&gt;A &amp;amp; B", "&lt;p&gt;A &lt; B", "content: a < that is neither")
        self.refuse("<summary>Bee", '<summary type="html">&lt;b&gt;Bee', "summary: <b> is not closed")

    def test_html_that_does_more_than_show(self):
        self.refuse("&lt;br&gt;", "&lt;script&gt;x()&lt;/script&gt;", "content: <script>")
        self.refuse("&lt;br&gt;", '&lt;img src="javascript:x" onerror="y"&gt;', "content: <img onerror>")
        self.refuse("&lt;br&gt;", '&lt;img src="javascript:x"&gt;', "content: <img src>: no http or https")
        self.refuse("https://www.ice.gov/a.pdf?x&amp;amp;y", "/a.pdf", "content: <a href>: no http or https")
        self.refuse("<p>Bee</p>", "<script>x()</script>", "content: <script>")
        self.refuse("<p>Bee</p>", '<p onclick="x()"><a href="javascript:x">Bee</a></p>', "content: <p onclick>")
        self.refuse("<p>Bee</p>", '<p><a href="javascript:x">Bee</a></p>', "content: <a href>: no http or https")
        self.refuse('<div xmlns="http://www.w3.org/1999/xhtml"><p>Bee</p></div>', "Bee", "line ")


class JsonFeed(unittest.TestCase):
    def check(self, feed):
        return "\n".join(check_feeds.faults_of_json_feed(json.dumps(feed).encode()))

    def changed(self, change):
        feed = json.loads(json.dumps(JSON))
        change(feed)
        return self.check(feed)

    def test_what_is_right_has_no_fault(self):
        self.assertEqual(self.check(JSON), "")
        self.assertEqual(self.check({**JSON, "items": []}), "")

    def test_what_is_no_json_of_utf_8(self):
        for text, fault in (
            ("{", "not JSON"),
            ('{"title":"a","title":"b"}', "two keys 'title' in one object"),
            ('{"a":NaN}', "NaN is not JSON"),
            ("\ufeff{}", "begins with a byte order mark"),
            ("[]", "is not of type 'object'"),
            ('{"items":5}', "5 is not of type 'array'"),
        ):
            self.assertIn(fault, "\n".join(check_feeds.faults_of_json_feed(text.encode())))
        self.assertIn("not UTF-8", check_feeds.faults_of_json_feed(b'"\xff"')[0])

    def test_another_version(self):
        for wrong in ("https://jsonfeed.org/version/1", "https://jsonfeed.org/version/1.1/", "1.1", None):
            self.assertIn("version is ", self.check({**JSON, "version": wrong}))

    def test_what_must_be_there(self):
        for name in ("version", "title", "items"):
            self.assertIn(f"'{name}' is a required property", self.changed(lambda feed, name=name: feed.pop(name)))
        self.assertIn("feed_url: no http", self.changed(lambda feed: feed.pop("feed_url")))
        self.assertIn("'id' is a required property", self.changed(lambda feed: feed["items"][0].pop("id")))
        self.assertIn("no title", self.check({**JSON, "title": " "}))

    def test_ids(self):
        self.assertIn("two items have the id a", self.changed(lambda feed: feed["items"][0].update(id="a")))
        self.assertIn("1 is not of type 'string'", self.changed(lambda feed: feed["items"][0].update(id=1)))
        self.assertIn("no id", self.changed(lambda feed: feed["items"][0].update(id="")))

    def test_content(self):
        self.assertIn("item b: without content", self.changed(lambda feed: feed["items"][0].pop("content_html")))
        self.assertIn("item a: without content", self.changed(lambda feed: feed["items"][1].update(content_text=" ")))
        for wrong, fault in (
            ("<p>A & B</p>", "a & that is neither"),
            ("<p>A < B</p>", "a < that is neither"),
            ("<p>A", "<p> is not closed"),
            ("<p>A</p></b>", "</b> closes nothing"),
            ("<script>x()</script>", "<script>"),
            ("<p>A</p", "a < that is neither"),
        ):
            found = self.changed(lambda feed, wrong=wrong: feed["items"][0].update(content_html=wrong))
            self.assertIn(f"item b: content_html: {fault}", found)

    def test_times(self):
        for wrong in ("2025-03-18T22:01:02", "2025-03-18", "2025-02-30T22:01:02Z", "yesterday", "2025-03-18 22:01:02Z", 5):
            found = self.changed(lambda feed, wrong=wrong: feed["items"][0].update(date_published=wrong))
            self.assertIn("$.items[0].date_published", found)
        earlier = {"date_modified": "2025-03-18T17:01:01-05:00"}
        self.assertIn("modified before", self.changed(lambda feed: feed["items"][0].update(earlier)))

    def test_addresses(self):
        self.assertIn("$.feed_url", self.check({**JSON, "feed_url": "/changes.json"}))
        for wrong in ("a.pdf", "javascript:x", "https:///a", "https://h/a b"):
            found = self.changed(lambda feed, wrong=wrong: feed["items"][0].update(external_url=wrong))
            self.assertIn("external_url", found)

    def test_keys_that_are_not_of_the_format(self):
        self.assertIn("'guid' does not match", self.changed(lambda feed: feed["items"][0].update(guid="x")))
        self.assertIn("'_a.b' does not match", self.check({**JSON, "_a.b": {}}))
        self.assertIn("$._a: 5 is not of type 'object'", self.check({**JSON, "_a": 5}))
        self.assertIn("authors", self.check({**JSON, "author": {"name": "x"}}))
        self.assertIn("$.authors[0]", self.check({**JSON, "authors": [{}]}))


class Texts(unittest.TestCase):
    def test_times_are_compared_with_their_zones(self):
        read = check_text.read_time
        self.assertEqual(read("2025-03-17T17:01:02-05:00"), read("2025-03-17T22:01:02.0Z"))
        self.assertLess(read("2025-03-17T22:01:02.05Z"), read("2025-03-17T22:01:02.1Z"))


class Serving(unittest.TestCase):
    """Of URLs: the type of the answer too; of files, by their names."""

    def serve(self, path, kind, text):
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *_):
                pass

        with HTTPServer(("127.0.0.1", 0), Handler) as server:
            threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
            found = check_feeds.faults_at(f"http://127.0.0.1:{server.server_port}{path}")
            server.shutdown()
        return "\n".join(found)

    def test_the_type_of_the_answer(self):
        feed = json.dumps(JSON)
        self.assertEqual(self.serve("/changes.atom?x=1", "application/atom+xml; charset=utf-8", ATOM), "")
        self.assertEqual(self.serve("/changes.json", "application/feed+json", feed), "")
        self.assertIn("its type is text/xml", self.serve("/changes.atom", "text/xml", ATOM))
        self.assertIn("its type is application/json", self.serve("/changes.json", "application/json", feed))
        latin = self.serve("/changes.json", "application/feed+json; charset=latin1", feed)
        self.assertIn("its charset is latin1", latin)
        self.assertIn("not well-formed", self.serve("/changes.atom", "application/atom+xml", ""))

    def test_files(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "a.atom"
            self.assertIn("cannot be had", check_feeds.faults_at(str(path))[0])
            path.write_text(ATOM, encoding="utf-8")
            self.assertEqual(check_feeds.faults_at(str(path)), [])
            self.assertEqual(check_feeds.faults_at(folder), ["neither .atom nor .json"])
            self.assertEqual(check_feeds.faults_at("http://127.0.0.1:1/changes.xml"), ["neither .atom nor .json"])


if __name__ == "__main__":
    unittest.main()
