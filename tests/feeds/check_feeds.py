#!/usr/bin/python3
"""Checks feeds: Atom 1.0 and JSON Feed 1.1.

    check_feeds.py FEED...     files whose names end in .atom or .json, or URLs of http whose paths do

Each is held against a schema that others wrote (README.md beside this file), and against what no schema can say and
readers rely on: ids that are absolute and nobody else's, times with their zone, content that is there and closes its
tags. Of a URL the type of the answer is checked too. Exit status 1 with a line for each fault.
"""

import json
import sys
import urllib.request
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import check_text
import jsonschema
from lxml import etree

HERE = Path(__file__).resolve().parent
ATOM = "{http://www.w3.org/2005/Atom}"
XHTML = "{http://www.w3.org/1999/xhtml}"
NAMES = {"atom": ATOM[1:-1], "rng": "http://relaxng.org/ns/structure/1.0", "s": "http://www.ascc.net/xml/schematron"}
TYPES = {".atom": "application/atom+xml", ".json": "application/feed+json"}


def faults_of_encoding(data):
    """As a text, and None where it is none."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return None, [f"not UTF-8: {error}"]
    return text, ["begins with a byte order mark"] if text.startswith("\ufeff") else []


def repeated(values):
    return [value for value, count in Counter(values).items() if count > 1]


# Atom


def parse_atom(data):
    """Neither entities nor the network: a reader that is careful does not follow them either."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(data, parser)


def faults_of_schema(root):
    """Of RELAX NG, and of the rules of Schematron that the RFC put into it."""
    schema = etree.parse(str(HERE / "atom.rng"))
    grammar = etree.RelaxNG(schema)
    if not grammar.validate(root):
        for line in sorted({(error.line, error.message) for error in grammar.error_log}):
            yield "line %d: %s" % line
    for rule in schema.iterfind(".//s:rule", NAMES):
        for node in root.iter("{*}" + rule.get("context").split(":")[1]):
            for claim in rule.iterfind("s:assert", NAMES):
                if not node.xpath(f"boolean({claim.get('test')})", namespaces=NAMES):
                    yield f"line {node.sourceline}: {claim.text}"


def where_of(element):
    """Of a feed or an entry: how it is called in a fault."""
    identity = (element.findtext(ATOM + "id") or "").strip()
    return f"{etree.QName(element).localname} {identity or 'of line %d' % element.sourceline}"


def faults_of_times(element):
    """Of a feed or an entry."""
    updated = published = None
    for child in element:
        if child.tag in (ATOM + "updated", ATOM + "published"):
            time = check_text.read_time(child.text or "")
            if time is None:
                yield f"{etree.QName(child).localname} is no time of RFC 3339: {child.text!r}"
            elif child.tag == ATOM + "updated":
                updated = time
            else:
                published = time
    if updated and published and updated < published:
        yield "updated before it was published"


def faults_of_links(element):
    links = element.findall(ATOM + "link")
    for link in links:
        if fault := check_text.fault_of_iri(link.get("href") or ""):
            yield f"link: {fault}"
    kinds = [(link.get("type"), link.get("hreflang")) for link in links if link.get("rel", "alternate") == "alternate"]
    for kind in repeated(kinds):
        yield f"two alternate links of one kind: {kind}"


def faults_of_text_construct(element):
    """title, summary, content …, by what its type says that it is."""
    name = etree.QName(element).localname
    kind = element.get("type", "text")
    text = element.text or ""
    if kind in ("text", "html") and len(element):
        yield f"{name} is {kind} and has elements: not escaped"
    if kind == "html":
        for fault in check_text.faults_of_html(text):
            yield f"{name}: {fault}"
    if kind == "xhtml":
        for fault in faults_of_xhtml(element):
            yield f"{name}: {fault}"
    if not element.get("src") and not "".join(element.itertext()).strip():
        yield f"{name} is empty"


def faults_of_xhtml(element):
    for part in element.iterdescendants(XHTML + "*"):
        tag = etree.QName(part).localname
        if tag in check_text.UNWANTED:
            yield f"<{tag}>"
        for attribute, value in part.items():
            if attribute.startswith("on") or attribute == "style":
                yield f"<{tag} {attribute}>"
            elif attribute in ("href", "src") and (fault := check_text.fault_of_url(value)):
                yield f"<{tag} {attribute}>: {fault}"


def faults_of_element(element):
    """What a feed and an entry have in common."""
    for name in ("id", "title", "updated"):
        if (count := len(element.findall(ATOM + name))) != 1:
            yield f"{count} times {name}"
    for child in element.findall(ATOM + "id"):
        if len(child) or (fault := check_text.fault_of_iri(child.text or "")):
            yield f"id: {fault}"
    for name in ("title", "subtitle", "summary", "rights", "content"):
        for child in element.findall(ATOM + name):
            yield from faults_of_text_construct(child)
    for person in [*element.findall(ATOM + "author"), *element.findall(ATOM + "contributor")]:
        if not (person.findtext(ATOM + "name") or "").strip():
            yield "a person without a name"
        for uri in person.findall(ATOM + "uri"):
            if fault := check_text.fault_of_iri(uri.text or ""):
                yield f"uri of a person: {fault}"
    yield from faults_of_times(element)
    yield from faults_of_links(element)


def faults_of_entry(entry):
    yield from faults_of_element(entry)
    content, summary = entry.find(ATOM + "content"), entry.find(ATOM + "summary")
    if content is None and summary is None:
        yield "neither content nor summary"
    if content is not None and content.get("src") and summary is None:
        yield "content is elsewhere, and there is no summary"


