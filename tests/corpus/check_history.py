#!/usr/bin/python3
"""Imports the corpus as a user does and checks the history that comes of it.

    check_history.py AGREEMENTCTL TELL_WITHOUT_ALIASES PRIVATE_POSTGRES

AGREEMENTCTL is the program, TELL_WITHOUT_ALIASES prints what its rules alone tell, PRIVATE_POSTGRES scripts/private-postgres. The corpus is found by the
environment variable AGREEMENTD_CORPUS. Exit status 0: all as it must be, 1: something is not (each
printed), 77: nothing to check with (no corpus).
"""

import csv
import io
import os
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path

SKIPPED = 77

# score.py's rows: how many false and how many missed there may be at most; a change that needs more
# has made the program worse. (Today there are none.)
SCORE_LIMITS = {
    "new": (1, 0),
    "terminated": (0, 0),
    "superseded": (0, 0),
    "reinstated": (0, 0),
    "changed:identity": (1, 1),
    "changed:moa": (2, 0),
    "changed:attr": (1, 0),
}
# Of the `changed` rows that many must name the same fields as the truth.
SAME_FIELDS = 0.98
# The program is good without its aliases: no worse than one more of each.
WITHOUT_ALIASES = 1
# At most this share of the agreements may be left to a person.
OPEN_REVIEWS = 0.01


class Failures:
    def __init__(self):
        self.count = 0

    def check(self, holds, what, detail=""):
        print(("ok    " if holds else "FAILED"), what, flush=True)
        if not holds:
            self.count += 1
            if detail:
                print("       " + str(detail)[:2000])


class Database:
    """A database of its own in the private server, with agreementd's schema."""

    def __init__(self, program, server_uri, name):
        self.program = program
        self.uri = server_uri.replace("/agreementd?", f"/{name}?")
        run(["psql", "-qX", server_uri, "-c", f"CREATE DATABASE {name}"])
        self.ctl("setup")

    def ctl(self, *arguments):
        return run([self.program, "--database", self.uri, *arguments])

    def table(self, *arguments):
        text = self.ctl(*arguments, "--format", "csv")
        return list(csv.DictReader(io.StringIO(text)))

    def sql(self, query):
        return run(["psql", "-qXAt", self.uri, "-c", query])

    def row_counts(self):
        tables = self.sql(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'agreementd' ORDER BY 1"
        ).split()
        return {t: int(self.sql(f"SELECT count(*) FROM agreementd.{t}")) for t in tables}

    def as_of_every_edition(self):
        """What was listed at the end of each day an edition came out, without ids."""
        return self.sql(
            "SELECT day, list, state, agency, agency_type, county, model, signed, moa_status,"
            " moa_url, addendum_url, first_listed, left_censored"
            " FROM (SELECT DISTINCT date AS day FROM agreementd.edition_log) AS days,"
            " LATERAL agreementd.agreements_as_of(day) ORDER BY 1, 2, 3, 4, 7, 8, 10, 12"
        )


def run(command):
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))[:300]}: exit {done.returncode}\n{done.stderr[:2000]}")
    return done.stdout


def without(rows, *columns):
    return sorted(tuple(v for k, v in row.items() if k not in columns) for row in rows)


def ids_correspond(rows, others, columns, id_columns):
    """True where one renaming of ids turns `rows` into `others`; both ordered by all else."""

    def ordered(table):
        return sorted(table, key=lambda row: [row[k] for k in columns])

    renamed, back = {}, {}
    for one, other in zip(ordered(rows), ordered(others)):
        for column in id_columns:
            a, b = one[column], other[column]
            if renamed.setdefault(a, b) != b or back.setdefault(b, a) != a:
                return False
    return len(rows) == len(others)


def exported(database, folder):
    """The files of an export, with ids replaced by numbers in the order in which they come."""
    database.ctl("export", str(folder))
    numbers = {}

    def number(found):
        return numbers.setdefault(found.group(), f"{found.group()[0]}{len(numbers):08}")

    return {path.name: re.sub(r"\b[AG][A-Z2-7]{8}\b", number, path.read_text())
            for path in sorted(folder.iterdir())}


def differing(files, others):
    lines = []
    for name in sorted(files.keys() | others.keys()):
        one, other = (table.get(name, "").splitlines() for table in (files, others))
        lines += [f"{name}: {a} | {b}" for a, b in zip(one, other) if a != b]
        if len(one) != len(other):
            lines.append(f"{name}: {len(one)} and {len(other)} lines")
    return lines


def check_first_import(failures, database, corpus):
    database.ctl("import", str(corpus))
    before = database.row_counts()
    database.ctl("import", str(corpus))
    failures.check(before == database.row_counts(), "a second import writes no row")

    current = database.table("current")
    failures.check(len(current) == 956, "current has 956 agreements", len(current))
    last = [e for e in database.table("editions")
            if e["list"] == "participating" and e["status"] == "accepted"][-1]
    failures.check({row["last_listed"] for row in current} == {last["date"]},
                   "current is as of the last accepted edition", last["date"])
    printed = printed_keys(corpus / "participating" / last["file_name"])
    ours = {key(row["state"], row["agency"], row["model"], row["signed"]) for row in current}
    failures.check(ours <= printed, "current has nothing the last edition does not print",
                   sorted(ours - printed)[:5])
    failures.check(printed <= ours, "current has all that the last edition prints",
                   sorted(printed - ours)[:5])


