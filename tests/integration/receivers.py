"""Those who are told, on this machine: webhook receivers and SMTP servers that keep what came, and misbehave on demand.

What the checks that run the real service have in common.
"""

import base64
import collections
import email
import email.policy
import hashlib
import hmac
import http.server
import json
import os
import re
import socket
import ssl
import subprocess
import sys
import threading
import time

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

SECRETS = ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"]

# Of what a generated history has every entry is for the sink, and each by itself.
EVERY_ENTRY = {"causes": ["archive"], "significance": ["substantive", "clerical"], "fold_signings": False}

# `at`: time.monotonic() when it came; `taken`: whether it was answered that it is.
Post = collections.namedtuple("Post", "message_id seqs at target taken body")


def run(command):
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))[:300]}: exit {done.returncode}\n{done.stderr[:2000]}")
    return done.stdout


def until(what, condition, seconds=120):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            sys.exit(f"not within {seconds} s: {what}")
        time.sleep(0.02)


# How a webhook receiver answers: functions of the request's handler.


def take(handler):
    handler.send_response(204)
    handler.end_headers()


def answer(status, **headers):
    """Names of headers as Python has them: `retry_after`."""

    def say(handler):
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), str(value))
        handler.send_header("content-length", "0")
        handler.end_headers()

    return say


def say_nothing(handler):
    """Until the other side leaves."""
    handler.connection.recv(1)
    handler.close_connection = True


def break_off(beginning):
    """Closes the connection after the beginning of an answer."""

    def say(handler):
        handler.wfile.write(beginning)
        handler.close_connection = True

    return say


def take_and_go_down(handler):
    """Nobody listens any more when this is answered."""
    handler.hook.stop_listening()
    handler.send_response(204)
    handler.send_header("connection", "close")
    handler.end_headers()


TAKING = (take, take_and_go_down)


class Hook:
    """A webhook receiver. It answers one post after the other as `answers` say, and takes all that come then; each after
    a `pause` of so many seconds."""

    def __init__(self, answers=(), takes="changes", pause=0.0):
        self.posts = []  # as they came
        self.faults = []
        self.takes = takes
        self.port = 0
        outer, answers = self, iter(answers)

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            hook = outer

            def do_POST(self):  # pylint: disable=invalid-name
                body = self.rfile.read(int(self.headers["content-length"]))
                say = next(answers, take)
                outer.keep(self.path, self.headers, body, say in TAKING)  # before the service knows
                time.sleep(pause)
                say(self)

            def log_message(self, *_):  # pylint: disable=arguments-differ
                pass

        class Server(http.server.ThreadingHTTPServer):
            def handle_error(self, request, client_address):
                """That the other side left, or was killed, is nothing; what fails here must not pass unseen."""
                error = sys.exc_info()[1]
                if not isinstance(error, ConnectionError):
                    outer.faults.append(f"the receiver itself: {error!r}")

        self.make_server = lambda: Server(("127.0.0.1", self.port), Handler)
        self.listen()

    def listen(self):
        """On the port it had."""
        self.server = self.make_server()
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def stop_listening(self):
        self.server.shutdown()
        self.server.server_close()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}/hook"

    @property
    def messages(self):
        """What it took, as (id, seqs)."""
        return [(post.message_id, post.seqs) for post in self.posts if post.taken]

    def keep(self, target, headers, body, taken):
        message_id = headers["webhook-id"]
        self.faults += [f"{message_id}: {fault}" for fault in self.faults_of(headers, body)]
        items = json.loads(body)["data"].get("entries", [])
        seqs = tuple(item["entry"]["seq"] for item in items)
        self.posts.append(Post(message_id, seqs, time.monotonic(), target, taken, body))

    def faults_of(self, headers, body):
        signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        if headers.get("webhook-signature", "").split() != [signature(secret, signed) for secret in SECRETS]:
            yield "is not signed as it should be"
        if abs(int(headers["webhook-timestamp"]) - time.time()) > 300:
            yield "is not of now"
        message = json.loads(body)
        if message["type"] != self.takes:
            yield f"is a message of type {message['type']} to one who takes {self.takes}"
        # The very text of the log: the hash of each is that of the one before and its bytes.
        texts = re.findall(rb'"entry":(\{.*?\}),"hash":"([0-9a-f]{64})"', body)
        if len(texts) < len(message["data"].get("entries", [])):
            yield "has no entries as the log has them"


def signature(secret, signed):
    key = base64.b64decode(secret.removeprefix("whsec_"))
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


