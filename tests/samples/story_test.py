#!/usr/bin/env python3
"""story_test.py AGREEMENTCTL PRIVATE_POSTGRES LISTS: imported, the sample lists become the story of samples/README.md."""

import csv
import io
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import unittest

AGREEMENTCTL, PRIVATE_POSTGRES, LISTS = sys.argv[1:4]

# Every entry of the change log: date, list, kind, reason or fields, state, agency, model.
STORY = """
2021-04-10 | participating | terminated | unlisted | GA | Cobb County Sheriff's Office | JEM
2021-04-10 | participating | terminated | unlisted | GA | Gwinnett County Sheriff's Office | JEM
2021-04-10 | participating | terminated | superseded | TN | Knox County Sheriff’s Office | JEM
2021-04-10 | participating | new | renewal | TN | Knox County Sheriff’s Office | JEM
2025-03-06 | participating | new | listed | FL | Collier County Sheriff's Office | TFM
2025-03-06 | participating | new | listed | FL | Florida Department of Law Enforcement | TFM
2025-03-06 | participating | new | listed | FL | Panama City Police Dept. | TFM
2025-03-06 | participating | new | listed | NV | Douglas County Sheriff's Office | TFM
2025-03-06 | participating | new | listed | NV | Douglas County Sheriff's Office | WSO
2025-03-06 | participating | new | listed | NY | Lake Placid Police Department | TFM
2025-03-07 | participating | changed | state | FL | Lake Placid Police Department | TFM
2025-03-07 | participating | terminated | unlisted | NV | Douglas County Sheriff's Office | TFM
2025-03-14 | pending | new | listed | FL | Florida State Guard | TFM
2025-03-14 | pending | new | listed | NV | Mineral County Sheriff's Office | TFM
2025-03-18 | participating | changed | agency | FL | Panama City Police Department | TFM
2025-03-18 | participating | changed | moa | FL | Collier County Sheriff's Office | TFM
2025-03-18 | participating | changed | moa | FL | Florida Department of Law Enforcement | TFM
2025-03-18 | participating | changed | moa | FL | Lake Placid Police Department | TFM
2025-03-18 | participating | changed | moa | NV | Douglas County Sheriff's Office | WSO
2025-03-18 | participating | new | listed | NV | Mineral County Sheriff's Office | TFM
2025-03-18 | participating | new | listed | NV | Mineral County Sheriff's Office | WSO
2025-03-19 | pending | changed | agency | GA | Spalding County Sheriff's Office | JEM
2025-03-19 | pending | terminated | signed | NV | Mineral County Sheriff's Office | TFM
2025-04-03 | participating | new | listed | FL | Florida State Guard | TFM
2025-04-03 | participating | new | listed | KS | Kansas Bureau of Investigation | TFM
2025-04-03 | participating | new | listed | KS | Kansas Bureau of Investigation | WSO
2025-04-03 | participating | terminated | unlisted | NV | Mineral County Sheriff's Office | TFM
2025-04-30 | participating | changed | moa | NV | Mineral County Sheriff's Office | WSO
2025-04-30 | participating | new | listed | DE | Camden Police Department | TFM
2025-04-30 | participating | new | listed | FL | Macro Island Police Department | TFM
2025-04-30 | participating | new | listed | NH | New Hampshire State Police | TFM
2025-04-30 | participating | terminated | unlisted | KS | Kansas Bureau of Investigation | WSO
2025-04-30 | pending | terminated | signed | FL | Florida State Guard | TFM
2025-04-30 | pending | terminated | signed | NH | New Hampshire State Police | TFM
2025-05-16 | participating | changed | agency | FL | Marco Island Police Department | TFM
2025-05-16 | participating | changed | moa | NH | New Hampshire State Police | TFM
2025-05-16 | participating | terminated | unlisted | DE | Camden Police Department | TFM
2025-05-22 | pending | new | listed | AL | Limestone County Sheriff's Office | TFM
2025-05-22 | pending | new | listed | AL | Limestone County Sheriff's Office | WSO
2025-05-22 | pending | new | listed | WY | Laramie County Sheriff’s Office | TFM
2025-05-22 | pending | terminated | unlisted | NE | Sarpy County Department of Corrections | WSO
2025-06-12 | participating | new | listed | AL | Limestone County Sheriff's Office | TFM
2025-06-12 | participating | new | listed | AL | Limestone County Sheriff's Office | WSO
2025-06-12 | participating | new | listed | WY | Laramie County Sheriff’s Office | JEM
2025-06-12 | participating | new | listed | WY | Laramie County Sheriff’s Office | TFM
2025-06-12 | participating | new | listed | WY | Laramie County Sheriff’s Office | WSO
2025-06-13 | pending | new | listed | AL | Marion County Sheriff's Office | JEM
2025-06-13 | pending | new | listed | AL | Marion County Sheriff's Office | WSO
2025-06-13 | pending | terminated | signed | AL | Limestone County Sheriff's Office | WSO
2025-06-13 | pending | terminated | signed | WY | Laramie County Sheriff’s Office | TFM
2025-06-13 | pending | terminated | signed | WY | Laramie County Sheriff’s Office | WSO
2025-06-13 | pending | terminated | unlisted | GA | Spalding County Sheriff's Office | JEM
2025-06-27 | participating | changed | moa | FL | Marco Island Police Department | TFM
2025-06-27 | participating | changed | moa;signed | AL | Limestone County Sheriff's Office | TFM
2025-06-27 | participating | changed | moa;signed | WY | Laramie County Sheriff’s Office | TFM
2025-07-15 | pending | new | listed | PA | East Donegal Township Constables Office | TFM
2025-07-15 | pending | terminated | signed | AL | Limestone County Sheriff's Office | TFM
2025-07-16 | participating | new | listed | PA | East Donegal Township Constables Office | TFM
2025-07-24 | participating | new | listed | AL | Marion County Sheriff's Office | JEM
2025-07-24 | participating | new | listed | AL | Marion County Sheriff's Office | WSO
2025-07-24 | participating | terminated | unlisted | PA | East Donegal Township Constables Office | TFM
2025-07-24 | pending | terminated | signed | AL | Marion County Sheriff's Office | JEM
2025-07-24 | pending | terminated | signed | AL | Marion County Sheriff's Office | WSO
2025-07-24 | pending | terminated | signed | PA | East Donegal Township Constables Office | TFM
2025-07-29 | participating | reinstated | | PA | East Donegal Township Constables Office | TFM
"""


