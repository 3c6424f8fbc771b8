#!/usr/bin/python3
"""The comparison must fail where it should: each test is one mistake in the file of a sink that was told everything."""

import copy
import unittest

from check_told import faults_of


def entry(seq, kind="new", **values):
    return {"seq": seq, "kind": kind, "reason": "listed", "list": "participating", "cause": "edition",
            "significance": "substantive", "state": "TX", "agency": "Bee County", "model": "TFM",
            "effective_date": "2025-07-01", "agreement_id": f"AAAAAAA{seq}", "related_id": None, "retracts_seq": None,
            "recorded_at": f"2025-07-0{seq}T12:00:00Z", **values}


def leaving(seq, signing, **values):
    return entry(seq, "terminated", reason="signed", list="pending", related_id=signing["agreement_id"], **values)


def item(told, **more):
    return {"entry": told, "hash": "00", **{key: {"entry": each, "hash": "00"} for key, each in more.items()}}


NEW = entry(1)
WITH_IT = leaving(2, NEW, recorded_at=NEW["recorded_at"])
CHANGED = entry(3, "changed", reason="")
LATER = entry(4)
LEFT_LATER = leaving(5, LATER)
TAKEN_BACK = entry(6)
RETRACTION = entry(7, "retracted", retracts_seq=6, cause="archive", agreement_id=TAKEN_BACK["agreement_id"])
CLERICAL = entry(8, "changed", significance="clerical")
LOG = [NEW, WITH_IT, CHANGED, LATER, LEFT_LATER, TAKEN_BACK, RETRACTION, CLERICAL]
STANDING = [NEW, WITH_IT, CHANGED, LATER, LEFT_LATER]
ITEMS = [item(NEW, application=WITH_IT), item(CHANGED), item(LATER), item(TAKEN_BACK),
         item(RETRACTION, retracted=TAKEN_BACK)]


class CheckTold(unittest.TestCase):
    def setUp(self):
        self.items = copy.deepcopy(ITEMS)

    def refuse(self, *faults, log=None, standing=None):
        found = list(faults_of(self.items, standing or STANDING, log or LOG))
        self.assertEqual([fault.split(":")[0].split(" with ")[0] for fault in found], list(faults))

    def test_a_file_as_it_must_be_has_no_fault(self):
        self.refuse()

    def test_an_entry_that_is_missing(self):
        del self.items[1]
        self.refuse("is missing")

    def test_an_entry_more(self):
        self.items.append(item(CLERICAL))
        self.refuse("is one more")

    def test_an_entry_that_is_there_twice(self):
        self.items.insert(2, self.items[1])
        self.refuse("is not in the order of the log, or has an entry twice")

    def test_entries_in_another_order(self):
        self.items[1], self.items[2] = self.items[2], self.items[1]
        self.refuse("is not in the order of the log, or has an entry twice")

    def test_an_entry_that_says_something_else(self):
        self.items[1]["entry"]["agency"] = "Cee County"
        self.refuse("is not as it is in the log")

    def test_a_signing_that_is_not_folded(self):
        del self.items[0]["application"]
        self.items.insert(1, item(WITH_IT))
        self.refuse("is one more", "tells of application None, not 2,")

    def test_an_application_that_is_nowhere(self):
        del self.items[0]["application"]
        self.refuse("tells of application None, not 2,")

    def test_an_application_that_is_another_ones(self):
        self.items[1]["application"] = {"entry": WITH_IT, "hash": "00"}
        self.refuse("tells of application 2, not None,")

    def test_a_leaving_is_its_own_line_where_nobody_was_told_of_the_agreement(self):
        archive = {**LATER, "cause": "archive"}
        log = [archive if each is LATER else each for each in LOG]
        standing = [each for each in STANDING if each is not LATER]
        del self.items[2]
        self.refuse("is missing", log=log, standing=standing)
        self.items.insert(2, item(LEFT_LATER))
        self.refuse(log=log, standing=standing)

    def test_an_application_that_left_again_and_is_said_to_be_listed(self):
        back = entry(8, "reinstated", list="pending", agreement_id=WITH_IT["agreement_id"])
        again = leaving(9, NEW, agreement_id=WITH_IT["agreement_id"], recorded_at="2025-07-09T12:00:00Z")
        self.items.append(item(back))
        told = [*LOG[:-1], back, again]
        self.refuse("is missing", f"says of {WITH_IT['agreement_id']} to the end that it is listed, in entry 8",
                    log=told, standing=[*STANDING, back, again])
        self.items.append(item(again))
        self.refuse(log=told, standing=[*STANDING, back, again])

    def test_what_holds_instead_of_what_is_taken_back(self):
        instead = entry(8, agreement_id=TAKEN_BACK["agreement_id"], recorded_at=RETRACTION["recorded_at"], cause="archive")
        told = [*LOG[:-1], instead]
        self.refuse("is missing", log=told)
        self.items.append(item(instead))
        self.refuse(log=told)

    def test_what_is_not_taken_back(self):
        del self.items[4]
        self.refuse("is one more", "says of AAAAAAA6 to the end that it is listed, in entry 6",
                    "does not take back entry 6")

    def test_an_application_that_is_not_taken_back(self):
        log = LOG + [entry(9, "retracted", retracts_seq=2, cause="verdict")]
        standing = [each for each in STANDING if each is not WITH_IT]
        self.refuse("does not take back entry 2", log=log, standing=standing)

    def test_a_retraction_of_what_was_not_told(self):
        self.items[4]["entry"]["retracts_seq"] = 8
        self.refuse("is one more", "says of AAAAAAA6 to the end that it is listed, in entry 6",
                    "takes back what it never told", "does not take back entry 6")


if __name__ == "__main__":
    unittest.main()