class Mailbox:
    """An SMTP server. With `tls` (a context) and `login` it demands both; it answers one recipient after the other, and
    one message after the other, as it is told to, and takes all that come then."""

    def __init__(self, tls=None, login=None, to_recipients=(), to_messages=()):
        self.posts = []  # messages as they came
        self.faults = []
        self.login = login
        self.to_recipients, self.to_messages = iter(to_recipients), iter(to_messages)
        self.port = free_port()  # aiosmtpd wants to know it itself
        demands = {"tls_context": tls, "require_starttls": True} if tls else {}
        if login:
            demands |= {"auth_required": True, "authenticator": self.authenticate}
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port, **demands)
        self.controller.start()

    @property
    def messages(self):
        return [(post.message_id, post.seqs) for post in self.posts if post.taken]

    def authenticate(self, _server, session, _envelope, _mechanism, auth_data):
        if session.ssl is None:
            self.faults.append("a password came in the clear")
        return AuthResult(success=(auth_data.login.decode(), auth_data.password.decode()) == self.login)

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # pylint: disable=invalid-name
        said = next(self.to_recipients, "250 go on")
        if said.startswith("2"):
            envelope.rcpt_tos.append(address)
        return said

    async def handle_DATA(self, _server, session, envelope):  # pylint: disable=invalid-name
        said = next(self.to_messages, "250 taken")
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        text = mail.get_body(("plain",)).get_content()
        seqs = tuple(int(seq) for seq in re.findall(r"\bentry (\d+)\b", text))
        if not seqs:
            self.faults.append(f"{mail['Message-ID']} tells of no entry: {mail['Subject']}")
        if self.login and not session.authenticated:
            self.faults.append(f"{mail['Message-ID']} came from somebody unknown")
        taken = said.startswith("2")
        self.posts.append(Post(mail["Message-ID"], seqs, time.monotonic(), "", taken, envelope.content))
        return said


def make_certificate(folder, host):
    """Of an authority of our own: answers its certificate, and a context of a server that is `host`."""
    new_key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", 2]
    authority = ["-keyout", folder / "ca.key", "-out", folder / "ca.pem"]
    run(["openssl", "req", "-x509", *new_key, *authority, "-subj", "/CN=An authority"])
    of_host = ["-subj", f"/CN={host}", "-addext", f"subjectAltName=DNS:{host}"]
    signed = ["-CA", folder / "ca.pem", "-CAkey", folder / "ca.key", "-addext", "basicConstraints=critical,CA:FALSE"]
    run(["openssl", "req", "-x509", *new_key, *of_host, *signed, "-keyout", folder / "mail.key", "-out",
         folder / "mail.pem"])
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "mail.pem", folder / "mail.key")
    return folder / "ca.pem", context


def lines_of(file):
    """What a file sink holds, as (hash, seqs)."""
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
    return faults + faults_of_ids(name, messages)


def faults_of_ids(name, messages):
    """The same message has the same id, and no other has it."""
    faults, contents = [], {}
    for message_id, seqs in messages:
        if contents.setdefault(message_id, seqs) != seqs:
            faults.append(f"{name}: two messages have the id {message_id}")
    if len(set(contents.values())) != len(contents):
        faults.append(f"{name}: one message came under two ids")
    return faults


def alert(name, kind, **keys):
    """An `[[alert]]` of the configuration."""
    lines = [f"{key} = {json.dumps(value)}" for key, value in {"name": name, "kind": kind, **keys}.items()]
    return "\n".join(["[[alert]]", *lines, ""])


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def write_configuration(folder, uri, alerts, listen="", **source):
    """agreementd.toml in `folder`, and the secret `hook` of the webhooks. `source`: its keys; without a page, none."""
    (folder / "hook").write_text("\n".join(SECRETS) + "\n", encoding="ascii")
    values = {
        "database": uri,
        **{f"source.{key}": str(value) for key, value in {"page": "http://127.0.0.1:9/", **source}.items()},
        "spool.folder": f"{folder}/spool",
        "http.listen": listen,
    }
    text = "".join(f"{key} = {json.dumps(value)}\n" for key, value in values.items())
    (folder / "agreementd.toml").write_text(text + "".join(alerts), encoding="utf-8")


def serve(agreementd, folder):
    return subprocess.Popen([agreementd, "--config", folder / "agreementd.toml"], stdout=subprocess.DEVNULL,
                            stderr=open(folder / "journal", "ab"),  # pylint: disable=consider-using-with
                            env={**os.environ, "CREDENTIALS_DIRECTORY": str(folder), "ASAN_OPTIONS": "detect_leaks=0"})


def end(service):
    service.terminate()
    try:
        service.wait(20)
    except subprocess.TimeoutExpired:
        service.kill()
        service.wait()