def told(entry):
    """A change log entry as STORY writes it."""
    why = entry["reason"]
    if entry["kind"] == "changed":
        why = ";".join(sorted(entry["fields"].split(";")))
    elif entry["kind"] == "reinstated":
        why = ""  # how long it was gone: the program's words
    return (entry["effective_date"], entry["list"], entry["kind"], why, entry["state"], entry["agency"], entry["model"])


class Cluster:
    """A throw-away PostgreSQL; it ends when its standard input does."""

    def __enter__(self):
        self.folder = tempfile.mkdtemp()
        os.chmod(self.folder, 0o755)  # the server may run as another user
        self.process = subprocess.Popen([PRIVATE_POSTGRES, "hold", f"{self.folder}/postgres"], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)
        self.uri = self.process.stdout.readline().strip()
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()
        shutil.rmtree(self.folder, ignore_errors=True)


class Story(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.cluster = cls.enterClassContext(Cluster())
        cls.agreementctl("setup")
        cls.agreementctl("import", LISTS)

    @classmethod
    def agreementctl(cls, *arguments):
        done = subprocess.run([AGREEMENTCTL, "--database", cls.cluster.uri, *arguments], capture_output=True, text=True,
                              check=False, stdin=subprocess.DEVNULL)
        assert done.returncode == 0, f"{arguments}: {done.stderr}"
        return done.stdout

    @classmethod
    def rows(cls, *arguments):
        return list(csv.DictReader(io.StringIO(cls.agreementctl(*arguments, "--format", "csv"))))

    def test_the_change_log_tells_exactly_this(self):
        wanted = [tuple(cell.strip() for cell in line.split("|")) for line in STORY.strip().splitlines()]
        self.maxDiff = None
        self.assertEqual(sorted(told(entry) for entry in self.rows("changes")), sorted(wanted))

    def test_only_spellings_are_clerical(self):
        clerical = [entry["agency"] for entry in self.rows("changes") if entry["significance"] == "clerical"]
        self.assertEqual(sorted(clerical), ["Marco Island Police Department", "Panama City Police Department",
                                            "Spalding County Sheriff's Office"])

    def test_nothing_is_unconfirmed(self):
        self.assertEqual([entry for entry in self.rows("changes") if entry["unconfirmed"] == "true"], [])

    def test_one_edition_is_quarantined(self):
        quarantined = self.rows("editions", "--status", "quarantined")
        self.assertEqual([edition["file_name"] for edition in quarantined], ["participatingAgencies07252025am.xlsx"])

    def test_the_mislabelled_list_is_an_edition_of_the_pending_list(self):
        pending = {edition["file_name"] for edition in self.rows("editions") if edition["list"] == "pending"}
        self.assertIn("participatingAgencies07152025pm.xlsx", pending)

    def test_the_last_participating_edition_is_what_is_current(self):
        rows = [line for line in pathlib.Path(__file__).parents[2].joinpath(
            "samples/participating/2025-07-29-am-b.txt").read_text(encoding="utf-8").splitlines()
            if " | " in line and not line.startswith("#")]
        self.assertEqual(len(self.rows("current")), len(rows) - 1)

    def test_what_was_listed_on_a_day_is_as_the_list_had_it_then(self):
        lake = [row["state"] for row in self.rows("as-of", "2025-03-06") if row["agency"].startswith("Lake Placid")]
        self.assertEqual(lake, ["NY"])

    def test_no_wrapped_link_is_shown(self):
        self.assertNotIn("safelinks", self.agreementctl("current", "--format", "csv") + self.agreementctl("changes", "--format", "csv"))

    def test_importing_again_changes_nothing(self):
        before = self.agreementctl("changes", "--all", "--format", "csv")
        files = sorted(str(path) for path in pathlib.Path(LISTS).rglob("*.*"))
        random.Random(287).shuffle(files)
        self.agreementctl("import", *files)
        self.assertEqual(self.agreementctl("changes", "--all", "--format", "csv"), before)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
