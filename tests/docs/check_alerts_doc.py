#!/usr/bin/python3
"""Runs the examples of docs/alerts.md: who verifies a signature or receives as they do is safe and loses nothing.

    check_alerts_doc.py SOURCE_DIR

The functions under "Is it from us", in Python, Node and shell, must take the example of the Standard Webhooks and
refuse every change of it; the receiver under "Receive it" must keep what is ours once. Without node its function is not
run, and that is said. Exit status 1 with a line for each fault.
"""

import base64
import hashlib
import hmac
import http.client
import json
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path

BASH = "bash"
NODE_CALL = """
const call = JSON.parse(require("node:fs").readFileSync(0));
console.log(call.map((c) => isOurs(c.secret, c.headers, Buffer.from(c.body, "base64"), c.now)).join(" "));
"""


@dataclass
class Case:
    what: str
    ours: bool = True
    secret: str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    id: str = "msg_p5jXN8AQM9LWM0D4loKWxJek"
    timestamp: str = "1614265330"
    body: bytes = b'{"test": 2432232314}'
    signature: str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    now: int = 1614265330

    def headers(self):
        return {"webhook-id": self.id, "webhook-timestamp": self.timestamp, "webhook-signature": self.signature}


STANDARD = Case("the standard's example")


def signature(case):
    content = f"{case.id}.{case.timestamp}.".encode() + case.body
    code = hmac.new(base64.b64decode(case.secret.removeprefix("whsec_")), content, hashlib.sha256).digest()
    return "v1," + base64.b64encode(code).decode()


def cases():
    ours = STANDARD.signature
    other = replace(STANDARD, secret="whsec_" + base64.b64encode(b"another secret of 24 byte").decode())
    accepted = [
        STANDARD,
        replace(STANDARD, what="two signatures, ours the first", signature=f"{ours} {signature(other)}"),
        replace(STANDARD, what="two signatures, ours the last", signature=f"{signature(other)} {ours}"),
        replace(STANDARD, what="five minutes old", now=STANDARD.now + 300),
        replace(STANDARD, what="five minutes ahead", now=STANDARD.now - 300),
    ]
    for what, body in (("an empty body", b""), ("a body of any bytes", bytes(range(256)) + b"\n\n")):
        accepted.append(replace(STANDARD, what=what, body=body, signature=signature(replace(STANDARD, body=body))))
    refused = [
        replace(STANDARD, what="another body", body=b'{"test": 2432232315}'),
        replace(STANDARD, what="a body with a line end more", body=STANDARD.body + b"\n"),
        replace(STANDARD, what="another signature", signature=ours.replace("g0hM", "h0hM")),
        replace(STANDARD, what="the beginning of the signature", signature=ours[:-5]),
        replace(STANDARD, what="a signature with more behind it", signature=ours + "x"),
        replace(STANDARD, what="a signature of another version", signature=ours.replace("v1,", "v2,")),
        replace(STANDARD, what="a signature without version", signature=ours.removeprefix("v1,")),
        replace(STANDARD, what="a signature of nothing", signature="v1,"),
        replace(STANDARD, what="no signature", signature=""),
        replace(STANDARD, what="a signature that is not ASCII", signature="v1,\xe9"),
        replace(STANDARD, what="a pattern for a signature", signature="*"),
        replace(STANDARD, what="another id", id="msg_p5jXN8AQM9LWM0D4loKWxJel"),
        replace(STANDARD, what="another timestamp", timestamp="1614265331"),
        replace(STANDARD, what="more than five minutes old", now=STANDARD.now + 301),
        replace(STANDARD, what="more than five minutes ahead", now=STANDARD.now - 301),
        replace(STANDARD, what="another secret", secret=other.secret),
        replace(STANDARD, what="no secret and a signature of nothing", secret="", signature="v1,"),
        replace(STANDARD, what="another message, rightly signed with another secret", signature=signature(other)),
    ]
    for timestamp in ("", "x", "1614265330x", "-1614265330", "1614265330.0", " 1614265330", "9" * 5000):
        odd = replace(STANDARD, what=f"the timestamp {timestamp[:20]!r}", timestamp=timestamp)
        refused.append(replace(odd, signature=signature(odd)))
    return accepted + [replace(case, ours=False) for case in refused]


def code_under(text, heading, language):
    """What stands in fences of that language under that heading: one block, or Missing."""
    section = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", text, re.M | re.S)
    blocks = re.findall(rf"^```{language}\n(.*?)^```$", section[1] if section else "", re.M | re.S)
    if len(blocks) != 1:
        raise Missing(f"{len(blocks)} blocks of {language} under {heading!r}")
    return blocks[0]


class Missing(Exception):
    pass


def ask_python(code, asked):
    scope = {}
    exec(compile(code, "docs/alerts.md", "exec"), scope)
    return [scope["is_ours"](case.secret, case.headers(), case.body, case.now) for case in asked]


