#!/usr/bin/python3
"""The check must fail where it should: each test is one mistake in what print_alerts prints.

    check_alerts_test.py PRINT_ALERTS SCHEMA
"""

import copy
import json
import sys
import unittest
from pathlib import Path

import check_alerts

PRINTED = check_alerts.read_printed(sys.argv[1])
CHECK = check_alerts.Check(json.loads(Path(sys.argv[2]).read_text(encoding="utf-8")))


def first(what, holds=""):
    return copy.deepcopy(next(each for each in PRINTED if each["what"] == what and holds in each["text"]))


class CheckAlerts(unittest.TestCase):
    def faults(self, printed):
        return "\n".join(CHECK.faults(printed))

    def refuse(self, what, old, new, fault):
        printed = first(what, old)
        self.assertEqual(self.faults(printed), "")
        printed["text"] = printed["text"].replace(old, new, 1)
        self.assertIn(fault, self.faults(printed))

    def test_an_entry_with_a_key_more_or_less(self):
        self.refuse("entry", '"state":', '"stat":', "'stat' was unexpected")
        self.refuse("entry", '"state":"NM",', "", "'state' is a required property")

    def test_an_entry_with_a_value_nobody_knows(self):
        self.refuse("entry", '"kind":"new"', '"kind":"fresh"', "'fresh' is not one of")
        self.refuse("entry", '"cause":"edition"', '"cause":"x"', "'x' is not one of")
        self.refuse("entry", '"2025-03-18"', '"2025-02-30"', "'2025-02-30' is not a 'date'")
        self.refuse("entry", "T22:01:02.000345Z", " 22:01:02", "does not match")
        self.refuse("entry", '"seq":1,', '"seq":"1",', "'1' is not of type 'integer'")

    def test_an_entry_of_one_kind_with_what_belongs_to_another(self):
        self.refuse("entry", '"reason":"renewal"', '"reason":"signed"', "'signed' is not one of")
        self.refuse("entry", '"kind":"retracted"', '"kind":"new"', "False schema does not allow")
        self.refuse("entry", '"related_id":"AOTHEROTH",', "", "'related_id' is a required property")
        self.refuse("entry", '"fields":["agency","moa"]', '"fields":["agency"]', "fields, before and after differ")

    def test_an_entry_that_was_written_anew(self):
        self.refuse("entry", ",", ", ", "not in canonical form")
        self.refuse("line", '{"after":{},"agency"', '{"after":{}, "agency"', "does not begin with the entry's own text")

    def test_a_webhook_that_was_changed_on_its_way(self):
        self.refuse("webhook", '"reason":"unlisted"', '"reason":"switched"', "the signatures are not those")
        self.refuse("webhook", '"type":"changes"', '"type":"change"', "'change' is not one of")
        self.refuse("webhook", '"type":"notice"', '"type":"changes"', "'entries' is a required property")
        self.refuse("webhook", '"status":"closed"', '"status":"opened"', "False schema does not allow")
        self.refuse("webhook", '"text":"TEST: ', '"text":"', "does not match")

    def test_a_line_of_no_shape(self):
        self.refuse("line", '{"test"', '{"tests"', "is not valid under any of the given schemas")
        self.refuse("line", "}\n", "}", "not one line")

    def test_markup_that_is_not_ours(self):
        self.refuse("slack", "&lt;!channel", "<!channel", "markup: <!channel")
        self.refuse("slack", "listed", "l" * 4000, "characters")

    def test_an_email_with_another_header_or_text(self):
        self.refuse("email", "Date: ", "Bcc: x@example.org\r\nDate: ", "headers [")
        self.refuse("email", "Auto-Submitted: auto-generated", "Auto-Submitted: no", "Auto-Submitted: no")
        self.refuse("email", "  listed", "  listened", "not in both parts: listed 2025-03-18")
        self.refuse("email", "\r\n\r\n", "\n\n", "a line end that is not CRLF")
        self.refuse("email", "&lt;script", "<script", "markup that is not ours")

    def test_an_entry_that_is_missing_from_the_chain(self):
        self.assertEqual(list(check_alerts.faults_of_chain(PRINTED)), [])
        without = [each for each in PRINTED if each["what"] != "line" or '"seq":3,' not in each["text"]]
        self.assertTrue(list(check_alerts.faults_of_chain(without)))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
