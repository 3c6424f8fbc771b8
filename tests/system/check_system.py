#!/usr/bin/python3
"""The package as an operator meets it, on a whole Debian of its own: installed, set up, run, broken, upgraded, purged.

    check_system.py BUILD_DIR

Needs root, debootstrap and unshare; BUILD_DIR is of the release build, with the package made. scripts/test --system
does all that. Exit status 1 at the first thing that is not as it should be, with what the journal says of it.
"""

import json
import re
import sys
import time
from pathlib import Path

from machine import Failed, Machine, make_root, run, until

CONFIGURATION = "/etc/agreementd/agreementd.toml"
UNIT = "agreementd.service"
PORT = 8287
SECRET = "Correct-Horse-42"


def expect(holds, what):
    if not holds:
        raise Failed(f"not as it should be: {what}")


def expect_in(part, text):
    expect(part in text, f"no {part!r} in:\n{text}")


class Check:
    """The steps, in order: each may rely on what those before it left."""

    def __init__(self, machine, build, package):
        self.machine = machine
        self.build = build
        self.package = package
        self.site = None

    # ---- what the steps use

    def ctl(self, *words, user=None):
        return self.machine.run("agreementctl", *words, user=user)

    def sql(self, query, database="agreementd"):
        return self.machine.run("psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-c", query, database, user="postgres").strip()

    def systemctl(self, *words):
        return self.machine.run("systemctl", *words)

    def property(self, name, unit=UNIT):
        return self.systemctl("show", "--value", "--property", name, unit).strip()

    def journal(self, since, unit=UNIT):
        """What the service, and systemd of it, has said since then (time.time()), as dictionaries."""
        lines = self.machine.run("journalctl", "-o", "json", "--all", "-u", unit, f"--since=@{since:.6f}").splitlines()
        return [json.loads(line) for line in lines if line.startswith("{")]

    def await_line(self, text, since, seconds=30, unit=UNIT):
        """The first entry since then that says it."""
        return until(f"the journal says: {text}", lambda: next(
            (entry for entry in self.journal(since, unit) if text in str(entry.get("MESSAGE"))), None), seconds)

    def get(self, path, port=9287):
        """Status and body of one of the service's own pages."""
        answer = self.machine.output("curl", "-s", "-w", "\n%{http_code}", f"http://127.0.0.1:{port}{path}")
        body, _, status = answer.rpartition("\n")
        return int(status), body

    def metric(self, name, port=9287):
        found = re.search(rf"^{re.escape(name)} (\S+)$", self.get("/metrics", port)[1], re.M)
        return float(found.group(1)) if found else None

    def configure(self, path=CONFIGURATION, **values):
        """Sets keys, `table__key` or `key`, in the file as it was shipped or changed before."""
        text = self.machine.file(path).read_text(encoding="utf-8")
        for name, value in values.items():
            table, _, key = name.rpartition("__")
            head = f"[{table}]" if table else ""
            at = text.index(head)
            pattern = re.compile(rf"^#?{key} = .*$", re.M)
            expect(pattern.search(text, at), f"{path} has {name}")
            text = text[:at] + pattern.sub(lambda _, line=f"{key} = {value}": line, text[at:], count=1)
        self.machine.file(path).write_text(text, encoding="utf-8")

    def publish(self):
        """The next edition of the site."""
        self.site.stdin.write("\n")
        self.site.stdin.flush()
        return self.site.stdout.readline().strip()

    def entries(self):
        return int(self.sql("SELECT count(*) FROM agreementd.entries"))

    def editions_twice(self):
        return self.sql("SELECT list, date FROM agreementd.editions WHERE recorded_to IS NULL"
                        " GROUP BY list, content_hash, date HAVING count(*) > 1")

    def drop_in(self, name, text, unit=UNIT):
        folder = self.machine.file(f"/etc/systemd/system/{unit}.d")
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.conf").write_text(text, encoding="ascii")
        self.systemctl("daemon-reload")

    def drop_out(self, name, unit=UNIT):
        (self.machine.file(f"/etc/systemd/system/{unit}.d") / f"{name}.conf").unlink()
        self.systemctl("daemon-reload")

    def is_ready(self, port=9287):
        return self.get("/readyz", port)[0] == 200

    def await_restart(self, process, seconds=30):
        until("it runs again", lambda: self.property("MainPID") not in ("0", process)
              and self.property("ActiveState") == "active", seconds)

    # ---- the steps

    def installing_starts_nothing_and_says_what_is_next(self):
        said = self.machine.run("apt-get", "install", "-y", f"/root/{self.package.name}")
        expect_in("sudo -u postgres agreementctl --database postgresql:///agreementd setup", said)
        expect_in("systemctl enable --now agreementd", said)
        expect(self.property("ActiveState") == "inactive", "installing starts nothing")
        expect(self.machine.output("systemctl", "is-enabled", UNIT).strip() == "disabled", "installing enables nothing")
        expect_in("agreementd", self.machine.run("getent", "passwd", "agreementd"))
        rights = self.machine.run("stat", "-c", "%a %U", "/etc/agreementd/credentials", CONFIGURATION).splitlines()
        expect(rights == ["700 root", "644 root"], f"rights: {rights}")
        expect_in("exposure level for agreementd.service",
                  self.machine.run("systemd-analyze", "security", "--threshold=12", UNIT).lower())

    def setup_makes_database_roles_and_schema(self):
        setup = ["agreementctl", "--database", "postgresql:///agreementd", "setup"]
        said = self.machine.run(*setup, user="postgres")
        for done in ("database agreementd", "role agreementd_writer", "role agreementd_reader", "migration 001_inputs"):
            expect_in(f"done: {done}", said)
        expect_in("Nothing to do", self.machine.run(*setup, user="postgres"))

    def the_configuration_is_checked(self):
        self.site = self.machine.beside(self.build / "tests/fakes/sample_site", self.build / "samples/lists", PORT)
        page = self.site.stdout.readline().strip()
        while "pending" not in self.publish():
            pass  # until both lists are there
        self.configure(database='"postgresql:///agreementd"', source__page=f'"{page}"', source__every='"1 fortnight"',
                       source__contact='"mailto:operator@example.org"', source__retry='"1m"',
                       source__silent_after='"9999d"')
        expect(not self.machine.succeeds("agreementctl", "check-config"), "a bad configuration fails")
        problem = self.machine.output("agreementctl", "check-config")
        expect(re.search(rf"{CONFIGURATION}:{self.line_of('fortnight')}:\d+: source.every", problem), f"line, column: {problem}")
        self.configure(source__every='"1m"')
        self.ctl("check-config")

    def line_of(self, text):
        """The number of the first line of the configuration that has it."""
        lines = self.machine.file(CONFIGURATION).read_text(encoding="utf-8").splitlines()
        return 1 + next(i for i, line in enumerate(lines) if text in line)

    def starting_migrates_an_older_schema_and_is_soon_ready(self):
        newest = self.age_schema()
        since = time.time()
        began = time.monotonic()
        self.systemctl("enable", "--now", "agreementd")  # returns at READY
        took = time.monotonic() - began
        expect(took < 2, f"READY within 2 s, with the migration: {took:.2f} s")
        expect(self.sql("SELECT max(version) FROM agreementd.schema_version") == newest, "the schema is the newest")
        print(f"    ready after {took * 1000:.0f} ms")
        self.await_line("leads", since)

    def age_schema(self):
        """The schema is made anew without its newest migration, whose number this answers."""
        migrations = sorted((Path(__file__).parents[2] / "storage/migrations").glob("*.sql"))
        self.sql("DROP SCHEMA agreementd CASCADE")
        for migration in migrations[:-1]:
            version = int(migration.name[:3])
            script = (f"BEGIN; SET ROLE agreementd_owner; SET search_path = agreementd;\n{migration.read_text(encoding='utf-8')}\n"
                      f"INSERT INTO schema_version (version, name) VALUES ({version}, '{migration.stem}'); COMMIT;")
            self.machine.run("psql", "-Xq", "-v", "ON_ERROR_STOP=1", "agreementd", user="postgres", input=script)
        return str(int(migrations[-1].name[:3]))

    def it_polls_and_shows_how_it_stands(self):
        until("both lists are listed", lambda: self.metric('agreementd_listings{list="participating"}')
              and self.metric("agreementd_last_success_timestamp_seconds"), 30)
        status = self.ctl("status")  # as root: it becomes the service's user
        expect_in("source", status)
        expect_in("ok", status)
        expect_in("last poll", self.property("StatusText"))
        expect(self.get("/healthz") == (200, "alive\n"), f"/healthz: {self.get('/healthz')}")
        expect(self.get("/readyz") == (200, "leads\n"), f"/readyz: {self.get('/readyz')}")
        expect(self.metric("agreementd_leader") == 1, "it leads")
        expect(self.machine.run("stat", "-c", "%a %U", "/var/lib/agreementd") == "700 agreementd\n", "its folder is its own")
        listening = self.machine.run("cat", "/proc/net/tcp")
        expect("00000000:2447" not in listening, "health and metrics are on loopback alone")

    def changes_are_lines_of_the_journal_with_fields(self):
        before = self.entries()
        since = time.time()
        self.publish()
        entry = self.await_line("recorded", since, 90)
        until("the changes", lambda: self.entries() > before, 5)
        expect(entry.get("RUN_ID", "").isdigit(), f"RUN_ID: {entry}")
        expect(entry.get("SYSLOG_IDENTIFIER") == "agreementd" and entry.get("PRIORITY") == "6", f"{entry}")
        told = [line for line in self.journal(since) if line.get("AGREEMENT")]
        expect(told and all(line.get("LIST") and len(line.get("EDITION", "")) == 64 for line in told), f"fields: {told}")

    def a_reload_is_told_and_a_bad_one_changes_nothing(self):
        process = self.property("MainPID")
        since = time.time()
        good = self.machine.file(CONFIGURATION).read_text(encoding="utf-8")
        self.configure(source__every='"90s"')
        self.systemctl("reload", "agreementd")
        self.await_line("the configuration was read again", since)
        since = time.time()
        self.configure(source__every='"sometimes"')
        self.machine.output("systemctl", "reload", "agreementd")
        problem = self.await_line(f"{CONFIGURATION}:", since)
        expect(re.search(rf"{CONFIGURATION}:{self.line_of('sometimes')}:\d+: ", problem["MESSAGE"]), f"{problem['MESSAGE']}")
        self.await_line("the configuration stays as it was", since)
        expect(self.property("ActiveState") == "active" and self.property("MainPID") == process, "it runs on")
        self.machine.file(CONFIGURATION).write_text(good, encoding="utf-8")
        self.systemctl("reload", "agreementd")

    def import_and_approve_work_beside_it(self):
        folder = self.machine.file("/srv/lists")
        run("cp", "-r", self.build / "samples/lists", folder)
        since = time.time()
        said = self.machine.output("agreementctl", "import", "/srv/lists")
        expect_in("quarantined", said)
        edition = re.search(r"agreementctl approve (\w+)", said).group(1)
        self.ctl("approve", edition, "--why", "looked at")
        expect("agreementctl approve" not in self.ctl("status"), "nothing waits for a person")
        expect(not self.editions_twice(), "no edition twice")
        self.ctl("verify")
        expect(not [line for line in self.journal(since) if line["PRIORITY"] < "5"], "the service has no trouble of it")

    def a_stalled_loop_is_killed_and_started_again(self):
        run("cp", self.build / "tests/system/agreementd_stalling", self.machine.file("/usr/local/sbin/agreementd_stalling"))
        self.drop_in("stalling", "[Service]\nExecStart=\nExecStart=/usr/local/sbin/agreementd_stalling\n"
                                 "WatchdogSec=3\nRestartSec=1\n")
        self.systemctl("restart", "agreementd")
        process = self.property("MainPID")
        stall = self.machine.file("/var/lib/agreementd/stall")
        since = time.time()
        stall.touch()
        self.await_line("Watchdog timeout", since)
        stall.unlink()
        self.await_restart(process)
        expect(self.property("NRestarts") != "0", "systemd started it again")
        self.drop_out("stalling")
        self.systemctl("restart", "agreementd")

    def killed_it_is_started_again_and_leads(self):
        until("it leads", lambda: self.get("/readyz") == (200, "leads\n"), 30)
        process = self.property("MainPID")
        since = time.time()
        self.machine.run("kill", "-KILL", process)
        self.await_restart(process)
        self.await_line("leads", since)

    def an_outage_of_the_database_loses_nothing(self):
        until("it leads", lambda: self.get("/readyz") == (200, "leads\n"), 30)
        before = self.entries()
        process = self.property("MainPID")
        since = time.time()
        self.systemctl("stop", "postgresql@15-main.service")
        began = time.time()
        until("/readyz says so", lambda: self.get("/readyz")[0] == 503, 30)
        expect(self.get("/healthz")[0] == 200, "it is well itself")
        self.publish()
        until("what is fetched waits in the spool", lambda: self.metric("agreementd_spooled_fetches"), 90)
        expect_in("wait in the spool", self.property("StatusText"))
        ended = time.time()
        self.systemctl("start", "postgresql@15-main.service")
        self.await_line("fetches of the outage are in the database", since)
        until("the spool is empty", lambda: self.metric("agreementd_spooled_fetches") == 0, 30)
        expect(self.property("MainPID") == process, "the service ran on")
        expect(self.entries() > before, "what changed meanwhile is recorded")
        fetched = "SELECT count(*) FROM agreementd.fetches WHERE outcome = 'ok' AND fetched_at BETWEEN"
        expect(int(self.sql(f"{fetched} to_timestamp({began}) AND to_timestamp({ended})")) > 0,
               "what was fetched in the outage, with its times")
        self.ctl("verify")

    def a_database_that_hangs_does_not_keep_it_from_starting(self):
        until("it leads", lambda: self.get("/readyz") == (200, "leads\n"), 30)
        self.systemctl("stop", "agreementd")
        server = self.property("MainPID", "postgresql@15-main.service")
        self.machine.run("kill", "-STOP", server)
        try:
            began = time.monotonic()
            self.systemctl("start", "agreementd")  # returns at READY
            print(f"    ready after {time.monotonic() - began:.1f} s")
            expect(self.get("/readyz")[0] == 503, "it says that it has no database")
            self.systemctl("stop", "agreementd")
            expect(self.property("Result") == "success", "it can be stopped")
            self.systemctl("start", "agreementd")
        finally:
            self.machine.run("kill", "-CONT", server)
        until("it leads", lambda: self.get("/readyz") == (200, "leads\n"), 30)

    def a_second_one_stands_by_and_takes_over(self):
        self.make_second()
        until("the second stands by", lambda: self.get("/readyz", 9288) == (200, "stands by\n"), 30)
        expect_in("stands by", self.property("StatusText", "agreementd-second.service"))
        expect(self.metric("agreementd_leader", 9288) == 0, "it does not lead")
        self.drop_in("slow", "[Service]\nRestartSec=60\n")
        self.machine.run("kill", "-KILL", self.property("MainPID"))
        began = time.monotonic()
        until("the second leads", lambda: self.get("/readyz", 9288) == (200, "leads\n"), 30)
        print(f"    taken over after {time.monotonic() - began:.1f} s")
        self.drop_out("slow")
        self.systemctl("reset-failed", "agreementd")
        self.systemctl("restart", "agreementd")
        until("the first stands by", lambda: self.get("/readyz") == (200, "stands by\n"), 30)
        since = time.time()
        polls = self.sql("SELECT count(*) FROM agreementd.fetches")
        until("the second polls", lambda: self.sql("SELECT count(*) FROM agreementd.fetches") != polls, 150)
        expect(not [line for line in self.journal(since) if "recorded" in line["MESSAGE"]], "the first records nothing")
        self.systemctl("stop", "agreementd-second.service")
        until("the first leads again", lambda: self.get("/readyz") == (200, "leads\n"), 30)
        expect(not self.editions_twice(), "no edition twice")
        self.ctl("verify")

    def make_second(self):
        """Another unit with a state, an address and a configuration of its own, on the same database."""
        configuration = self.machine.file(CONFIGURATION).read_text(encoding="utf-8")
        second = "/etc/agreementd/second.toml"
        self.machine.file(second).write_text(configuration, encoding="utf-8")
        self.configure(second, http__listen='"127.0.0.1:9288"')
        unit = self.machine.file("/lib/systemd/system/agreementd.service").read_text(encoding="utf-8")
        unit = unit.replace("StateDirectory=agreementd\n", "StateDirectory=agreementd-second\n")
        unit = unit.replace("ExecStart=/usr/sbin/agreementd\n", f"ExecStart=/usr/sbin/agreementd --config {second}\n")
        self.machine.file("/etc/systemd/system/agreementd-second.service").write_text(unit, encoding="utf-8")
        self.systemctl("daemon-reload")
        self.systemctl("start", "agreementd-second.service")

    def who_is_told_gets_what_changed(self):
        told = "/var/lib/agreementd/told.jsonl"
        kept = self.machine.file(CONFIGURATION).read_text(encoding="utf-8")
        alert = f'\n[[alert]]\nname = "log"\nkind = "file"\npath = "{told}"\n'
        hook = '[[alert]]\nname = "hook"\nkind = "webhook"\nurl = "https://example.org/hook"\nsecret = "hook"\n'
        self.machine.file(CONFIGURATION).write_text(kept + alert + hook, encoding="utf-8")
        expect(not self.machine.succeeds("agreementctl", "check-config"), "a sink without its secret is found")
        expect_in("/etc/agreementd/credentials/hook", self.machine.output("agreementctl", "check-config"))
        self.machine.file(CONFIGURATION).write_text(kept + alert, encoding="utf-8")
        self.ctl("check-config")
        self.systemctl("reload", "agreementd")
        until("the sink has begun", lambda: self.sql("SELECT count(*) FROM agreementd.sinks") == "1", 30)
        expect_in("delivered to log", self.ctl("alert", "test", "log"))  # as root: by the service's user
        expect(self.machine.run("stat", "-c", "%U", told) == "agreementd\n", "the file is the service's")
        before = self.entries()
        for _ in range(3):
            self.publish()  # not each edition changes something
        until("something changed", lambda: self.entries() > before, 90)
        lines = until("they are told", lambda: [line for line in self.machine.file(told).read_text(
            encoding="utf-8").splitlines() if '"entry"' in line], 30)
        expect(all(json.loads(line)["entry"]["seq"] > before for line in lines), "what came after it began")
        expect_in("delivered", self.ctl("deliveries", "--sink", "log"))
        self.machine.file(CONFIGURATION).write_text(kept, encoding="utf-8")
        self.systemctl("reload", "agreementd")

    def a_password_is_a_credential_and_nowhere_else(self):
        # Not as a word of the command: sudo and runuser would have the journal keep that.
        self.machine.run("psql", "-Xq", user="postgres", input=f"ALTER ROLE agreementd PASSWORD '{SECRET}'")
        self.configure(database='"postgresql://agreementd@127.0.0.1/agreementd"')
        since = time.time()
        self.machine.output("systemctl", "restart", "agreementd")
        refused = self.await_line("password", since)
        expect("\n" not in refused["MESSAGE"], f"one line: {refused['MESSAGE']}")
        secret = self.machine.file("/etc/agreementd/credentials/pgpass")
        secret.write_text(f"127.0.0.1:5432:agreementd:agreementd:{SECRET}\n", encoding="ascii")
        secret.chmod(0o600)
        self.systemctl("restart", "agreementd")
        until("it leads", lambda: self.get("/readyz") == (200, "leads\n"), 30)
        expect_in("source", self.ctl("status"))  # root's commands use it too
        process = self.property("MainPID")
        seen = self.machine.run("cat", f"/proc/{process}/environ", f"/proc/{process}/cmdline")
        everything = self.machine.run("journalctl", "--all", "--output=export", "--no-pager")
        expect(SECRET not in seen + everything + self.property("StatusText"), "the password is told nowhere")
        self.configure(database='"postgresql:///agreementd"')
        secret.unlink()
        self.systemctl("restart", "agreementd")

    def an_upgrade_keeps_what_the_operator_changed_and_restarts(self):
        process = self.property("MainPID")
        kept = self.machine.file(CONFIGURATION).read_text(encoding="utf-8")
        newer = self.make_newer_package()
        entries = self.entries()
        # As an upgrade that nobody watches: where a file was edited, the edited one stays.
        said = self.machine.run("env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y",
                                "-o", "Dpkg::Options::=--force-confold", f"/root/{newer}")
        expect("Next:" not in said, "it says nothing of a first installation")
        self.await_restart(process)
        expect(self.machine.file(CONFIGURATION).read_text(encoding="utf-8") == kept, "the configuration is the operator's")
        expect(self.machine.output("systemctl", "is-enabled", UNIT).strip() == "enabled", "it is enabled as before")
        expect(self.entries() >= entries, "the history is there")

    def make_newer_package(self):
        """The same with a higher version and an example more in the configuration it ships."""
        folder = self.machine.root.parent / "newer"
        run("rm", "-rf", folder)
        run("dpkg-deb", "--raw-extract", self.package, folder)
        control = folder / "DEBIAN/control"
        version = run("dpkg-deb", "--field", self.package, "Version").strip()
        control.write_text(control.read_text(encoding="utf-8").replace(f"Version: {version}", f"Version: {version}.1"), encoding="utf-8")
        shipped = folder / "etc/agreementd/agreementd.toml"
        shipped.write_text("# Newer.\n" + shipped.read_text(encoding="utf-8"), encoding="utf-8")
        name = f"agreementd_{version}.1_amd64.deb"
        run("dpkg-deb", "--root-owner-group", "--build", folder, self.machine.file(f"/root/{name}"))
        return name

    def stopping_is_quick_and_clean(self):
        until("it leads", lambda: self.get("/readyz") == (200, "leads\n"), 30)
        since = time.time()
        began = time.monotonic()
        self.systemctl("stop", "agreementd")
        took = time.monotonic() - began
        expect(took < 10, f"within 10 s: {took:.1f} s")
        expect(self.property("Result") == "success", f"result {self.property('Result')}")
        self.await_line("stopped", since)
        print(f"    stopped after {took * 1000:.0f} ms")

    def a_purge_leaves_history_and_evidence(self):
        entries = self.entries()
        secret = self.machine.file("/etc/agreementd/credentials/pgpass")
        secret.touch(0o600)
        self.machine.run("apt-get", "purge", "-y", "agreementd")
        expect(self.entries() == entries and entries > 0, "the history is in the database")
        expect(self.machine.file("/var/lib/agreementd").is_dir(), "the spool's folder is there")
        for path in ("/usr/sbin/agreementd", CONFIGURATION, "/lib/systemd/system/agreementd.service"):
            expect(not self.machine.file(path).exists(), f"{path} is gone")
        expect(not secret.exists(), "secrets are gone")

    def installed_again_it_starts_nothing_either(self):
        said = self.machine.run("apt-get", "install", "-y", f"/root/{self.package.name}")
        expect_in("systemctl enable --now agreementd", said)
        expect(self.machine.output("systemctl", "is-enabled", UNIT).strip() == "disabled", "it is not enabled")
        expect(self.property("ActiveState") == "inactive", "it is not started")