def ask_node(code, asked):
    calls = [
        {**vars(case), "headers": case.headers(), "body": base64.b64encode(case.body).decode()} for case in asked
    ]
    done = subprocess.run(
        [shutil.which("node"), "-e", code + NODE_CALL],
        input=json.dumps(calls),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return [answer == "true" for answer in done.stdout.split()]


def ask_shell(code, asked):
    answers = []
    for case in asked:
        arguments = [case.secret, case.id, case.timestamp, case.signature, str(case.now)]
        done = subprocess.run(
            [BASH, "-c", code + '\nis_ours "$@"', "is_ours", *arguments],
            input=case.body,
            stderr=subprocess.DEVNULL,
            check=False,
            timeout=60,
        )
        answers.append(done.returncode == 0)
    return answers


ASK = {"python": ask_python, "js": ask_node, "bash": ask_shell}


def faults_of_verification(text, language):
    asked = cases()
    try:
        answers = ASK[language](code_under(text, "Is it from us", language), asked)
    except Exception as error:  # whatever goes wrong in the example is its fault
        said = getattr(error, "stderr", "") or error
        yield f"{language}: {type(error).__name__}: {said}"
        return
    if len(answers) != len(asked):
        yield f"{language}: {len(answers)} answers to {len(asked)}"
    for case, answer in zip(asked, answers):
        if bool(answer) != case.ours:
            yield f"{language}: {case.what}: {'accepted' if answer else 'refused'}"


def faults_of_standard(text):
    """The example itself, and that the document has it as it is."""
    if signature(STANDARD) != STANDARD.signature:
        yield "the standard's example is not signed as this check signs"
    said = [STANDARD.secret, STANDARD.id, STANDARD.timestamp, STANDARD.body.decode(), STANDARD.signature]
    for each in said:
        if each not in text:
            yield f"the standard's example is not there whole: {each}"


# The receiver


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def post(port, case):
    for _ in range(100):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request("POST", "/hooks/287g", case.body, case.headers())
            return connection.getresponse().status
        except ConnectionRefusedError:
            time.sleep(0.1)  # it is just starting
        finally:
            connection.close()
    return None


def message(id, kind, data, age=0):
    now = int(time.time()) - age
    body = json.dumps({"data": data, "timestamp": "2025-03-18T22:01:02Z", "type": kind}).encode()
    case = replace(STANDARD, what=id, id=id, timestamp=str(now), body=body)
    return replace(case, signature=signature(case))


def entries(*seqs):
    return {"entries": [{"entry": {"seq": seq, "agency": "Doña Ana"}, "hash": "00"} for seq in seqs]}


def faults_of_answers(port):
    first, second = message("msg_a", "changes", entries(5, 7)), message("msg_b", "changes", entries(9))
    for what, case, wanted in (
        ("a message", first, 204),
        ("the same again", first, 204),
        ("a message that was altered", replace(second, body=second.body.replace(b"9", b"8")), 503),
        ("an old one", message("msg_c", "changes", entries(8), age=400), 503),
        ("the next", second, 204),
        ("a sample", message("msg_d", "test", {"text": "TEST: nothing", "sink": "desk"}), 204),
        ("a notice", message("msg_e", "notice", {"kind": "silent", "subject": "pending"}), 204),
    ):
        if (status := post(port, case)) != wanted:
            yield f"receiver: {what}: {status}, not {wanted}"


def faults_of_what_is_kept(path):
    with sqlite3.connect(path) as kept:
        messages = [row[0] for row in kept.execute("SELECT id FROM messages ORDER BY id")]
        seqs = [row[0] for row in kept.execute("SELECT seq FROM entries ORDER BY seq")]
    kept.close()
    if messages != ["msg_a", "msg_b", "msg_d", "msg_e"] or seqs != [5, 7, 9]:
        yield f"receiver: it kept {messages} and {seqs}"


def faults_of_receiver(text):
    try:
        code = code_under(text, "Is it from us", "python") + "\n" + code_under(text, "Receive it", "python")
    except Missing as error:
        yield f"receiver: {error}"
        return
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        program = Path(folder) / "receiver.py"
        program.write_text(code, encoding="utf-8")
        environment = {**os.environ, "SECRET": STANDARD.secret, "PORT": str(port)}
        with open(Path(folder) / "log", "wb") as log:
            running = subprocess.Popen([sys.executable, program], cwd=folder, env=environment, stdout=log, stderr=log)
        try:
            yield from faults_of_answers(port)
            yield from faults_of_what_is_kept(Path(folder) / "changes.db")
        except (OSError, http.client.HTTPException, sqlite3.Error) as error:
            yield f"receiver: {error}: {(Path(folder) / 'log').read_text(errors='replace')[-500:]}"
        finally:
            running.kill()
            running.wait()


def main():
    text = (Path(sys.argv[1]) / "docs" / "alerts.md").read_text(encoding="utf-8")
    languages = ["python", "js", "bash"]
    if not shutil.which("node"):
        languages.remove("js")
        print("node is not here (Debian: package nodejs): what is said of it was not run")
    found = [*faults_of_standard(text), *faults_of_receiver(text)]
    for language in languages:
        found += faults_of_verification(text, language)
    print("\n".join(found) or f"{', '.join(languages)} and the receiver do as the document says")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
