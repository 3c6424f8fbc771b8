#!/usr/bin/python3
"""Polls the corpus edition by edition while the service tells a file sink of it, and compares that with the log.

    check_told.py AGREEMENTD AGREEMENTCTL SAMPLE_SITE PRIVATE_POSTGRES

Each list appears at its time and is polled before the next one does; the sink has default filters. What its file says
in the end, retractions applied, is what `agreementctl changes --cause edition --significance substantive` prints, in
that order, but that the leaving of an application which was signed is told with its agreement: in the same item where
one poll showed both, else it was told before. Then a list comes to light late that takes some of it back, and the file
must say so of all it told. The corpus is found by the environment variable AGREEMENTD_CORPUS. Exit
status 0: so it is, 1: it is not, 77: nothing to check with (no corpus).
"""

import datetime
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(TESTS / "integration"), str(TESTS / "feeds")]
# pylint: disable=wrong-import-position
from reading import read_all  # noqa: E402
from receivers import alert, end, free_port, run, serve, until, write_configuration  # noqa: E402

# pylint: enable=wrong-import-position

SKIPPED = 77
QUARANTINED = 4  # exit status of a poll: so must some of these lists be

# What an entry says of itself both in the file and in the table of changes.
ALIKE = ("seq", "kind", "list", "state", "agency", "model", "effective_date", "agreement_id", "significance", "cause")


def is_for_a_reader(entry):
    """Whether it passes the default filters."""
    return entry["kind"] != "retracted" and entry["cause"] == "edition" and entry["significance"] == "substantive"


def is_leaving(entry):
    return (entry["kind"], entry["reason"]) == ("terminated", "signed")


def signing_of(entry, log):
    """The entry for a reader that told of the agreement which an application that left became, or None: also where the
    application was told to be listed since, or left once before since. That is news."""
    if not is_leaving(entry):
        return None
    before = [each for each in log if each["seq"] < entry["seq"]]
    told = [each for each in before if each["kind"] in ("new", "reinstated") and is_for_a_reader(each)
            and each["agreement_id"] == entry["related_id"]]
    if not told:
        return None
    since = [each for each in before if each["seq"] > told[-1]["seq"]]
    if any(is_leaving(each) and each["related_id"] == entry["related_id"] for each in since):
        return None
    if any(each["kind"] in ("new", "reinstated") and each["agreement_id"] == entry["agreement_id"] for each in since):
        return None
    return told[-1]


def replacements(log):
    """What stands in the place of what a reader was told, though no edition told it: by the run that took that back."""
    by_seq = {entry["seq"]: entry for entry in log}
    retracted = {entry["retracts_seq"] for entry in log if entry["kind"] == "retracted"}
    corrected = {(entry["agreement_id"], entry["recorded_at"]) for entry in log
                 if entry["kind"] == "retracted" and is_for_a_reader(by_seq[entry["retracts_seq"]])}
    return [entry for entry in log if entry["kind"] != "retracted" and entry["cause"] != "edition"
            and entry["significance"] == "substantive" and entry["seq"] not in retracted
            and (entry["agreement_id"], entry["recorded_at"]) in corrected]


def described(entry):
    return " ".join(str(entry[key]) for key in ("seq", "list", "kind", "state", "agency", "model", "effective_date"))


def faults_of_entries(told, standing, log):
    """`told`: the entries of the file that are not taken back there. `standing`: what `changes` prints."""
    wanted = [entry for entry in standing if not signing_of(entry, log)]
    wanted = sorted([*wanted, *replacements(log)], key=lambda entry: entry["seq"])
    known, seqs = {entry["seq"]: entry for entry in wanted}, [entry["seq"] for entry in told]
    for entry in wanted:
        if entry["seq"] not in seqs:
            yield f"is missing: {described(entry)}"
    for entry in told:
        ours = known.get(entry["seq"])
        if ours is None:
            yield f"is one more: {described(entry)}"
        elif {key: entry[key] for key in ALIKE} != {key: ours[key] for key in ALIKE}:
            yield f"is not as it is in the log: {described(entry)}"
    if seqs != sorted(set(seqs)):
        yield "is not in the order of the log, or has an entry twice"


def faults_of_applications(items, log):
    """`items`: of the file, with what is taken back there. A poll records all of it at one time."""
    wanted = {}  # by the signing's seq
    for entry in log:
        signing = signing_of(entry, log) if is_for_a_reader(entry) else None
        if signing and signing["recorded_at"] == entry["recorded_at"]:
            wanted.setdefault(signing["seq"], entry["seq"])
    for item in items:
        seq = item["entry"]["seq"]
        with_it = item["application"]["entry"]["seq"] if "application" in item else None
        if with_it != wanted.get(seq):
            yield f"tells of application {with_it}, not {wanted.get(seq)}, with {described(item['entry'])}"


