#!/usr/bin/python3
"""Kills imports, and the database under them, at random moments; then nothing may be lost or doubled.

    check_crashes.py AGREEMENTCTL GENERATE_LISTS PRIVATE_POSTGRES KILLS

A generated history is imported batch by batch; each import is killed (SIGKILL) at random moments
until it has been killed often enough, and then left to end. After some batches the database is
killed too, as by a power cut, while an import runs, and started again. In the end `verify` must
hold and `export` must be what an undisturbed import exports. Exit status 0: so it is, 1: it is not.

The moments come from a seed that is printed first; what runs at them differs from run to run.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

AGREEMENTS = 300
UNREACHABLE = 5


class Database:
    def __init__(self, agreementctl, private_postgres, folder):
        self.agreementctl, self.private_postgres, self.folder = agreementctl, private_postgres, folder
        self.start()
        self.ctl("setup")

    def start(self):
        self.uri = run([self.private_postgres, "start", self.folder]).split()[-1]

    def stop(self):
        run([self.private_postgres, "stop", self.folder])

    def command(self, *arguments):
        return [self.agreementctl, "--database", self.uri, *map(str, arguments)]

    def ctl(self, *arguments):
        return run(self.command(*arguments))

    def importing(self, batch):
        # libpqxx 6.4 loses the answer it waits for when the connection goes: that leak is not ours.
        return subprocess.Popen(self.command("import", "--yes", batch), text=True,
                                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                                env={**os.environ, "ASAN_OPTIONS": "detect_leaks=0"})

    def cut_the_power(self):
        """An immediate shutdown: no connection ends orderly, nothing is written that was not."""
        pid = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        os.kill(pid, signal.SIGQUIT)


def run(command):
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))[:300]}: exit {done.returncode}\n{done.stderr[:2000]}")
    return done.stdout


def batches_of(lists, folder, count):
    """The lists in an order of their own, not that of their dates: late ones rewrite history."""
    files = sorted(path for path in lists.rglob("*") if path.is_file())
    random.Random(1).shuffle(files)
    for number, file in enumerate(files):
        place = folder / f"{number * count // len(files):02}"
        place.mkdir(exist_ok=True)
        (place / file.name).symlink_to(file)
    return sorted(folder.iterdir())


def ended(process, seconds):
    try:
        process.wait(seconds)
        return True
    except subprocess.TimeoutExpired:
        return False


def kill(database, batch, duration, moments):
    """One killed import; answers whether it was killed and did not end before."""
    process = database.importing(batch)
    killed = not ended(process, moments.uniform(0, duration))
    process.kill()
    process.communicate()
    return killed


def lose_database(database, batch, duration, moments):
    """Answers whether the import went on, ended with one clear error (None where it had ended before),
    and what it said."""
    process = database.importing(batch)
    under_way = not ended(process, moments.uniform(0, duration))
    database.cut_the_power()
    errors = process.communicate()[1].strip().splitlines()
    database.start()  # waits for its recovery
    if not under_way or process.returncode == 0:
        return None, (process.returncode, errors)
    return process.returncode in (1, UNREACHABLE) and len(errors) == 1, (process.returncode, errors)


def waiting(database):
    """Fetches that a killed import stored and did not fold."""
    return int(run(["psql", "-qXAt", database.uri, "-c", "SELECT count(*) FROM agreementd.unfolded"]))


def main():
    agreementctl, generate_lists, private_postgres = sys.argv[1:4]
    kills = int(sys.argv[4])
    seed = int(os.environ.get("AGREEMENTD_SEED", time.time_ns() % 1_000_000))
    print(f"seed {seed} (AGREEMENTD_SEED)", flush=True)
    count = min(20, max(4, kills // 2))
    editions = 3 * count  # of each list
    moments = random.Random(seed)
    folder = Path(tempfile.mkdtemp(prefix="agreementd-crashes-"))
    os.chmod(folder, 0o755)  # the server may run as another user
    failed = []
    try:
        for name in ("lists", "batches"):
            (folder / name).mkdir()
        run([generate_lists, "--seed", 7, "--editions", editions, "--agreements", AGREEMENTS,
             folder / "lists"])
        batches = batches_of(folder / "lists", folder / "batches", count)
        quiet = Database(agreementctl, private_postgres, folder / "quiet")
        durations = []
        for batch in batches:
            began = time.monotonic()
            quiet.ctl("import", "--yes", batch)
            durations.append(time.monotonic() - began)
        quiet.ctl("export", folder / "undisturbed")
        quiet.stop()

        troubled = Database(agreementctl, private_postgres, folder / "troubled")
        done = halfway = cuts = 0
        for number, batch in enumerate(batches):
            if number % 4 == 3:
                # Before its kills: there is all to do yet.
                for _ in range(20):
                    clear, what = lose_database(troubled, batch, durations[number], moments)
                    if clear is not None:
                        break
                cuts += clear is not None
                if clear is False:
                    failed.append(f"the database went away under an import: {what}")
            due = kills * (number + 1) // len(batches)
            attempts = 0
            while done < due and attempts < 20 * kills:
                attempts += 1
                done += kill(troubled, batch, durations[number], moments)
                halfway += waiting(troubled) > 0
            troubled.ctl("import", "--yes", batch)
        print(f"{done} imports killed, {halfway} of them between their transactions; the database {cuts} "
              "times", flush=True)
        if done < kills:
            failed.append(f"only {done} of {kills} imports were killed")
        if cuts == 0:
            failed.append("the database never went away under an import")
        if kills >= 100 and halfway == 0:
            failed.append("no import was killed between its transactions")
        print(troubled.ctl("verify"), end="")
        troubled.ctl("export", folder / "disturbed")
        differing = subprocess.run(["diff", "-r", folder / "undisturbed", folder / "disturbed"],
                                   capture_output=True, text=True, check=False)
        if differing.returncode != 0:
            failed.append("the exports differ:\n" + differing.stdout[:2000])
        troubled.stop()
    finally:
        for name in ("quiet", "troubled"):
            subprocess.run([private_postgres, "stop", str(folder / name)], capture_output=True,
                           check=False)
        shutil.rmtree(folder, ignore_errors=True)
    print("\n".join(failed) or "nothing was lost, nothing doubled")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
