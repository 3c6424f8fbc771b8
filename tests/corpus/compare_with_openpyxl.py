#!/usr/bin/python3
"""Checks that for every workbook of the corpus the cells, links and rows we read equal what openpyxl reads.

    compare_with_openpyxl.py DUMP_TABLES        the program built from dump_tables.cpp

The corpus is found by the environment variable AGREEMENTD_CORPUS. Exit status 0: all equal, 1: a
difference (each printed), 77: nothing to compare with (no corpus, no openpyxl).
"""

import json
import os
import subprocess
import sys
import warnings
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from pathlib import Path

SKIPPED = 77
SHOWN = 5  # differences per file

try:
    import openpyxl
except ImportError:
    openpyxl = None


def theirs(path):
    """{sheet: {(row, column): (text, date, link)}} as openpyxl reads it; blank cells left out."""
    warnings.simplefilter("ignore")  # of styles and extensions it does not know
    sheets = {}
    for sheet in openpyxl.load_workbook(path, data_only=True).worksheets:
        cells = {}
        for row in sheet.iter_rows():
            for cell in row:
                link = target_of(cell)
                value = cell.value
                if value in (None, "") and not link:
                    continue
                cells[cell.row, cell.column] = (value, link)
        sheets[sheet.title] = cells
    return sheets


def target_of(cell):
    link = cell.hyperlink
    if link is None or not link.target:
        return None
    return f"{link.target}#{link.location}" if link.location else link.target


def ours(dump, path):
    line = json.loads(subprocess.run([dump, path], check=True, capture_output=True).stdout)
    sheets = {}
    for sheet in line["sheets"]:
        sheets[sheet["name"]] = {
            (row, column): (text, date, link)
            for row, column, text, date, link in sheet["cells"]
            if text or link
        }
    return sheets, line["listings"]


def same_value(text, date, value):
    if value is None:
        return text == ""
    if isinstance(value, bool):
        return text == str(value).upper()
    if isinstance(value, datetime):
        return date == value.date().isoformat()
    if isinstance(value, (int, float)):
        return float(text) == float(value)
    return text == value


def differences(dump, path):
    (we, listings), they = ours(dump, path), theirs(path)
    if list(we) != list(they):
        return 0, [f"sheets {list(we)}, openpyxl {list(they)}"]
    found = []
    count = 0
    rows_below_header = len({
        row
        for cells in they.values()
        for (row, _), (value, _) in cells.items()
        if row > 1 and str(value).strip() not in ("", "None", "#N/A", "#NA")
    })
    if listings != rows_below_header:
        found.append(f"{listings} listings, openpyxl {rows_below_header} rows that are not blank")
    for name, cells in they.items():
        rows = {row for row, _ in we[name]}  # we leave out rows without any text, links or not
        for place in sorted(set(we[name]) | set(cells)):
            text, date, link = we[name].get(place, ("", None, None))
            value, their_link = cells.get(place, (None, None))
            count += 1
            if link and text == "" and value in (link, link.split("#")[0]):
                value = None  # openpyxl puts the target into a blank cell that has a link
            if not same_value(text, date, value):
                found.append(f"{name}!{place}: {text!r} ({date}), openpyxl {value!r}")
            elif link != their_link and place[0] in rows:
                found.append(f"{name}!{place}: link {link!r}, openpyxl {their_link!r}")
    return count, found


def check(arguments):
    dump, path = arguments
    count, found = differences(dump, path)
    return path, count, found


def main():
    corpus = os.environ.get("AGREEMENTD_CORPUS", "")
    if openpyxl is None or not Path(corpus).is_dir():
        print("skipped: needs python3-openpyxl and a corpus in AGREEMENTD_CORPUS")
        return SKIPPED
    paths = sorted(str(path) for path in Path(corpus).rglob("*.xlsx"))
    if not paths:
        print(f"skipped: no workbook in {corpus}")
        return SKIPPED
    cells = wrong = 0
    with ProcessPoolExecutor(max_workers=2) as pool:
        for path, count, found in pool.map(check, [(sys.argv[1], path) for path in paths]):
            cells += count
            wrong += bool(found)
            for line in found[:SHOWN]:
                print(f"{path}: {line}")
    print(f"{len(paths)} workbooks, {cells} cells compared, {wrong} workbooks differ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