def faults_of_retractions(items, log):
    """Each follows what it takes back, which is in the item; none is missing of what was told, with its signing too."""
    told, taken_back = set(), set()
    for item in items:
        entry = item["entry"]
        if entry["kind"] != "retracted":
            told |= {entry["seq"], item.get("application", item)["entry"]["seq"]}
        elif entry["retracts_seq"] in told and item["retracted"]["entry"]["seq"] == entry["retracts_seq"]:
            taken_back.add(entry["retracts_seq"])
        else:
            yield f"takes back what it never told: {described(entry)}"
    for entry in log:
        if entry["kind"] == "retracted" and entry["retracts_seq"] in told - taken_back:
            yield f"does not take back entry {entry['retracts_seq']}: {described(entry)}"


def faults_of_state(items, log):
    """Whoever believes the file believes what is: of none that is gone that it is listed. An application is gone, too,
    where its agreement was told after it."""
    by_seq = {entry["seq"]: entry for entry in log}
    believed, listed, signed = {}, {}, {}
    for item in items:
        for entry in (item["entry"], item.get("application", {}).get("entry")):
            if entry is None:
                continue
            told = by_seq[entry["retracts_seq"]] if entry["kind"] == "retracted" else entry
            if told["kind"] in ("new", "reinstated", "terminated"):
                goes = (told["kind"] == "terminated") != (entry["kind"] == "retracted")
                believed[told["agreement_id"]] = (not goes, entry["seq"])
    retracted = {entry["retracts_seq"] for entry in log}
    for entry in log:
        if entry["seq"] in retracted or entry["kind"] not in ("new", "reinstated", "terminated"):
            continue
        listed[entry["agreement_id"]] = entry["kind"] != "terminated"
        if is_leaving(entry):
            signed[entry["agreement_id"]] = entry["related_id"]
    for agreement, (is_listed, seq) in believed.items():
        if is_listed and not listed.get(agreement, False):
            became = believed.get(signed.get(agreement), (False, 0))
            if became[1] < seq:
                yield f"says of {agreement} to the end that it is listed, in entry {seq}"


def faults_of(items, standing, log):
    """What is wrong with the items of the file. `log`: all entries, as `changes --all` prints them."""
    taken_back = {item["entry"]["retracts_seq"] for item in items if item["entry"]["kind"] == "retracted"}
    told = [item["entry"] for item in items if item["entry"]["kind"] != "retracted"]
    yield from faults_of_entries([entry for entry in told if entry["seq"] not in taken_back], standing, log)
    yield from faults_of_state(items, log)
    yield from faults_of_applications(items, log)
    yield from faults_of_retractions(items, log)


def late_list(items, corpus):
    """A list that would have shown earlier what came with a signing: the last such, as if it had been there the
    afternoon before. Answers the file that it equals, and its name."""
    files = {path.name: path for path in (corpus / "pending").rglob("*.xlsx")}
    for item in reversed(items):
        name = item["application"]["entry"]["edition_file"] if "application" in item else ""
        if dated := re.fullmatch(r"pendingAgencies(\d{8})am\.xlsx", name):
            day = datetime.datetime.strptime(dated.group(1), "%m%d%Y") - datetime.timedelta(days=1)
            earlier = f"pendingAgencies{day:%m%d%Y}pm.xlsx"
            if earlier not in files:
                return files[name], earlier
    return sys.exit("the corpus has no list that a late one could come before")


