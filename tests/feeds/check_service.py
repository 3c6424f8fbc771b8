#!/usr/bin/python3
"""Reads the feeds of a service as readers do, while the sample lists appear one after the other.

    check_service.py AGREEMENTD AGREEMENTCTL SAMPLE_SITE SAMPLE_LISTS PRIVATE_POSTGRES

After each edition: every feed is valid (check_feeds.py), nothing that was shown once is shown otherwise, who has all of it
is told so, and what the feeds hold in the end is what `changes` tells, signings folded. Exit status 0: so it is.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.error
from pathlib import Path

import check_feeds
import jsonschema
from lxml import etree
from reading import get

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "integration"))
# pylint: disable-next=wrong-import-position
from receivers import end, free_port, run, serve, until, write_configuration  # noqa: E402

SCHEMA = json.loads((Path(__file__).resolve().parents[2] / "docs/change.schema.json").read_text(encoding="utf-8"))
ATOM = "{http://www.w3.org/2005/Atom}"
STATES = ["FL", "NV", "KS", "TX"]


def faults_of_shape(text, shape):
    """`shape`: a name in the $defs of docs/change.schema.json."""
    validator = jsonschema.Draft202012Validator({**SCHEMA, "$ref": f"#/$defs/{shape}"})
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(json.loads(text))]


class Reader:
    """Reads one feed again and again, and remembers."""

    def __init__(self, base, path):
        self.url = base + path
        self.path = path
        self.shown = {}  # by id: the item, as bytes
        self.validators = {}
        self.faults = []

    def look(self):
        """Whether there was something new."""
        status, headers, body = get(self.url, self.validators)
        if status == 304:
            return False
        if status != 200:
            self.faults.append(f"{self.path}: {status}")
            return False
        self.validators = {"If-None-Match": headers["ETag"]}
        kind = check_feeds.faults_of_atom if self.path.endswith(".atom") else check_feeds.faults_of_json_feed
        self.faults += [f"{self.path}: {fault}" for fault in kind(body)]
        for identity, item in self.items(body):
            if self.shown.setdefault(identity, item) != item:
                self.faults.append(f"{self.path}: {identity} was shown otherwise before")
        return True

    def items(self, body):
        if self.path.endswith(".atom"):
            for entry in etree.fromstring(body).iter(ATOM + "entry"):
                yield entry.findtext(ATOM + "id"), etree.tostring(entry, with_tail=False)
        else:
            for item in json.loads(body)["items"]:
                yield item["id"], json.dumps(item, sort_keys=True)


def is_there(url):
    try:
        return get(url)[0] == 200
    except urllib.error.URLError:
        return False


def publish_all(sample_site, lists, after_each):
    with subprocess.Popen([sample_site, lists], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as site:
        page = site.stdout.readline().strip()
        while True:
            site.stdin.write("\n")
            site.stdin.flush()
            if not site.stdout.readline().strip():
                break
            after_each(page)
        site.stdin.close()


def states_of(entry):
    """The one it is of, and the one it was of before that changed."""
    return {entry["state"], entry["before"].get("state", entry["state"])}


def faults_at_the_end(readers, base, changes):
    """`changes`: those that editions told in substance, taken back or not, as the command prints them."""
    told = {change["seq"] for change in changes if change["reason"] != "signed"}
    whole = next(reader for reader in readers if reader.path == "/changes.json")
    items = [json.loads(item) for item in whole.shown.values()]
    shown = {item["_agreementd"]["entry"]["seq"] for item in items}
    faults = [fault for reader in readers for fault in reader.faults]
    if shown != told:
        faults.append(f"/changes.json: missing {sorted(told - shown)}, too many {sorted(shown - told)}")
    folded = {item["_agreementd"]["application"]["entry"]["seq"] for item in items if "application" in item["_agreementd"]}
    if not folded or not folded <= {change["seq"] for change in changes if change["reason"] == "signed"}:
        faults.append(f"/changes.json: folded {sorted(folded)}")
    atom = next(reader for reader in readers if reader.path == "/changes.atom")
    if atom.shown.keys() != whole.shown.keys():
        faults.append("/changes.atom and /changes.json hold different items")
    for reader in readers:
        if reader.path.startswith("/states/") and reader.path.endswith(".json"):
            state = reader.path.split("/")[2]
            own = {item["id"] for item in items if state in states_of(item["_agreementd"]["entry"])}
            if reader.shown.keys() != own:
                faults.append(f"{reader.path}: not what /changes.json has of {state}")
    for item in items:
        faults += faults_of_shape(json.dumps(item["_agreementd"]), "item")
    lines = get(base + "/api/v1/changes")[2].decode().splitlines()
    if [json.loads(line)["seq"] for line in lines] != list(range(1, len(lines) + 1)):
        faults.append("/api/v1/changes: not the whole log in order")
    for line in lines:
        faults += faults_of_shape(line, "entry")
    if not told or len(told) > 250:
        faults.append(f"{len(told)} entries are no trial of one page")
    return faults


def check(folder, agreementd, agreementctl, sample_site, lists, private_postgres):
    uri = run([private_postgres, "start", folder / "postgres"]).split()[-1]
    run([agreementctl, "--database", uri, "setup"])
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    write_configuration(folder, uri, [], listen=f"127.0.0.1:{port}")
    service = serve(agreementd, folder)
    until("the service serves", lambda: is_there(base + "/readyz"), 60)
    paths = [f"{place}/changes.{kind}" for place in ["", *(f"/states/{state}" for state in STATES)]
             for kind in ("atom", "json")]
    readers = [Reader(base, path) for path in paths]
    looks = {"new": 0, "same": 0}

    def after_each(page):
        subprocess.run([agreementctl, "--database", uri, "poll", "--page", page], capture_output=True, check=False)
        for reader in readers:
            reader.look()
            looks["new" if reader.look() else "same"] += 1

    for reader in readers:
        reader.look()  # an empty log is a feed too
    publish_all(sample_site, lists, after_each)
    changes = [json.loads(line) for line in run([agreementctl, "--database", uri, "changes", "--all", "--cause", "edition",
                                                 "--significance", "substantive", "--format", "jsonl"]).splitlines()]
    faults = faults_at_the_end(readers, base, changes)
    if looks["new"]:
        faults.append(f"{looks['new']} times all of it was sent to who had it")
    end(service)
    if service.returncode != 0:
        faults.append("the service ended badly")
    print(f"{len(readers)} feeds, {looks['same']} looks, {len(readers[0].shown)} items")
    return faults


def main():
    folder = Path(tempfile.mkdtemp(prefix="agreementd-feeds-"))
    os.chmod(folder, 0o755)  # the server may run as another user
    try:
        faults = check(folder, *sys.argv[1:6])
    finally:
        subprocess.run([sys.argv[5], "stop", str(folder / "postgres")], capture_output=True, check=False)
        shutil.rmtree(folder, ignore_errors=True)
    print("\n".join(dict.fromkeys(faults)) or "every feed is valid, whole, and never rewritten")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