def faults_of_feed(feed, entries):
    yield from faults_of_element(feed)
    own = [link for link in feed.findall(ATOM + "link") if link.get("rel") == "self"]
    if len(own) != 1:
        yield f"{len(own)} links to itself (rel=self)"
    for identity in repeated(each.findtext(ATOM + "id") for each in [feed, *entries]):
        yield f"two have the id {identity}"
    updated = check_text.read_time(feed.findtext(ATOM + "updated") or "")
    times = [check_text.read_time(entry.findtext(ATOM + "updated") or "") for entry in entries]
    if updated and any(time and time > updated for time in times):
        yield "updated before an entry of it"


def faults_of_atom(data):
    """Of the bytes of a feed: what is wrong, each in a line."""
    _, faults = faults_of_encoding(data)
    try:
        root = parse_atom(data)
    except etree.XMLSyntaxError as error:
        return [*faults, f"not well-formed: {error}"]
    if root.getroottree().docinfo.doctype:
        faults.append("has a DOCTYPE")
    if (root.getroottree().docinfo.encoding or "UTF-8").upper() != "UTF-8":
        faults.append(f"says it is {root.getroottree().docinfo.encoding}")
    faults += faults_of_schema(root)
    if root.tag != ATOM + "feed":
        return [*faults, f"not a feed: {root.tag}"]
    entries = root.findall(ATOM + "entry")
    faults += [f"{where_of(root)}: {fault}" for fault in faults_of_feed(root, entries)]
    for entry in entries:
        faults += [f"{where_of(entry)}: {fault}" for fault in faults_of_entry(entry)]
    return faults


# JSON Feed


def format_checker():
    """The formats of the schema: jsonschema checks them only where yet other packages are."""
    checker = jsonschema.FormatChecker(formats=())
    checker.checks("uri")(lambda value: not isinstance(value, str) or check_text.fault_of_iri(value) is None)
    checker.checks("date-time")(lambda value: not isinstance(value, str) or check_text.read_time(value) is not None)
    return checker


def faults_of_item(item):
    if not str(item.get("id", "")).strip():
        yield "no id"
    contents = [item[name] for name in ("content_html", "content_text") if name in item]
    if not contents or not all(isinstance(each, str) and each.strip() for each in contents):
        yield "without content"
    if isinstance(item.get("content_html"), str):
        for fault in check_text.faults_of_html(item["content_html"]):
            yield f"content_html: {fault}"
    published = check_text.read_time(str(item.get("date_published", "")))
    modified = check_text.read_time(str(item.get("date_modified", "")))
    if published and modified and modified < published:
        yield "modified before it was published"
    for name in ("url", "external_url"):
        if name in item and (fault := check_text.fault_of_url(str(item[name]))):
            yield f"{name}: {fault}"
    if "author" in item:
        yield "author is of version 1.0: authors"


def faults_of_object(feed):
    """What the schema of JSON Feed lets pass."""
    if feed.get("version") != "https://jsonfeed.org/version/1.1":
        yield f"version is {feed.get('version')!r}"
    if not str(feed.get("title", "")).strip():
        yield "no title"
    if fault := check_text.fault_of_url(str(feed.get("feed_url", ""))):
        yield f"feed_url: {fault}"
    if "author" in feed:
        yield "author is of version 1.0: authors"
    items = feed.get("items") if isinstance(feed.get("items"), list) else []
    items = [item for item in items if isinstance(item, dict)]
    for identity in repeated(str(item.get("id")) for item in items):
        yield f"two items have the id {identity}"
    for number, item in enumerate(items, 1):
        for fault in faults_of_item(item):
            yield f"item {item.get('id', number)}: {fault}"


def without_repetition(pairs):
    """An object whose keys are all different: Python would take the last one, others the first."""
    for key in repeated(key for key, _ in pairs):
        raise ValueError(f"two keys {key!r} in one object")
    return dict(pairs)


def no_constant(name):
    raise ValueError(f"{name} is not JSON")


def faults_of_json_feed(data):
    """Of the bytes of a feed: what is wrong, each in a line."""
    text, faults = faults_of_encoding(data)
    if faults:
        return faults
    try:
        feed = json.loads(text, object_pairs_hook=without_repetition, parse_constant=no_constant)
    except ValueError as error:
        return [f"not JSON: {error}"]
    schema = json.loads((HERE / "json_feed_1.1.schema.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft7Validator(schema, format_checker=format_checker())
    faults = [f"{error.json_path}: {error.message}" for error in validator.iter_errors(feed)]
    return faults + list(faults_of_object(feed)) if isinstance(feed, dict) else faults


# Both


def fetch(url):
    """The bytes, and what is wrong with the type they came as."""
    with urllib.request.urlopen(url, timeout=30) as answer:
        kind, wanted = answer.headers.get_content_type(), TYPES[Path(urlsplit(url).path).suffix]
        charset = answer.headers.get_content_charset("utf-8")
        data = answer.read()
    faults = [] if kind == wanted else [f"its type is {kind}, not {wanted}"]
    return data, faults + ([] if charset.lower() == "utf-8" else [f"its charset is {charset}"])


def faults_at(place):
    suffix = Path(urlsplit(place).path).suffix
    if suffix not in TYPES:
        return ["neither .atom nor .json"]
    try:
        data, faults = fetch(place) if place.startswith("http:") else (Path(place).read_bytes(), [])
    except OSError as error:
        return [f"cannot be had: {error}"]
    return faults + (faults_of_atom(data) if suffix == ".atom" else faults_of_json_feed(data))


def main():
    if len(sys.argv) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    found = [f"{place}: {fault}" for place in sys.argv[1:] for fault in faults_at(place)]
    print("\n".join(found) or "no fault")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
