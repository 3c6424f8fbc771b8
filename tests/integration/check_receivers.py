#!/usr/bin/python3
"""Tells receivers that misbehave, each in its own way, of a generated history; nothing may be lost, nobody may wait.

    check_receivers.py AGREEMENTD AGREEMENTCTL GENERATE_LISTS PRIVATE_POSTGRES SCHEMA

One sink of the real service for each way, on receivers on this machine: `STORIES` says what becomes of each one's first
attempts; all that follow are delivered. Beside them are some who behave and must not wait, and an operator. Mail goes
over STARTTLS to servers that demand a password. Only the first pause, of seconds, is waited for: of longer ones it is
checked until when they last, and that moment is then moved here. Exit status 0: all is as docs/alerts.md says.
"""

import csv
import io
import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import jsonschema

from receivers import (EVERY_ENTRY, Hook, Mailbox, alert, answer, break_off, end, faults_of, faults_of_ids, lines_of,
                       make_certificate, run, say_nothing, serve, take, take_and_go_down, until, write_configuration)

# Not `localhost`: to that mail goes in the clear. It leads here all the same (RFC 6761, 6.3).
MAIL_HOST = "mail.localhost"
LOGIN = ("agreementd", "correct horse")
ASKED, ASKED_LONG = 8, 3600  # seconds that `busy` asks for, the first time and the second

# What becomes of the first attempts; of all that follow: delivered.
STORIES = {
    "good": [],
    "restarted": ["delivered", "delivered", "failed"],
    "stalling": ["failed"],
    "troubled": ["failed", "failed"],
    "busy": ["failed", "failed"],
    "gone": ["delivered", "gone"],
    "picky": ["delivered", "refused", "delivered", "refused"],
    "breaks-in-status": ["failed"],
    "breaks-in-headers": ["failed"],
    "breaks-in-body": ["failed"],
    "moved": ["failed"],
    "mail": [],
    "greylisting": ["failed"],
    "strict": ["delivered", "refused"],
    "log": [],
}
# What the operator is told of them, in this order; of the others nothing, for one failure is none.
NOTICES = {
    "troubled": [("sink failing", "opened"), ("sink failing", "closed")],
    "busy": [("sink failing", "opened"), ("sink failing", "closed")],
    "gone": [("sink gone", "opened"), ("sink gone", "closed")],
    "picky": [("dead letter", "opened")] * 2 + [("dead letter", "closed")] * 2,
    "strict": [("dead letter", "opened")],
}