class Site:
    """The corpus as ICE published it, list after list."""

    def __init__(self, sample_site, corpus, folder):
        for kind in ("participating", "pending", "pages"):
            for number, file in enumerate(sorted(path for path in (corpus / kind).rglob("*") if path.is_file())):
                place = folder / kind / f"{number:03}"
                place.mkdir(parents=True)
                (place / file.name).symlink_to(file)
        self.process = subprocess.Popen(  # pylint: disable=consider-using-with
            [sample_site, folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.page = self.process.stdout.readline().strip()

    def advance(self):
        """The next list appears; answers which, or nothing."""
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()

    def end(self):
        self.process.stdin.close()
        self.process.wait()


class Desk:
    """The service with its one sink, and the database under it."""

    def __init__(self, folder, programs, page):
        agreementd, self.agreementctl, private_postgres = programs
        self.folder, self.file = folder, folder / "changes.jsonl"
        self.uri = run([private_postgres, "start", folder / "postgres"]).split()[-1]
        listen = f"127.0.0.1:{free_port()}"
        self.feed = f"http://{listen}/changes.json"
        # It polls once, and then no more: the polls are ours, one after each list.
        write_configuration(folder, self.uri, [alert("desk", "file", path=str(self.file))], listen=listen, page=page,
                            every="30d", retry="30d")
        self.ctl("setup")
        self.service = serve(agreementd, folder)
        until("the sink has begun, and the service has polled", lambda: self.sql(
            "SELECT (SELECT count(*) FROM agreementd.sinks), count(*) > 0 FROM agreementd.fetches") == "1|t", 30)

    def ctl(self, *arguments):
        return run([self.agreementctl, "--config", self.folder / "agreementd.toml", *arguments])

    def sql(self, query):
        return run(["psql", "-qXAt", self.uri, "-c", query]).strip()

    def poll(self):
        command = [self.agreementctl, "--config", self.folder / "agreementd.toml", "poll"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode not in (0, QUARANTINED):
            sys.exit(f"poll: exit {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")

    def is_told(self):
        return self.sql("SELECT position = (SELECT coalesce(max(seq), 0) FROM agreementd.entries)"
                        " FROM agreementd.sinks") == "t"

    def tell(self):
        until("the sink is told", self.is_told, 30)

    def changes(self, *arguments):
        return [json.loads(line) for line in self.ctl("changes", "--format", "jsonl", *arguments).splitlines()]

    def find_late(self, file, name):
        (self.folder / "late").mkdir()
        shutil.copy(file, self.folder / "late" / name)
        self.ctl("import", "--yes", self.folder / "late")
        self.tell()

    def items(self):
        return [json.loads(line) for line in self.file.read_text(encoding="utf-8").splitlines()]


def check(folder, programs, corpus):
    agreementd, agreementctl, sample_site, private_postgres = programs
    site = Site(sample_site, corpus, folder / "lists")
    desk = None
    try:
        desk = Desk(folder, (agreementd, agreementctl, private_postgres), site.page)
        polls = 0
        while site.advance():
            desk.poll()
            desk.tell()
            polls += 1
        print(f"{polls} polls")
        faults = compare(desk)
        desk.find_late(*late_list(desk.items(), corpus))
        faults += [f"after a late list {fault}" for fault in compare(desk)]
        if not any("retracted" in item for item in desk.items()):
            faults.append("after a late list takes nothing back")
        if desk.service.poll() is not None:
            faults.append("of a service that ended")
    finally:
        site.end()
        if desk:
            end(desk.service)
        subprocess.run([private_postgres, "stop", str(folder / "postgres")], capture_output=True, check=False)
    return faults


def compare(desk):
    standing = desk.changes("--cause", "edition", "--significance", "substantive")
    items, log = desk.items(), desk.changes("--all")
    report(items, standing, log)
    return [*faults_of(items, standing, log), *faults_of_feed(desk.feed, items)]


def faults_of_feed(url, items):
    """The feed has the same: a reader needs no sink."""
    shown, faults, pages = read_all(url)
    yield from faults
    seqs = [item["_agreementd"]["entry"]["seq"] for item in shown]
    if seqs != [item["entry"]["seq"] for item in reversed(items)]:
        told = {item["entry"]["seq"] for item in items}
        yield f"differs from the feed: only there {sorted(set(seqs) - told)}, not there {sorted(told - set(seqs))}"
    if pages < 2:
        yield "is in one page of the feed: no trial of its pages"


def report(items, standing, log):
    leavings = [entry for entry in standing if signing_of(entry, standing)]
    with_signing = sum("application" in item for item in items)
    retractions = sum(item["entry"]["kind"] == "retracted" for item in items)
    print(f"{len(log)} entries, {len(standing)} that stand for a reader; {len(items)} lines in the file, {retractions} "
          f"of them retractions; {len(leavings)} leavings of signed applications, {with_signing} told in the item of "
          "their agreement", flush=True)


def main():
    corpus = Path(os.environ.get("AGREEMENTD_CORPUS", ""))
    if not (corpus / "truth").is_dir():
        print("skipped: AGREEMENTD_CORPUS names no corpus")
        return SKIPPED
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="agreementd-told-") as name:
        folder = Path(name)
        os.chmod(folder, 0o755)  # the server may run as another user
        faults = check(folder, sys.argv[1:5], corpus.resolve())
    print("\n".join(f"the file {fault}" for fault in faults) or "the file is what the lists changed")
    print(f"{time.monotonic() - began:.0f} s")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
