"""What both feeds are made of: times, addresses, ids, HTML. Each function says what is wrong with one, or nothing."""

import re
from datetime import datetime
from html.parser import HTMLParser
from urllib.parse import urlsplit

RFC_3339 = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)", re.ASCII)
URN = re.compile(r"urn:[a-z0-9][a-z0-9-]{0,31}:.+", re.I | re.ASCII)
TAG = re.compile(r"tag:[^,:/]+,\d{4}(-\d\d(-\d\d)?)?:.*", re.ASCII)
NOT_IN_AN_IRI = re.compile(r"""[\s<>"{}|\\^`\x00-\x1f\x7f-\x9f]|%(?![0-9a-fA-F]{2})""")

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# What a reader must not be made to run or load, and what belongs to a page and not to a part of one.
UNWANTED = {"script", "style", "iframe", "object", "embed", "form", "base", "meta", "link", "html", "head", "body"}


def read_time(text):
    """None where it is no time as in RFC 3339, with its zone: Python alone takes more, XML Schema too."""
    match = RFC_3339.fullmatch(text)
    if not match:
        return None
    seconds, fraction, zone = match.groups()
    try:
        return datetime.fromisoformat(f"{seconds}.{(fraction or '')[:6]:0<6}{'+00:00' if zone == 'Z' else zone}")
    except ValueError:
        return None


def fault_of_iri(text):
    """None where it is absolute: a reader keeps a feed away from where it had it."""
    if not re.match(r"[a-z][a-z0-9+.-]*:.", text, re.I | re.ASCII):
        return f"not absolute: {text!r}"
    if NOT_IN_AN_IRI.search(text):
        return f"a character that must be escaped: {text!r}"
    scheme = text.split(":", 1)[0].lower()
    if scheme == "urn" and not URN.fullmatch(text):
        return f"no URN: {text!r}"
    if scheme == "tag" and not TAG.fullmatch(text):
        return f"no tag URI: {text!r}"
    return fault_of_url(text) if scheme in ("http", "https") else None


def fault_of_url(text):
    """None where it leads somewhere by http or https."""
    try:
        parts = urlsplit(text)
        has_host = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        has_host = False
    return None if has_host and not NOT_IN_AN_IRI.search(text) else f"no http or https: {text!r}"


class _Html(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open = []
        self.faults = []

    def handle_starttag(self, tag, attrs):
        if tag not in VOID:
            self.open.append(tag)
        if tag in UNWANTED:
            self.faults.append(f"<{tag}>")
        for name, value in attrs:
            if name.startswith("on") or name == "style":
                self.faults.append(f"<{tag} {name}>")
            elif name in ("href", "src") and (fault := fault_of_url(value or "")):
                self.faults.append(f"<{tag} {name}>: {fault}")

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing, or something else")


def faults_of_html(text):
    """Of a part of a page: what is not closed, not absolute, or does more than show something."""
    html = _Html()
    html.feed(text)
    rest = html.rawdata
    html.close()
    yield from html.faults
    if html.open:
        yield f"<{html.open[-1]}> is not closed"
    if re.search(r"<(?![a-zA-Z/!])", text) or "<" in rest:
        yield "a < that is neither markup nor escaped"
    if re.search(r"&(?!#[0-9]+;|#x[0-9a-fA-F]+;|[a-zA-Z][a-zA-Z0-9]*;)", text):
        yield "a & that is neither an entity nor escaped"
