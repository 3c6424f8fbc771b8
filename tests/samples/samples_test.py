#!/usr/bin/env python3
"""samples_test.py BUILDER TEXTS LISTS: the built lists, read by programs that are not ours, hold what the texts say."""

import datetime
import html.parser
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
import urllib.parse

import openpyxl

BUILDER, TEXTS, LISTS = (pathlib.Path(argument) for argument in sys.argv[1:4])


def read_text(path):
    """(head, table) of an edition's text; a cell is (text, target or None)."""
    head, table = {}, []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        if not table and " | " not in line:
            key, value = line.split(":", 1)
            head[key] = value.strip()
            continue
        cells = [cell.strip().split(" -> ") for cell in re.split(r" \|(?: |$)", line)]
        table.append([(cell[0], head["links"] + cell[1] if len(cell) == 2 else None) for cell in cells])
    return head, table


def unwrap(target):
    """The link under a mail filter's wrapper."""
    parts = urllib.parse.urlsplit(target)
    return urllib.parse.parse_qs(parts.query)["url"][0] if "safelinks" in parts.netloc else target


def read_workbook(path):
    """(saved, table) as openpyxl reads it; dates as ISO text."""
    workbook = openpyxl.load_workbook(path)
    table = []
    for row in workbook.active.iter_rows():
        cells = []
        for cell in row:
            value = cell.value.date().isoformat() if isinstance(cell.value, datetime.datetime) else cell.value or ""
            cells.append((value, cell.hyperlink.target if cell.hyperlink else None))
        table.append(cells)
    return workbook.properties.modified, table


class Roster(html.parser.HTMLParser):
    """The cells of a page's last table."""

    def handle_starttag(self, tag, attrs):
        if tag == "table":
            self.rows = []
        elif tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append(("", None))
        elif tag == "a":
            self.rows[-1][-1] = ("", dict(attrs)["href"])

    def handle_data(self, data):
        if self.lasttag in ("td", "th", "a", "p") and getattr(self, "rows", None) and self.rows[-1]:
            text, target = self.rows[-1][-1]
            self.rows[-1][-1] = ((text + data).strip(), target)


class Samples(unittest.TestCase):
    def texts(self, folder):
        found = sorted((TEXTS / folder).glob("*.txt"))
        for path in found:
            head, table = read_text(path)
            yield path, head, [[(t, u and u.replace("safelinks:", "")) for t, u in row] for row in table]

    def test_there_are_as_many_editions_as_the_quickstart_promises(self):
        self.assertGreaterEqual(len(list(self.texts("participating"))), 8)
        self.assertGreaterEqual(len(list(self.texts("pending"))), 4)

    def test_each_text_became_one_file_and_nothing_else_is_there(self):
        wanted = {f"{path.parent.name}/{head['file']}" for folder in ("participating", "pending")
                  for path, head, _ in self.texts(folder)}
        built = {str(path.relative_to(LISTS)) for path in LISTS.rglob("*") if path.is_file()}
        self.assertEqual(wanted, built)

    def test_workbooks_hold_the_cells_links_and_saved_time_of_the_text(self):
        for folder in ("participating", "pending"):
            for path, head, table in self.texts(folder):
                if not head["file"].endswith(".xlsx"):
                    continue
                with self.subTest(path.name):
                    saved, read = read_workbook(LISTS / folder / head["file"])
                    self.assertEqual([[(t, u and unwrap(u)) for t, u in row] for row in read], table)
                    self.assertEqual(saved.isoformat() + "Z", head["saved"])

    def test_pages_hold_the_cells_and_links_of_the_text(self):
        pages = [text for text in self.texts("participating") if text[1]["file"].endswith(".html")]
        self.assertTrue(pages)
        for path, head, table in pages:
            with self.subTest(path.name):
                roster = Roster()
                roster.feed((LISTS / "participating" / head["file"]).read_text(encoding="utf-8"))
                self.assertEqual(roster.rows, table)

    def test_only_the_participating_list_has_signing_dates(self):
        for _, _, table in self.texts("participating"):
            self.assertIn(("SIGNED", None), table[0])
        for _, _, table in self.texts("pending"):
            self.assertNotIn(("SIGNED", None), table[0])

    def test_a_link_is_wrapped_as_a_mail_filter_does(self):
        targets = [u for path in LISTS.rglob("*.xlsx") for row in read_workbook(path)[1] for _, u in row if u]
        self.assertTrue(any(u.startswith("https://gcc02.safelinks.protection.outlook.com/?url=https%3A%2F%2F") for u in targets))

    def test_the_same_texts_give_the_same_bytes_anywhere(self):
        texts = [str(path) for folder in ("participating", "pending") for path, _, _ in self.texts(folder)]
        with tempfile.TemporaryDirectory() as other:
            subprocess.run([BUILDER, f"{other}/lists", *texts], check=True, env={**os.environ, "TZ": "Asia/Tokyo"})
            for path in LISTS.rglob("*.*"):
                again = pathlib.Path(other, "lists", path.relative_to(LISTS))
                self.assertEqual(path.read_bytes(), again.read_bytes(), path.name)

    def test_a_faulty_text_is_refused_with_its_line(self):
        with tempfile.TemporaryDirectory() as folder:
            text = pathlib.Path(folder, "faulty.txt")
            text.write_text("file: a.xlsx\nsaved: 2025-03-06T20:41:07Z\n\nSTATE | AGENCY\nTEXAS | One | Two\n")
            done = subprocess.run([BUILDER, f"{folder}/lists", text], capture_output=True, text=True, check=False)
            self.assertEqual(done.returncode, 1)
            self.assertIn("faulty.txt:5: 3 cells where the table has 2 columns", done.stderr)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
