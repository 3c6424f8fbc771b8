#!/usr/bin/python3
"""Checks that every test docs/behaviours.md names exists.

    check_behaviours.py SOURCE_DIR

Exit status 1 where a test is named that no source or CMake file defines, or where a row of the
tables names none.
"""

import re
import sys
from pathlib import Path


def defined_tests(source):
    tests = set()
    for path in (source / "tests").rglob("*.cpp"):
        text = path.read_text()
        for suite, name in re.findall(
            r"^\s*(?:TEST|TEST_F|TEST_P|RC_GTEST_PROP|RC_GTEST_FIXTURE_PROP)\(\s*(\w+),\s*(\w+)", text, re.M
        ):
            tests.add(f"{suite}.{name}")
    for path in [*(source / "tests").rglob("CMakeLists.txt"), *(source / "tests").rglob("*.cmake")]:
        tests.update(re.findall(r"add_test\(NAME (\w+\.\w+)", path.read_text()))
    return tests


def main():
    source = Path(sys.argv[1])
    known = defined_tests(source)
    wrong = []
    promises = 0
    for number, line in enumerate((source / "docs" / "behaviours.md").read_text().splitlines(), 1):
        if not line.startswith("| ") or line.startswith("| promise"):
            continue
        promises += 1
        named = re.findall(r"`(\w+\.\w+)`", line.rsplit("|", 2)[1])
        if not named:
            wrong.append(f"docs/behaviours.md:{number}: a promise without a test")
        wrong += [f"docs/behaviours.md:{number}: no test {name}" for name in named if name not in known]
    print("\n".join(wrong) or f"{promises} promises, every test of theirs exists")
    return 1 if wrong or not promises else 0


if __name__ == "__main__":
    sys.exit(main())
