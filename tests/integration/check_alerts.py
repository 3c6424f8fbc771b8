#!/usr/bin/python3
"""Kills the service at random moments while it tells three sinks of hundreds of entries; nothing may be missing.

    check_alerts.py AGREEMENTD AGREEMENTCTL GENERATE_LISTS PRIVATE_POSTGRES KILLS

A webhook receiver, an SMTP server and a file, all on this machine, of a generated history. In the end every entry has
arrived at each, each for the first time in the order of the log; the same message always came under the same id; every
signature verifies, by Python's own hmac. The moments come from a seed that is printed first. Exit status 0: so it is.
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

from receivers import EVERY_ENTRY, Hook, Mailbox, alert, faults_of, lines_of, run, serve, until, write_configuration


def alerts(folder, hook, mailbox):
    mail = {"from": "agreementd@example.org", "to": ["desk@example.org"], "url": f"smtp://127.0.0.1:{mailbox.port}"}
    return [
        alert("hook", "webhook", url=hook.url, secret="hook", digest="none", **EVERY_ENTRY),
        alert("mail", "email", **mail, **EVERY_ENTRY),
        alert("log", "file", path=f"{folder}/log.jsonl", **EVERY_ENTRY),
    ]


def behind(uri):
    """How many entries the sink that has furthest to go is behind; absent: not all of them have begun."""
    rows = run(["psql", "-qXAt", uri, "-c", "SELECT (SELECT coalesce(max(seq), 0) FROM agreementd.entries) - position"
                " FROM agreementd.sinks"]).split()
    return max(map(int, rows)) if len(rows) == 3 else None


def check(folder, programs, kills, moments):
    agreementd, agreementctl, generate_lists, private_postgres = programs
    uri = run([private_postgres, "start", folder / "postgres"]).split()[-1]

    def ctl(*arguments):
        return run([agreementctl, "--database", uri, *arguments])

    ctl("setup")
    (folder / "lists").mkdir()
    run([generate_lists, "--seed", 7, "--editions", 60, "--agreements", 300, folder / "lists"])
    # All of it takes longer than the moments between the kills together.
    hook, mailbox = Hook(pause=kills * 0.0005), Mailbox()
    write_configuration(folder, uri, alerts(folder, hook, mailbox))
    service = serve(agreementd, folder)
    until("all sinks have begun", lambda: behind(uri) is not None)
    service.kill()
    service.wait()

    ctl("import", "--yes", folder / "lists")
    wanted = [int(line.split(",")[0]) for line in ctl("changes", "--all", "--format", "csv").splitlines()[1:]]
    done = 0
    service = serve(agreementd, folder)
    while behind(uri) > 0:
        if done < kills:
            time.sleep(moments.uniform(0, 0.4))
            if behind(uri) > 0:
                service.send_signal(signal.SIGKILL)
                service.wait()
                done += 1
                service = serve(agreementd, folder)
        elif service.poll() is not None:
            return [f"the service ended: {(folder / 'journal').read_text(encoding='utf-8')[-2000:]}"]
        else:
            time.sleep(0.05)
    service.terminate()
    service.wait()
    faults = hook.faults + mailbox.faults
    faults += faults_of("webhook", hook.messages, wanted)
    faults += faults_of("mail", mailbox.messages, wanted)
    faults += faults_of("file", lines_of(folder / "log.jsonl"), wanted)
    again = len(hook.messages) - len(set(hook.messages))
    print(f"{len(wanted)} entries to three sinks, the service killed {done} times; {again} posts came twice")
    if len(wanted) < 500:
        faults.append(f"only {len(wanted)} entries")
    if done < kills:
        faults.append(f"only {done} of {kills} kills hit it while it sent")
    ctl("verify")
    return faults


def main():
    kills = int(sys.argv[5])
    seed = int(os.environ.get("AGREEMENTD_SEED", time.time_ns() % 1_000_000))
    print(f"seed {seed} (AGREEMENTD_SEED)", flush=True)
    folder = Path(tempfile.mkdtemp(prefix="agreementd-alerts-"))
    os.chmod(folder, 0o755)  # the server may run as another user
    try:
        faults = check(folder, sys.argv[1:5], kills, random.Random(seed))
    finally:
        subprocess.run([sys.argv[4], "stop", str(folder / "postgres")], capture_output=True, check=False)
        shutil.rmtree(folder, ignore_errors=True)
    print("\n".join(faults) or "every entry arrived at each, in order")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
