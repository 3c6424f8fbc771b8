#!/usr/bin/python3
"""Checks what the program print_alerts prints: everything that is sent.

    check_alerts.py PRINT_ALERTS SCHEMA

JSON is held against the schema, with python3-jsonschema; the chain and the signatures are computed again; e-mails are
read with Python's own parser. Exit status 1 with a line for each fault.
"""

import base64
import hashlib
import hmac
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import check_email
import jsonschema

KINDS = ("entry", "line", "webhook", "slack", "email")


class Check:
    """Finds the faults of one printed object; `faults_of_KIND` each for its kind."""

    def __init__(self, schema):
        jsonschema.Draft202012Validator.check_schema(schema)
        self.schema = schema

    def faults(self, printed):
        return list(getattr(self, "faults_of_" + printed["what"])(printed))

    def faults_of_json(self, text, shape):
        """`shape`: a name in the schema's $defs."""
        schema = {**self.schema, "$ref": f"#/$defs/{shape}"}
        validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
        for error in validator.iter_errors(json.loads(text)):
            yield f"{error.json_path}: {error.message}"

    def faults_of_entry(self, printed):
        yield from self.faults_of_json(printed["text"], "entry")
        value = json.loads(printed["text"])
        canonical = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        if canonical != printed["text"]:
            yield "not in canonical form"
        if not set(value["fields"]) == set(value["before"]) == set(value["after"]):
            yield "fields, before and after differ"

    def faults_of_line(self, printed):
        text = printed["text"]
        if text.count("\n") != 1 or not text.endswith("\n"):
            yield "not one line"
        if not text.startswith('{"entry":' + printed.get("entry", "")) and "entry" in printed:
            yield "does not begin with the entry's own text"
        yield from self.faults_of_json(text, "line")

    def faults_of_webhook(self, printed):
        yield from self.faults_of_json(printed["text"], "webhook")
        content = f"{printed['id']}.{printed['timestamp']}.{printed['text']}".encode()
        expected = []
        for secret in printed["secrets"].split():
            code = hmac.new(base64.b64decode(secret.removeprefix("whsec_")), content, hashlib.sha256).digest()
            expected.append("v1," + base64.b64encode(code).decode())
        if printed["signature"].split(" ") != expected:
            yield "the signatures are not those of its content"

    def faults_of_slack(self, printed):
        body = json.loads(printed["text"])
        text = body["text"]
        if len(text) > 3500:
            yield f"{len(text)} characters"
        if set(body) != {"text", "parse", "unfurl_links", "unfurl_media"}:
            yield f"keys {sorted(body)}"
        for link in text.split("<")[1:]:
            if not link.startswith("https://") or "|MOA>" not in link:
                yield f"markup: <{link[:40]}"
        if "@here" in text or "*b*" in text:
            yield "a mention, or bold that is not ours"

    def faults_of_email(self, printed):
        return check_email.faults(printed)


def read_printed(program):
    lines = subprocess.run([program], check=True, capture_output=True, encoding="utf-8").stdout.split("\n")
    return [json.loads(line) for line in lines if line]


def faults_of_chain(printed):
    """The hashes of one-entry lines follow from each other, whatever they are sent in."""
    hashes = {}
    for each in printed:
        if each["what"] == "line" and "entry" in each:
            for logged in [(item := json.loads(each["text"])), item.get("application"), item.get("retracted")]:
                if logged:
                    hashes[logged["entry"]["seq"]] = (logged["entry"], logged["hash"])
    head = bytes(32)
    for seq in sorted(hashes):
        entry, found = hashes[seq]
        text = json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        head = hashlib.sha256(head + text.encode()).digest()
        if head.hex() != found:
            yield f"entry {seq}: its hash is not that of the entry and the hash before"
    if sorted(hashes) != list(range(1, len(hashes) + 1)) or not hashes:
        yield "the entries are not all there"


def main():
    printed = read_printed(sys.argv[1])
    check = Check(json.loads(Path(sys.argv[2]).read_text(encoding="utf-8")))
    found = [f"{each['what']} {index}: {fault}" for index, each in enumerate(printed) for fault in check.faults(each)]
    found += faults_of_chain(printed)
    count = Counter(each["what"] for each in printed)
    found += [f"no {kind} was printed" for kind in KINDS if not count[kind]]
    print("\n".join(found) or ", ".join(f"{kind}: {count[kind]}" for kind in KINDS))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