STEPS = [
    Check.installing_starts_nothing_and_says_what_is_next,
    Check.setup_makes_database_roles_and_schema,
    Check.the_configuration_is_checked,
    Check.starting_migrates_an_older_schema_and_is_soon_ready,
    Check.it_polls_and_shows_how_it_stands,
    Check.changes_are_lines_of_the_journal_with_fields,
    Check.who_is_told_gets_what_changed,
    Check.a_reload_is_told_and_a_bad_one_changes_nothing,
    Check.a_stalled_loop_is_killed_and_started_again,
    Check.killed_it_is_started_again_and_leads,
    Check.an_outage_of_the_database_loses_nothing,
    Check.a_database_that_hangs_does_not_keep_it_from_starting,
    Check.a_second_one_stands_by_and_takes_over,
    Check.import_and_approve_work_beside_it,
    Check.a_password_is_a_credential_and_nowhere_else,
    Check.an_upgrade_keeps_what_the_operator_changed_and_restarts,
    Check.stopping_is_quick_and_clean,
    Check.a_purge_leaves_history_and_evidence,
    Check.installed_again_it_starts_nothing_either,
]


def main():
    build = Path(sys.argv[1]).resolve()
    packages = sorted(build.glob("agreementd_*.deb"))
    if len(packages) != 1:
        sys.exit(f"check_system: there are {len(packages)} packages in {build}, not one: run cpack")
    folder = build.parent / "system"
    folder.mkdir(exist_ok=True)
    with Machine(make_root(folder, packages[0])) as machine:
        run("cp", packages[0], machine.file("/root/"))
        check = Check(machine, build, packages[0])
        for step in STEPS:
            began = time.monotonic()
            print(step.__name__.replace("_", " "), flush=True)
            try:
                step(check)
            except Failed as failure:
                print(f"FAILED: {failure}\n\nthe journal:\n" + machine.output("journalctl", "-n", "60", "-u", "agreementd*", "-u", "postgresql*"))
                return 1
            print(f"    ok, {time.monotonic() - began:.1f} s", flush=True)
    print(f"{len(STEPS)} steps passed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