def make_hooks():
    return {
        "good": Hook(),
        "restarted": Hook([take, take_and_go_down]),
        "stalling": Hook([say_nothing]),
        "troubled": Hook([answer(500), answer(500)]),
        "busy": Hook([answer(429, retry_after=ASKED), answer(429, retry_after=ASKED_LONG)]),
        "gone": Hook([take, answer(410)]),
        "picky": Hook([take, answer(400), take, answer(400)]),
        "breaks-in-status": Hook([break_off(b"HTTP/1.1 2")]),
        "breaks-in-headers": Hook([break_off(b"HTTP/1.1 200 OK\r\nContent-Le")]),
        "breaks-in-body": Hook([break_off(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nOh")]),
        "moved": Hook([answer(302, location="/elsewhere")]),
    }


def make_mailboxes(context):
    return {
        "mail": Mailbox(context, LOGIN),
        "greylisting": Mailbox(context, LOGIN, to_recipients=["451 4.7.1 come again"]),
        "strict": Mailbox(context, LOGIN, to_messages=["250 taken", "554 5.7.1 not here"]),
    }


class Receivers:
    """All who are told, and the service that tells them."""

    def __init__(self, folder, programs):
        agreementd, self.agreementctl, self.generate_lists, private_postgres = programs
        self.folder = folder
        self.faults = []
        self.began = 0.0  # when there was something to tell
        self.uri = run([private_postgres, "start", folder / "postgres"]).split()[-1]
        self.ctl("setup")
        ca_file, context = make_certificate(folder, MAIL_HOST)
        self.hooks, self.mailboxes, self.duty = make_hooks(), make_mailboxes(context), Hook(takes="notice")
        (folder / "mail").write_text(LOGIN[1] + "\n", encoding="ascii")
        write_configuration(folder, self.uri, self.alerts(), ca_file=ca_file)
        self.service = serve(agreementd, folder)

    def alerts(self):
        for name, hook in self.hooks.items():
            yield alert(name, "webhook", url=hook.url, secret="hook", **EVERY_ENTRY)
        mail = {"from": "agreementd@example.org", "to": ["desk@example.org"], "user": LOGIN[0], "secret": "mail"}
        for name, mailbox in self.mailboxes.items():
            yield alert(name, "email", url=f"smtp://{MAIL_HOST}:{mailbox.port}", **mail, **EVERY_ENTRY)
        yield alert("log", "file", path=f"{self.folder}/log.jsonl", **EVERY_ENTRY)
        yield alert("duty", "webhook", url=self.duty.url, secret="hook", **{"for": "operator"})

    def check(self, good, what):
        if not good:
            self.faults.append(what)

    def ctl(self, *arguments):
        return run([self.agreementctl, "--database", self.uri, *arguments])

    def sql(self, query):
        return run(["psql", "-qXAt", self.uri, "-c", query]).strip()

    def sink(self, name, column):
        return self.sql(f"SELECT {column} FROM agreementd.sinks WHERE sink = '{name}'")

    def is_done(self, *names):
        """Whether they have nothing more to be told."""
        wanted = ", ".join(f"'{name}'" for name in names)
        return self.sql("SELECT count(*) FROM agreementd.sinks WHERE position ="
                        f" (SELECT max(seq) FROM agreementd.entries) AND sink IN ({wanted})") == str(len(names))

    def deliveries(self, name):
        """The attempts, the first one first."""
        text = self.ctl("deliveries", "--sink", name, "--format", "csv")
        return list(csv.DictReader(io.StringIO(text)))[::-1]

    def first_ended(self, name):
        """When the first attempt was over, in seconds; 0: it is not."""
        return float(self.sql("SELECT coalesce(extract(epoch FROM min(ended_at)), 0) FROM agreementd.deliveries"
                              f" JOIN agreementd.delivery_outcomes USING (delivery_id) WHERE sink = '{name}'"))

    def make_due(self, name):
        self.sql(f"UPDATE agreementd.sinks SET retry_at = now() WHERE sink = '{name}'")

    def messages(self, name):
        """What it took."""
        if name == "log":
            return lines_of(self.folder / "log.jsonl")
        return (self.hooks.get(name) or self.mailboxes[name]).messages

    def has(self, name, seqs):
        return set(seqs) <= {seq for _, each in self.messages(name) for seq in each}

    def begin(self):
        """Answers the entries that all are to be told of."""
        sinks = str(len(STORIES) + 1)
        until("all sinks have begun", lambda: self.sql("SELECT count(*) FROM agreementd.sinks") == sinks)
        (self.folder / "lists").mkdir()
        run([self.generate_lists, "--seed", 7, "--editions", 24, "--agreements", 150, self.folder / "lists"])
        self.ctl("import", "--yes", self.folder / "lists")
        self.began = time.monotonic()
        return [int(line.split(",")[0]) for line in self.ctl("changes", "--all", "--format", "csv").splitlines()[1:]]


def check_pause(receivers, name, least, most):
    """That it waits so long after its last attempt."""
    pause = float(receivers.sql(
        "SELECT extract(epoch FROM retry_at - (SELECT max(ended_at) FROM agreementd.deliveries"
        f" JOIN agreementd.delivery_outcomes USING (delivery_id) WHERE sink = '{name}')) FROM agreementd.sinks"
        f" WHERE sink = '{name}'"))
    receivers.check(least <= pause <= most, f"{name}: waits {pause} s, not {least} to {most}")


def wait_for_failures(receivers, name, failures):
    until(f"{name} has failed {failures} times", lambda: receivers.sink(name, "failures") == str(failures), 30)


def nobody_waits(receivers, wanted):
    """Those who behave have everything while others have nothing, and the first of it while one is still stalling."""
    well = [name for name, story in STORIES.items() if not story]
    until("those who behave have everything", lambda: receivers.is_done(*well), 30)
    took = time.monotonic() - receivers.began
    for name in ("troubled", "busy"):
        receivers.check(not receivers.messages(name), f"{name} had something before those who behave had everything")
    for name in well:
        receivers.faults += faults_of(name, receivers.messages(name), wanted)
    until("the stalling one is given up", lambda: receivers.first_ended("stalling"), 30)
    for name in well:
        receivers.check(receivers.first_ended(name) < receivers.first_ended("stalling"),
                        f"{name} had nothing before the stalling one was given up")
    return took


def the_port_listens_again(receivers):
    """Before it is asked for the second time."""
    wait_for_failures(receivers, "restarted", 1)
    receivers.hooks["restarted"].listen()


def trouble_lasts(receivers):
    """5 seconds, then 5 minutes, and a tenth by chance."""
    wait_for_failures(receivers, "troubled", 2)
    first, second = (receivers.hooks["troubled"].posts[i].at for i in (0, 1))
    receivers.check(5 <= second - first < 10, f"troubled: asked again after {second - first:.1f} s")
    check_pause(receivers, "troubled", 300, 331)
    receivers.make_due("troubled")


def what_is_asked_for_is_kept(receivers):
    wait_for_failures(receivers, "busy", 2)
    first, second = (receivers.hooks["busy"].posts[i].at for i in (0, 1))
    receivers.check(ASKED <= second - first < ASKED + 5, f"busy: asked again after {second - first:.1f} s")
    check_pause(receivers, "busy", ASKED_LONG - 1, ASKED_LONG + 1)
    receivers.make_due("busy")


def dead_letters_are_sent_on_demand(receivers, wanted):
    """Each is a notice of its own, until it is delivered."""
    until("the picky one has the rest", lambda: receivers.is_done("picky"))
    posts = receivers.hooks["picky"].posts
    refused = [post for post in posts if not post.taken]
    rest = [seq for seq in wanted if not any(seq in post.seqs for post in refused)]
    receivers.faults += faults_of("picky", receivers.messages("picky"), rest)
    for post in refused:
        receivers.ctl("replay", "--sink", "picky", "--from", post.seqs[0], "--to", post.seqs[-1])
        until("the picky one has it now", lambda seqs=post.seqs: receivers.has("picky", seqs))
        receivers.check(posts[-1].message_id == post.message_id, "picky: what was refused came under another id")


def who_is_gone_is_left_alone(receivers):
    """For as long as the others took; then a person asks for a replay."""
    gone = receivers.hooks["gone"]
    receivers.check(len(gone.posts) == 2, f"gone: {len(gone.posts)} posts, 2 before it said that it is gone")
    receivers.check(receivers.sink("gone", "disabled_at") != "", "gone: is not disabled")
    receivers.check("\nalert gone,\"gone since " in receivers.ctl("status", "--format", "csv"),
                    "gone: status does not say so")
    receivers.ctl("replay", "--sink", "gone", "--from", 1, "--to", 1)
    until("the one that was gone has everything", lambda: receivers.is_done("gone"))


def check_stories(receivers):
    for name, story in STORIES.items():
        outcomes = [attempt["outcome"] for attempt in receivers.deliveries(name)]
        wanted = story + ["delivered"] * (len(outcomes) - len(story))
        receivers.check(outcomes == wanted and len(outcomes) > len(story), f"{name}: {' '.join(outcomes)}")


def check_what_arrived(receivers, wanted):
    """The refused mail is the one thing that is not there."""
    for name in STORIES:
        messages = receivers.messages(name)
        if name == "strict":
            refused = [seq for post in receivers.mailboxes[name].posts if not post.taken for seq in post.seqs]
            receivers.faults += faults_of(name, messages, [seq for seq in wanted if seq not in refused])
        elif name != "picky":  # it had the dead letters last
            receivers.faults += faults_of(name, messages, wanted)
    for name, each in {**receivers.hooks, **receivers.mailboxes, "duty": receivers.duty}.items():
        receivers.faults += [f"{name}: {fault}" for fault in each.faults]
    for name, each in {**receivers.hooks, **receivers.mailboxes}.items():
        receivers.faults += faults_of_ids(name, [(post.message_id, post.seqs) for post in each.posts])
    targets = {post.target for hook in receivers.hooks.values() for post in hook.posts}
    receivers.check(targets == {"/hook"}, f"posts to {sorted(targets)}")


def check_shapes(receivers, schema):
    hooks = [*receivers.hooks.values(), receivers.duty]
    bodies = {post.body for hook in hooks for post in hook.posts}
    of_webhook = jsonschema.Draft202012Validator({**schema, "$ref": "#/$defs/webhook"},
                                                 format_checker=jsonschema.FormatChecker())
    of_line = jsonschema.Draft202012Validator({**schema, "$ref": "#/$defs/item"})  # not for readers: a notice
    lines = (receivers.folder / "log.jsonl").read_text(encoding="utf-8").splitlines()
    for validator, texts in ((of_webhook, bodies), (of_line, lines)):
        for text in texts:
            receivers.faults += [f"not by the schema: {error.json_path}: {error.message[:200]}"
                                 for error in validator.iter_errors(json.loads(text))]
    return len(bodies)


def told_notices(receivers):
    """What the operator was told of sinks: of each, kind and status, in order."""
    told = {}
    for post in receivers.duty.posts:
        notice = json.loads(post.body)["data"]
        name = notice["subject"].split()[0]  # the entries of a dead letter follow
        if name in STORIES:
            told.setdefault(name, []).append((notice["kind"], notice["status"]))
    return told


def check_notices(receivers):
    until("the operator was told of what is over", lambda: receivers.sql(
        "SELECT (SELECT max(event_id) FROM agreementd.notice_events) = position FROM agreementd.sinks"
        " WHERE sink = 'duty'") == "t", 20)
    told = told_notices(receivers)
    for name in STORIES:
        notices, wanted = told.get(name, []), NOTICES.get(name, [])
        receivers.check(notices == wanted, f"the operator was told of {name}: {notices}, not {wanted}")


def check(receivers, schema):
    wanted = receivers.begin()
    the_port_listens_again(receivers)
    took = nobody_waits(receivers, wanted)
    trouble_lasts(receivers)
    what_is_asked_for_is_kept(receivers)
    dead_letters_are_sent_on_demand(receivers, wanted)
    until("all but the one that is gone have everything",
          lambda: receivers.is_done(*(name for name in STORIES if name != "gone")))
    who_is_gone_is_left_alone(receivers)
    check_stories(receivers)
    check_what_arrived(receivers, wanted)
    check_notices(receivers)
    bodies = check_shapes(receivers, schema)
    receivers.check(receivers.service.poll() is None, "the service ended")
    receivers.check(len(wanted) >= 200, f"only {len(wanted)} entries")
    print(f"{len(wanted)} entries, {bodies} different posts; those who behave had everything after {took:.1f} s")


def main():
    logging.getLogger("mail.log").setLevel(logging.ERROR)  # aiosmtpd's own, of what it will drop one day
    schema = json.loads(Path(sys.argv[5]).read_text(encoding="utf-8"))
    folder = Path(tempfile.mkdtemp(prefix="agreementd-receivers-"))
    os.chmod(folder, 0o755)  # the server may run as another user
    receivers = None
    try:
        receivers = Receivers(folder, sys.argv[1:5])
        check(receivers, schema)
    except SystemExit:
        print((folder / "journal").read_text(encoding="utf-8")[-4000:] if receivers else "", file=sys.stderr)
        raise
    finally:
        if receivers:
            end(receivers.service)
        subprocess.run([sys.argv[4], "stop", str(folder / "postgres")], capture_output=True, check=False)
        shutil.rmtree(folder, ignore_errors=True)
    print("\n".join(receivers.faults) or "nothing was lost, and nobody waited")
    return 1 if receivers.faults else 0


if __name__ == "__main__":
    sys.exit(main())
