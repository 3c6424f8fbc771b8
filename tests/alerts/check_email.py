"""What is wrong with an e-mail that print_alerts printed, as Python's own parser reads it."""

import email
import email.policy
import html
import re


def faults(printed):
    text = printed["text"]
    if not text.isascii() or any(len(line) > 76 for line in text.split("\r\n")) or "\0" in text:
        yield "not ASCII in lines of 76 characters"
    if text.replace("\r\n", "").count("\n") or text.replace("\r\n", "").count("\r"):
        yield "a line end that is not CRLF"
    message = email.message_from_bytes(text.encode(), policy=email.policy.SMTP)
    yield from faults_of_headers(message, printed)
    yield from faults_of_parts(message, printed)


def faults_of_headers(message, printed):
    expected = {
        "From": "agreementd <alerts@example.org>",
        "To": "desk@example.net",
        "Date": "Tue, 18 Mar 2025 22:01:02 +0000",
        "Message-ID": f"<{printed['id']}@example.org>",
        "List-Id": "<changes.example.org>",
        "Auto-Submitted": "auto-generated",
        "MIME-Version": "1.0",
    }
    names = sorted([*expected, "Subject", "Content-Type"])
    if sorted(message.keys()) != names:
        yield f"headers {sorted(message.keys())}"
    for name, value in expected.items():
        if message[name] != value:
            yield f"{name}: {message[name]}"
    subject = "[287(g)] " + printed["subject"]
    if str(message["Subject"]) != (subject if len(subject) <= 200 else subject[:199] + "…"):
        yield f"Subject: {message['Subject']}"
    if message.defects:
        yield f"defects {message.defects}"


def faults_of_parts(message, printed):
    parts = list(message.iter_parts())
    if [part.get_content_type() for part in parts] != ["text/plain", "text/html"]:
        yield "the parts are not text and HTML"
        return
    plain, markup = (part.get_content() for part in parts)
    written = {line.strip() for line in plain.split("\n")}
    shown = set(html.unescape(re.sub("<[^>]*>", "\n", markup)).split("\n"))
    for line in printed["lines"].strip("\n").split("\n"):
        if line not in written or line not in shown:
            yield f"not in both parts: {line}"
    if "<script" in markup:
        yield "markup that is not ours"
