#!/usr/bin/env python3
"""check_includes.py ROOT: fails on an include the architecture does not allow (docs/architecture.md).

Three rules. A folder of ours may include itself and the folders in LAYERS. The parts in TIPS are included by nobody
else. A third-party library may be included only in the folders in LIBRARIES. Tests and benchmarks may include anything.
"""

import pathlib
import re
import sys

MIDDLE = {"fetchers", "parsers", "tracking", "storage"}
# folder -> what it may include beside itself. No folder of the middle includes another of the middle.
LAYERS = {
    "model": set(),
    "fetchers": {"model"},
    "parsers": {"model"},
    "tracking": {"model"},
    "storage": {"model"},
    "alerts": {"model"} | MIDDLE,
    "web": {"model"} | MIDDLE,
    "daemon": {"model", "alerts", "web"} | MIDDLE,
    "samples": {"model"},
}
# Parts of a folder that nobody but themselves includes: the two programs.
TIPS = {"daemon/commands", "daemon/service"}
UNRESTRICTED = {"tests", "bench"}
EFFECTS = set(LAYERS) - {"model", "parsers", "tracking"}  # the others are pure: they do not log

# what an include begins with -> the folders it is allowed in
LIBRARIES = {
    "fmt/": set(LAYERS),
    "spdlog/": EFFECTS,
    "date/": {"model"},
    "openssl/": {"model"},
    "nlohmann/": {"model"},
    "curl/": {"fetchers"},
    "gumbo.h": {"parsers"},
    "zip.h": {"parsers", "samples"},
    "pugixml.hpp": {"parsers", "samples", "web"},
    "pqxx/": {"storage"},
    "libpq-fe.h": {"storage"},
    "httplib.h": {"web"},
    "prometheus/": {"web"},
    "CLI/": {"daemon"},
    "toml++/": {"daemon"},
    "systemd/": {"daemon"},
}
# Headers of C++ have neither suffix nor folder; these of the operating system are for folders with effects.
STANDARD = re.compile(r"^[a-z_]+$")
POSIX = re.compile(r"^(sys/[a-z]+|arpa/inet|netinet/in|fcntl|grp|locale|netdb|poll|pwd|signal|termios|unistd)\.h$")

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)


def fault_of_own(folder, path, part=""):
    """Why a file in that `part` of `folder` may not include "path" of ours; None: it may."""
    target = path.split("/")[0]
    if "/" not in path or target.startswith("."):
        return "name the file from the top of the tree: folder/file.h"
    tip = "/".join(path.split("/")[:2])
    if tip in TIPS and tip != part:
        return f"{tip}/ is for itself alone"
    if target == folder or target in LAYERS[folder]:
        return None
    if target not in LAYERS:
        return f"{target}/ is no folder that {folder}/ may include"
    return f"{folder}/ may include only {', '.join(sorted(LAYERS[folder])) or 'itself'}"


def fault_of_library(folder, path):
    """Why `folder` may not include <path>; None: it may."""
    if STANDARD.match(path):
        return None
    if POSIX.match(path):
        return None if folder in EFFECTS else f"{folder}/ is pure: it asks nothing of the system"
    for prefix, folders in LIBRARIES.items():
        if path == prefix or prefix.endswith("/") and path.startswith(prefix):
            return None if folder in folders else f"this library belongs in {', '.join(sorted(folders))}"
    if path.split("/")[0] in LAYERS:
        return 'a header of ours: use "…"'
    return "a library no folder is known for: see tests/includes/check_includes.py"


def faults(root):
    """Every include that is not allowed, as `file:line: include: reason`."""
    found = []
    for folder in sorted(LAYERS):
        for path in sorted((root / folder).rglob("*")):
            if path.suffix not in {".h", ".cpp"}:
                continue
            text = path.read_text(encoding="utf-8")
            part = "/".join(path.relative_to(root).parts[:2])
            for match in INCLUDE.finditer(text):
                own = match[1] == '"'
                fault = fault_of_own(folder, match[2], part) if own else fault_of_library(folder, match[2])
                if fault:
                    line = text.count("\n", 0, match.start(1)) + 1
                    found.append(f"{path.relative_to(root)}:{line}: {match[2]}: {fault}")
    return found


def unknown_folders(root):
    """Folders with C++ in them that no rule speaks of."""
    known = set(LAYERS) | UNRESTRICTED | {"build"}
    return sorted(
        folder.name
        for folder in root.iterdir()
        if folder.is_dir() and not folder.name.startswith(".") and folder.name not in known
        if any(folder.rglob("*.cpp")) or any(folder.rglob("*.h"))
    )


def main():
    root = pathlib.Path(sys.argv[1])
    found = faults(root) + [f"{name}/: a folder no rule speaks of: see {sys.argv[0]}" for name in unknown_folders(root)]
    count = sum(1 for folder in LAYERS for path in (root / folder).rglob("*") if path.suffix in {".h", ".cpp"})
    if not count:
        found.append(f"{root}: no source file found")
    print("\n".join(found) if found else f"{count} files, every include allowed")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
