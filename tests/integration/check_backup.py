#!/usr/bin/python3
"""A database dumped and restored on another server, as docs/operations.md says, is the same history.

    check_backup.py AGREEMENTCTL PRIVATE_POSTGRES LISTS OPERATIONS_MD

Both commands are those of the document: where it changes, this runs what it says then. Exit status 0: so it is.
"""

import filecmp
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path


def run(command, **options):
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False, **options)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))[:300]}: exit {done.returncode}\n{done.stdout[-1000:]}{done.stderr[-2000:]}")
    return done.stdout


def documented(program, text):
    """The arguments of the one command with that program, without those that name a file or a database."""
    found = re.findall(rf"^    sudo -u postgres {program} (.*)$", text, re.M)
    if len(found) != 1:
        sys.exit(f"the document has {len(found)} commands with {program}, not one")
    return [word for word in shlex.split(found[0]) if word.startswith("--") and not word.startswith(("--file", "--dbname"))]


class Database:
    def __init__(self, agreementctl, private_postgres, folder):
        self.agreementctl = agreementctl
        self.uri = run([private_postgres, "start", folder]).split()[-1]

    def ctl(self, *arguments):
        return run([self.agreementctl, "--database", self.uri, *arguments])

    def ask(self, role, query):
        """Whether the role may, and what it gets."""
        done = subprocess.run(["psql", "-qXAt", "-v", "ON_ERROR_STOP=1", self.uri, "-c", f"SET ROLE {role}", "-c", query],
                              capture_output=True, text=True, check=False)
        return done.returncode == 0, done.stdout.strip()


def same_files(one, other):
    names = sorted(path.name for path in one.iterdir())
    if names != sorted(path.name for path in other.iterdir()) or not names:
        return False
    return all(filecmp.cmp(one / name, other / name, shallow=False) for name in names)


def check(folder, agreementctl, private_postgres, lists, operations):
    dump = folder / "agreementd.dump"
    first = Database(agreementctl, private_postgres, folder / "first")
    first.ctl("setup")
    first.ctl("import", "--yes", lists)
    quarantined = first.ctl("editions", "--status", "quarantined", "--format", "csv").splitlines()[1].split(",")[0]
    first.ctl("reject", quarantined, "--why", "an older list again")
    first.ctl("export", "--recorded", folder / "before")
    run(["pg_dump", *documented("pg_dump", operations), f"--file={dump}", first.uri])

    second = Database(agreementctl, private_postgres, folder / "second")
    second.ctl("setup")
    run(["pg_restore", *documented("pg_restore", operations), f"--dbname={second.uri}", dump])
    expect("Nothing to do" in second.ctl("setup"), "setup has nothing left to do")
    second.ctl("verify")
    second.ctl("export", "--recorded", folder / "after")
    expect(same_files(folder / "before", folder / "after"), "the exports are equal")
    expect(second.ask("agreementd_reader", "SELECT count(*) > 0 FROM agreementd.current_agreements") == (True, "t"),
           "readers read the views")
    expect(not second.ask("agreementd_reader", "SELECT count(*) FROM agreementd.documents")[0], "and nothing else")
    expect(not second.ask("agreementd_writer", "DELETE FROM agreementd.entries")[0], "nobody deletes")
    # What is written next continues it: ids, numbers, the chain.
    second.ctl("redate", quarantined, "2025-07-26", "--why", "a try")
    second.ctl("verify")


def expect(holds, what):
    if not holds:
        sys.exit(f"not so: {what}")


def main():
    agreementctl, private_postgres, lists = sys.argv[1:4]
    operations = Path(sys.argv[4]).read_text(encoding="utf-8")
    folder = Path(tempfile.mkdtemp(prefix="agreementd-backup-"))
    os.chmod(folder, 0o755)  # the server may run as another user
    try:
        check(folder, agreementctl, private_postgres, lists, operations)
    finally:
        for name in ("first", "second"):
            if (folder / name).exists():
                subprocess.run([private_postgres, "stop", folder / name], capture_output=True, check=False)
        shutil.rmtree(folder)
    print("restored elsewhere it is the same history")


if __name__ == "__main__":
    main()
