#!/usr/bin/python3
"""The check must fail where it should: each test is one mistake in an example of docs/alerts.md.

    check_alerts_doc_test.py SOURCE_DIR
"""

import shutil
import sys
import unittest
from pathlib import Path

import check_alerts_doc

TEXT = (Path(sys.argv[1]) / "docs" / "alerts.md").read_text(encoding="utf-8")


class Examples(unittest.TestCase):
    def changed(self, old, new):
        self.assertEqual(TEXT.count(old), 1, old)
        return TEXT.replace(old, new)

    def refuse(self, language, old, new, fault):
        found = "\n".join(check_alerts_doc.faults_of_verification(self.changed(old, new), language))
        self.assertIn(f"{language}: {fault}", found)

    def test_python(self):
        self.assertEqual(list(check_alerts_doc.faults_of_verification(TEXT, "python")), [])
        self.refuse("python", "int(timestamp)) > 300", "int(timestamp)) > 999", "more than five minutes old: accepted")
        self.refuse("python", "if not re.fullmatch", "if re.fullmatch", "ValueError")
        self.refuse("python", "signatures.split())", "[signatures])", "two signatures, ours the first: refused")
        self.refuse("python", ".encode() + body", ".encode() + body.strip()", "a body with a line end more: accepted")
        self.refuse("python", "hmac.compare_digest(each.encode(), wanted)", "wanted in each.encode()", "a signature with")
        self.refuse("python", "each.encode(), wanted)", "each, wanted.decode())", "TypeError")
        self.refuse("python", "import base64, hashlib, hmac, re, time", "import hmac", "NameError")

    @unittest.skipUnless(shutil.which("node"), "node is not here")
    def test_node(self):
        self.assertEqual(list(check_alerts_doc.faults_of_verification(TEXT, "js")), [])
        self.refuse("js", "Math.abs(now - Number(timestamp))", "(now - timestamp)", "more than five minutes ahead: accepted")
        self.refuse("js", "each.length === wanted.length && ", "", "CalledProcessError: ")
        self.refuse("js", ".update(body)", ".update(String(body))", "a body of any bytes: refused")
        self.refuse("js", 'signatures.split(" ")', "[signatures]", "two signatures, ours the last: refused")

    def test_shell(self):
        self.assertEqual(list(check_alerts_doc.faults_of_verification(TEXT, "bash")), [])
        self.refuse("bash", "${#code} == 44 && ", "", "no secret and a signature of nothing: accepted")
        self.refuse("bash", '"$2" "$3"; cat; }', '"$2" "$3"; tr -d "\\0"; }', "a body of any bytes: refused")
        self.refuse("bash", '*" v1,$code "*', '*" v1,"*', "another body: accepted")
        self.refuse("bash", "10#$3 >= now - 300 && ", "", "more than five minutes old: accepted")

    def test_what_is_not_there(self):
        for language in ("python", "js", "bash"):
            found = list(check_alerts_doc.faults_of_verification(TEXT.replace(f"```{language}\n", "```\n"), language))
            self.assertEqual(len(found), 1)
            self.assertIn(f"0 blocks of {language} under 'Is it from us'", found[0])
        altered = TEXT.replace("g0hM9", "g0hM8")
        self.assertIn("is not there whole", "\n".join(check_alerts_doc.faults_of_standard(altered)))

    def receive(self, old, new, fault):
        self.assertIn(fault, "\n".join(check_alerts_doc.faults_of_receiver(self.changed(old, new))))

    def test_the_receiver(self):
        self.assertEqual(list(check_alerts_doc.faults_of_receiver(TEXT)), [])
        self.receive("if not is_ours(", "if is_ours(", "receiver: a message: 503, not 204")
        self.receive("answer(503)", "answer(401)", "receiver: an old one: 401, not 503")
        self.receive("with kept:  #", "if kept:  #", "receiver: it kept [] and []")
        self.receive("OR IGNORE INTO messages", "INTO messages", "receiver: ")
        self.receive('.get("entries", [])', '["entries"]', "receiver: ")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