def truth(corpus, name):
    with open(corpus / "truth" / name, newline="") as file:
        return list(csv.DictReader(file))


def key(state, agency, model, signed):
    return (state, re.sub(r"[^a-z0-9]", "", agency.lower().replace("&", "and")), model[0], signed[:10])


def printed_keys(workbook):
    import openpyxl

    names = {}
    for row in STATES.split(","):
        code, name = row.split(" ", 1)
        names[name] = code
    rows = list(openpyxl.load_workbook(workbook).worksheets[0].iter_rows(values_only=True))
    header = [str(cell).strip() for cell in rows[0]]
    place = {name: header.index(name) for name in
             ("STATE", "LAW ENFORCEMENT AGENCY", "SUPPORT TYPE", "SIGNED")}
    keys = set()
    for row in rows[1:]:
        state = row[place["STATE"]]
        if state:
            keys.add(key(names[" ".join(state.upper().split())],
                         row[place["LAW ENFORCEMENT AGENCY"]],
                         row[place["SUPPORT TYPE"]].strip(),
                         str(row[place["SIGNED"]])))
    return keys


STATES = (
    "AL ALABAMA,AK ALASKA,AZ ARIZONA,AR ARKANSAS,CO COLORADO,FL FLORIDA,GA GEORGIA,ID IDAHO,"
    "IN INDIANA,IA IOWA,KS KANSAS,KY KENTUCKY,LA LOUISIANA,ME MAINE,MD MARYLAND,MA MASSACHUSETTS,"
    "MI MICHIGAN,MN MINNESOTA,MS MISSISSIPPI,MO MISSOURI,MT MONTANA,NE NEBRASKA,NV NEVADA,"
    "NH NEW HAMPSHIRE,NM NEW MEXICO,NY NEW YORK,NC NORTH CAROLINA,ND NORTH DAKOTA,OH OHIO,"
    "OK OKLAHOMA,PA PENNSYLVANIA,SC SOUTH CAROLINA,SD SOUTH DAKOTA,TN TENNESSEE,TX TEXAS,UT UTAH,"
    "VA VIRGINIA,WV WEST VIRGINIA,WI WISCONSIN,WY WYOMING"
)


def check_editions(failures, database, corpus):
    """Every accepted edition of the truth has one of ours, in its order, with its date and file."""
    for which in ("participating", "pending"):
        ours = [e for e in database.table("editions") if e["list"] == which]
        at, missing, matched = 0, [], set()
        for edition in truth(corpus, "editions.csv"):
            if edition["list"] != which or edition["accepted"] != "yes":
                continue
            stamp = re.search(r"\d{14}", edition["slot"])
            marks = [edition["sha256"]] + ([f"287g-{stamp.group()}.html"] if stamp else [])
            found = next((i for i in range(at, len(ours))
                          if any(mark in ours[i]["sightings"] for mark in marks)), None)
            if found is None or ours[found]["date"] != edition["ice_date"] \
                    or ours[found]["status"] != "accepted":
                missing.append((edition["seq"], edition["file"]))
                continue
            matched.add(ours[found]["edition_id"])
            at = found + 1
        failures.check(not missing, f"every accepted {which} edition of the truth is one of ours",
                       missing[:5])
        told = {row["edition_file"] for row in database.table("changes", "--list", which)}
        idle = [e["file_name"] for e in ours
                if e["edition_id"] not in matched and e["file_name"] in told]
        failures.check(not idle, f"no other {which} edition of ours carries a change", idle)
    stale = [e for e in database.table("editions")
             if e["file_name"] == "participatingAgencies04212025am.xlsx"]
    failures.check([e["status"] for e in stale] == ["quarantined"],
                   "the stale edition is one of its own, quarantined", stale)


def check_score(failures, corpus, log, more=0, name=""):
    """`more`: how many false and missed there may be beyond the limits."""
    text = run(["/usr/bin/python3", str(corpus / "score.py"), str(log)])
    for kind, (false, missed) in SCORE_LIMITS.items():
        found = re.search(rf"^{re.escape(kind)} +\d+ +\d+ +\d+ +(\d+) +(\d+)", text, re.M)
        fp, fn = int(found.group(1)), int(found.group(2))
        failures.check(fp <= false + more and fn <= missed + more,
                       f"score of {kind}{name}: {fp} false, {fn} missed")
    same, rows = map(int, re.search(r"equals the truth: (\d+)/(\d+)", text).groups())
    failures.check(same >= SAME_FIELDS * rows, f"the fields of changes{name}: {same} of {rows} alike")


