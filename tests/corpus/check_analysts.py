#!/usr/bin/python3
"""Runs every query of docs/analysts.md as a reader and compares what it prints.

    check_analysts.py DOCUMENT DATABASE_URI [--write]

A query is a block ```sql; what it printed is the block ```text behind it. --write puts there what it
prints now. Exit status 0: all alike, 1: one is not (printed).
"""

import re
import subprocess
import sys
from pathlib import Path

BLOCK = re.compile(r"```sql\n(?P<sql>.*?)```\n(?:\n```text\n(?P<answer>.*?)```\n)?", re.S)


def ask(uri, sql):
    done = subprocess.run(
        ["psql", "-qX", "-v", "ON_ERROR_STOP=1", uri, "-c",
         "SET ROLE agreementd_reader; SET search_path = agreementd; SET TimeZone = 'UTC'", "-c", sql],
        capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{sql}\n{done.stderr}")
    return "\n".join(line.rstrip() for line in done.stdout.strip("\n").split("\n")) + "\n"


def main():
    document, uri = Path(sys.argv[1]), sys.argv[2]
    write = "--write" in sys.argv
    text, failed, asked = document.read_text(), 0, 0

    def answered(block):
        nonlocal failed, asked
        asked += 1
        answer = ask(uri, block["sql"])
        if not write and answer != block["answer"]:
            failed += 1
            print(f"FAILED {block['sql']}\nprints\n{answer}\nand not\n{block['answer']}")
        return f"```sql\n{block['sql']}```\n\n```text\n{answer}```\n"

    answers = BLOCK.sub(answered, text)
    if write:
        document.write_text(answers)
    print(f"{asked} queries, {failed} failed")
    return 1 if failed or asked < 11 else 0


if __name__ == "__main__":
    sys.exit(main())
