"""A Debian of its own for a test: a root that debootstrap made, booted in namespaces, thrown away afterwards."""

import hashlib
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

RELEASE = "bookworm"
PACKAGES = ["systemd", "systemd-sysv", "dbus", "procps", "curl", "ca-certificates", "postgresql"]
PATH = "PATH=/usr/sbin:/usr/bin:/sbin:/bin"
# Inside a root that is not booted: with /proc and /dev, and nothing is started by what is installed.
CHROOT = """
mount -t proc proc "$1/proc"
mount --rbind /dev "$1/dev"
printf '#!/bin/sh\\nexit 101\\n' >"$1/usr/sbin/policy-rc.d"
chmod 755 "$1/usr/sbin/policy-rc.d"
chroot "$@"
rm "$1/usr/sbin/policy-rc.d"
"""


class Failed(Exception):
    pass


def run(*command, **options):
    """What it printed; Failed with that where it fails."""
    done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          check=False, **options)
    if done.returncode:
        raise Failed(f"{' '.join(map(str, command))}: exit status {done.returncode}\n{done.stdout}")
    return done.stdout


def until(what, condition, seconds):
    """Waits for what another process brings about; what the condition answered. Failed when it takes longer."""
    end = time.monotonic() + seconds
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > end:
            raise Failed(f"not within {seconds} s: {what}")
        time.sleep(0.1)


def dependencies(package):
    """The names of the packages that a .deb wants, the first of each choice."""
    wanted = run("dpkg-deb", "--field", package, "Depends").strip()
    return sorted({choice.split("|")[0].split("(")[0].strip() for choice in wanted.split(",")})


def make_root(folder, package):
    """A fresh root with what the package wants, in `folder`. What took long is kept there for the next time."""
    wanted = [*PACKAGES, *dependencies(package)]
    key = hashlib.sha256(" ".join([RELEASE, CHROOT, *wanted]).encode()).hexdigest()[:12]
    kept = folder / f"root-{key}.tar"
    root = folder / "root"
    remove_tree(root)
    if not kept.exists():
        print(f"installing a Debian {RELEASE} (minutes, once)", flush=True)
        run("debootstrap", "--variant=minbase", RELEASE, root)
        install = ["apt-get", "-qq", "-y", "--no-install-recommends", "install", *wanted]
        run("unshare", "--mount", "bash", "-euc", CHROOT, "_", root, "env", "-i", PATH, "DEBIAN_FRONTEND=noninteractive",
            *install)
        (root / "etc/hostname").write_text("agreementd-test\n", encoding="ascii")
        for unit in ("systemd-networkd.service", "systemd-networkd.socket", "systemd-networkd-wait-online.service"):
            (root / "etc/systemd/system" / unit).symlink_to("/dev/null")
        run("tar", "--numeric-owner", "--xattrs", "-C", root, "-cf", f"{kept}.part", ".")
        os.rename(f"{kept}.part", kept)
        return root
    root.mkdir()
    run("tar", "--numeric-owner", "--xattrs", "-C", root, "-xf", kept)
    return root


def remove_tree(root):
    """Only where nothing of another file system is mounted below it."""
    if not root.exists():
        return
    mounted = [line.split()[4] for line in Path("/proc/self/mountinfo").read_text(encoding="utf-8").splitlines()]
    if any(Path(point).is_relative_to(root) for point in mounted):
        raise Failed(f"something is mounted below {root}: umount it")
    shutil.rmtree(root)


class Machine:
    """Booted while the `with` block runs."""

    def __init__(self, root):
        self.root = root
        self.booted = None
        self.first = None

    def __enter__(self):
        with open(self.root.parent / "boot.log", "wb") as log:
            self.booted = subprocess.Popen([Path(__file__).parent / "boot.sh", self.root], stdin=subprocess.DEVNULL,
                                           stdout=log, stderr=log, start_new_session=True)
        try:
            self.first = until("its systemd", self._first_process, 30)
            until("systemd answers", lambda: self.succeeds("systemctl", "is-system-running", "--wait")
                  or "degraded" in self.output("systemctl", "is-system-running"), 120)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.booted.send_signal(signal.SIGTERM)  # unshare kills its child, which is the namespace's first
        try:
            self.booted.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(self.booted.pid, signal.SIGKILL)
            self.booted.wait()
        for group in Path("/sys/fs/cgroup").glob(f"**/agreementd-system-test-{self.booted.pid}"):
            for nested in sorted(group.glob("**/"), reverse=True):
                until("its cgroups are empty", lambda nested=nested: remove_group(nested), 10)

    def _first_process(self):
        if self.booted.poll() is not None:
            log = (self.root.parent / "boot.log").read_text(encoding="utf-8", errors="replace")
            raise Failed(f"it did not boot: {log}")
        children = Path(f"/proc/{self.booted.pid}/task/{self.booted.pid}/children").read_text(encoding="ascii").split()
        return children and Path(f"/proc/{children[0]}/comm").read_text(encoding="utf-8").startswith("systemd") and children[0]

    def enter(self, *command, user=None):
        """The command that runs `command` in it."""
        become = ["runuser", "-u", user, "--"] if user else []
        return ["nsenter", "-t", self.first, "-m", "-p", "-u", "-i", "-C", "-n", "--", "env", "-i", "--chdir=/", PATH,
                "LC_ALL=C.UTF-8", "HOME=/root", *become, *map(str, command)]

    def run(self, *command, user=None, **options):
        return run(*self.enter(*command, user=user), **options)

    def output(self, *command, user=None):
        """Also of a command that fails."""
        return subprocess.run(self.enter(*command, user=user), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, check=False).stdout

    def succeeds(self, *command, user=None):
        return subprocess.run(self.enter(*command, user=user), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL, check=False).returncode == 0

    def beside(self, *command):
        """A program of this machine in its network, with its input and output at hand."""
        return subprocess.Popen(["nsenter", "-t", self.first, "-n", "--", *map(str, command)], stdin=subprocess.PIPE,
                                stdout=subprocess.PIPE, text=True)

    def file(self, path):
        return self.root / path.lstrip("/")


def remove_group(group):
    try:
        os.rmdir(group)
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return True