def check_scores(failures, database, tell_without_aliases, corpus, folder):
    log = folder / "log.csv"
    log.write_text(database.ctl("changes", "--format", "csv"))
    check_score(failures, corpus, log)
    log.write_text(run([tell_without_aliases]))
    check_score(failures, corpus, log, more=WITHOUT_ALIASES, name=" without aliases")
    reviews = len({row["review"] for row in database.table("review")})
    failures.check(reviews <= OPEN_REVIEWS * len(database.table("current")),
                   f"{reviews} open reviews")


def check_analysts(failures, database):
    """What docs/analysts.md prints is what its queries answer."""
    here = Path(__file__).parent
    done = subprocess.run(
        ["/usr/bin/python3", str(here / "check_analysts.py"),
         str(here.parent.parent / "docs" / "analysts.md"), database.uri],
        capture_output=True, text=True, check=False)
    failures.check(done.returncode == 0, "docs/analysts.md prints what its queries answer",
                   done.stdout + done.stderr)


def check_rejection(failures, database):
    """A rejection retracts what does not hold and no more; its reversal brings all of it back."""
    ids = ("agreement_id", "agency_id", "related_id")
    ours = ("seq", "recorded_at", "cause")
    before = database.table("changes")
    current = database.table("current")
    baseline = next(e for e in database.table("editions") if e["list"] == "participating")
    database.ctl("reject", baseline["edition_id"], "--why", "to see what it takes back")
    after = database.table("changes")
    gone = set(without(before, *ours)) - set(without(after, *ours))
    told = set(without(after, *ours)) - set(without(before, *ours))
    but_for_ids = set(without(before, *ids, *ours)) - set(without(after, *ids, *ours))
    failures.check(len(gone) == len(but_for_ids) and not told,
                   f"rejecting the baseline retracts {len(but_for_ids)} entries that do not hold, and "
                   f"{len(gone) - len(but_for_ids)} others", sorted(told)[:3])
    database.ctl("approve", baseline["edition_id"])
    failures.check(without(database.table("changes"), *ours) == without(before, *ours),
                   "approving it again brings all of them back, with their ids")
    failures.check(database.table("current") == current, "and current is as it was")


def check_orders(failures, program, server, corpus, folder, reference, export):
    """Shuffled, in one batch, in three and in seven: the same history up to a renaming of ids."""
    files = sorted(p for kind in ("participating", "pending", "pages")
                   for p in (corpus / kind).rglob("*") if p.is_file())
    changes = reference.table("changes")
    current = reference.table("current")
    as_of = reference.as_of_every_edition()
    for batches in (1, 3, 7):
        seed = 20250829 + batches
        shuffled = files[:]
        random.Random(seed).shuffle(shuffled)
        database = Database(program, server, f"shuffled_{batches}")
        for batch in range(batches):
            # Files are taken in the order of their paths: numbered folders keep the shuffle.
            place = folder / f"{batches}_{batch}"
            for number, file in enumerate(shuffled[batch::batches]):
                (place / f"{number:04}").mkdir(parents=True)
                (place / f"{number:04}" / file.name).symlink_to(file)
            database.ctl("import", "--yes", str(place))
        name = f"shuffled (seed {seed}) in {batches} batch{'es' if batches > 1 else ''}: "
        ids = ("agreement_id", "agency_id", "related_id")
        ours = ("seq", "recorded_at", "cause")
        failures.check(without(database.table("current"), *ids) == without(current, *ids),
                       name + "the same current")
        failures.check(database.as_of_every_edition() == as_of,
                       name + "the same as-of at every edition")
        again = database.table("changes")
        failures.check(without(again, *ids, *ours) == without(changes, *ids, *ours),
                       name + "the same standing changes")
        rest = [c for c in changes[0] if c not in ids + ours]
        failures.check(ids_correspond(changes, again, rest, ids), name + "ids are renamed one to one")
        others = differing(export, exported(database, folder / f"export_{batches}"))
        failures.check(not others, name + "the same export", others[:3])
        database.ctl("verify")
        failures.check(database.ctl("rebuild", "--dry-run") == "",
                       name + "verified, and a rebuild would change nothing")


def main():
    program, tell_without_aliases, private_postgres = sys.argv[1:4]
    corpus = Path(os.environ.get("AGREEMENTD_CORPUS", ""))
    if not (corpus / "truth").is_dir():
        print("skipped: AGREEMENTD_CORPUS names no corpus")
        return SKIPPED
    failures = Failures()
    with tempfile.TemporaryDirectory(prefix="agreementd-corpus-") as name:
        folder = Path(name)
        os.chmod(folder, 0o755)  # the server may run as another user
        server = run([private_postgres, "start", str(folder / "postgres")]).split()[-1]
        try:
            database = Database(program, server, "in_order")
            check_first_import(failures, database, corpus)
            check_editions(failures, database, corpus)
            check_scores(failures, database, tell_without_aliases, corpus, folder)
            check_analysts(failures, database)
            export = exported(database, folder / "export")
            check_rejection(failures, database)
            check_orders(failures, program, server, corpus, folder, database, export)
        finally:
            run([private_postgres, "stop", str(folder / "postgres")])
    print(f"{failures.count} failed")
    return 1 if failures.count else 0


if __name__ == "__main__":
    sys.exit(main())
