#!/usr/bin/python3
"""Kills the service at random moments while it tells three sinks of hundreds of entries; nothing may be missing.

    check_alerts.py AGREEMENTD AGREEMENTCTL GENERATE_LISTS PRIVATE_POSTGRES KILLS

A webhook receiver, an SMTP server and a file, all on this machine, of a generated history. In the end every entry has
arrived at each, each for the first time in the order of the log; the same message always came under the same id; every
signature verifies, by Python's own hmac. The moments come from a seed that is printed first. Exit status 0: so it is.
"""

import base64
import email
import email.policy
import hashlib
import hmac
import http.server
import json
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from aiosmtpd.controller import Controller

SECRETS = ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"]


def run(command):
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))[:300]}: exit {done.returncode}\n{done.stderr[:2000]}")
    return done.stdout


class Hook:
    """A webhook receiver that keeps what came, and says of each whether it was signed as it should be."""

    def __init__(self):
        self.messages = []  # (id, entries), as they came
        self.faults = []
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):  # pylint: disable=invalid-name
                body = self.rfile.read(int(self.headers["content-length"]))
                outer.take(self.headers, body)
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_):  # pylint: disable=arguments-differ
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def take(self, headers, body):
        signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        wanted = [
            "v1," + base64.b64encode(hmac.new(base64.b64decode(secret.removeprefix("whsec_")), signed,
                                              hashlib.sha256).digest()).decode()
            for secret in SECRETS
        ]
        if headers["webhook-signature"].split() != wanted:
            self.faults.append(f"{headers['webhook-id']} is not signed as it should be")
        # The very text of the log: the hash of each is that of the one before and its bytes.
        texts = re.findall(rb'"entry":(\{.*?\}),"hash":"([0-9a-f]{64})"', body)
        message = json.loads(body)
        if message["type"] != "changes" or len(texts) < len(message["data"]["entries"]):
            self.faults.append(f"{headers['webhook-id']} is no message of changes")
        entries = [(item["entry"]["seq"], item["hash"]) for item in message["data"]["entries"]]
        self.messages.append((headers["webhook-id"], tuple(seq for seq, _ in entries)))

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server.server_port}/hook"


class Mailbox:
    """An SMTP server that keeps what came."""

    def __init__(self):
        self.messages = []
        with socket.socket() as free:  # aiosmtpd wants to know the port itself
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self.controller.start()

    async def handle_DATA(self, _server, _session, envelope):  # pylint: disable=invalid-name
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        text = mail.get_body(("plain",)).get_content()
        seqs = tuple(int(seq) for seq in re.findall(r"\bentry (\d+)\b", text))
        self.messages.append((mail["Message-ID"], seqs))
        return "250 taken"


def lines_of(file):
    messages = []
    for line in file.read_text(encoding="utf-8").splitlines() if file.exists() else []:
        item = json.loads(line)
        messages.append((item["hash"], (item["entry"]["seq"],)))
    return messages


def faults_of(name, messages, wanted):
    """What is wrong with what came, as (id, seqs), where `wanted` are the seqs in the order of the log."""
    faults = []
    first = list(dict.fromkeys(seq for _, seqs in messages for seq in seqs))
    missing = sorted(set(wanted) - set(first))
    if missing:
        faults.append(f"{name}: {len(missing)} entries are missing, the first {missing[0]}")
    if sorted(set(first) - set(wanted)):
        faults.append(f"{name}: entries that were not for it")
    if [seq for seq in first if seq in set(wanted)] != sorted(set(first) & set(wanted)):
        faults.append(f"{name}: not in the order of the log")
    contents = {}
    for message_id, seqs in messages:
        if contents.setdefault(message_id, seqs) != seqs:
            faults.append(f"{name}: two messages have the id {message_id}")
    if len(set(contents.values())) != len(contents):
        faults.append(f"{name}: one message came under two ids")
    return faults


def configuration(folder, uri, hook, mailbox):
    common = 'causes = ["archive"]\nsignificance = ["substantive", "clerical"]\nfold_signings = false\n'
    return f"""database = "{uri}"
source.page = "http://127.0.0.1:9/"
spool.folder = "{folder}/spool"
http.listen = ""
[[alert]]
name = "hook"
kind = "webhook"
url = "{hook.url}"
secret = "hook"
digest = "none"
{common}
[[alert]]
name = "mail"
kind = "email"
url = "smtp://127.0.0.1:{mailbox.port}"
from = "agreementd@example.org"
to = ["desk@example.org"]
{common}
[[alert]]
name = "log"
kind = "file"
path = "{folder}/log.jsonl"
{common}"""


def behind(uri):
    """How many entries the sink that has furthest to go is behind; absent: not all of them have begun."""
    rows = run(["psql", "-qXAt", uri, "-c", "SELECT (SELECT coalesce(max(seq), 0) FROM agreementd.entries) - position"
                " FROM agreementd.sinks"]).split()
    return max(map(int, rows)) if len(rows) == 3 else None


def serve(agreementd, folder):
    return subprocess.Popen([agreementd, "--config", folder / "agreementd.toml"], stdout=subprocess.DEVNULL,
                            stderr=open(folder / "journal", "ab"),  # pylint: disable=consider-using-with
                            env={**os.environ, "CREDENTIALS_DIRECTORY": str(folder), "ASAN_OPTIONS": "detect_leaks=0"})


def until(what, condition, seconds=120):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            sys.exit(f"not within {seconds} s: {what}")
        time.sleep(0.02)


def check(folder, programs, kills, moments):
    agreementd, agreementctl, generate_lists, private_postgres = programs
    uri = run([private_postgres, "start", folder / "postgres"]).split()[-1]

    def ctl(*arguments):
        return run([agreementctl, "--database", uri, *arguments])

    ctl("setup")
    (folder / "lists").mkdir()
    run([generate_lists, "--seed", 7, "--editions", 60, "--agreements", 300, folder / "lists"])
    hook, mailbox = Hook(), Mailbox()
    (folder / "hook").write_text("\n".join(SECRETS) + "\n", encoding="ascii")
    (folder / "agreementd.toml").write_text(configuration(folder, uri, hook, mailbox), encoding="utf-8")
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
    faults = list(hook.faults)
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
