#!/usr/bin/python3
"""The receivers must notice what is wrong with what they are sent: each test is one mistake."""

import json
import time
import unittest
import urllib.error
import urllib.request

from receivers import SECRETS, Hook, answer, faults_of, signature

BODY = json.dumps({"type": "changes", "data": {"entries": [{"entry": {"seq": 7}, "hash": "0" * 64}]}},
                  separators=(",", ":")).encode()
MESSAGES = [("a", (1, 2)), ("b", (3,)), ("b", (3,)), ("c", (4,))]


def post(hook, body=BODY, secrets=None, at=None):
    """As the service does; answers the status."""
    at = str(int(at or time.time()))
    signed = b"msg_1." + at.encode() + b"." + body
    headers = {"webhook-id": "msg_1", "webhook-timestamp": at,
               "webhook-signature": " ".join(signature(secret, signed) for secret in secrets or SECRETS)}
    try:
        with urllib.request.urlopen(urllib.request.Request(hook.url, body, headers)) as answered:
            return answered.status
    except urllib.error.HTTPError as refusal:
        return refusal.code


class Receivers(unittest.TestCase):
    def refuse(self, hook, fault):
        self.assertEqual(hook.faults, [f"msg_1: {fault}"])

    def test_a_message_as_it_must_be_is_kept(self):
        hook = Hook()
        self.assertEqual(post(hook), 204)
        self.assertEqual((hook.faults, hook.messages), ([], [("msg_1", (7,))]))

    def test_what_was_refused_was_not_taken(self):
        hook = Hook([answer(500)])
        self.assertEqual([post(hook), post(hook)], [500, 204])
        self.assertEqual([each.taken for each in hook.posts], [False, True])
        self.assertEqual(len(hook.messages), 1)

    def test_a_signature_that_is_missing_or_another_ones(self):
        for secrets in (SECRETS[:1], [SECRETS[0], SECRETS[0]]):
            hook = Hook()
            post(hook, secrets=secrets)
            self.refuse(hook, "is not signed as it should be")

    def test_a_message_of_long_ago(self):
        hook = Hook()
        post(hook, at=time.time() - 400)
        self.refuse(hook, "is not of now")

    def test_a_notice_to_a_reader(self):
        hook = Hook()
        post(hook, BODY.replace(b"changes", b"notice"))
        self.refuse(hook, "is a message of type notice to one who takes changes")

    def test_an_entry_that_was_written_anew(self):
        hook = Hook()
        post(hook, BODY.replace(b":", b": "))
        self.refuse(hook, "has no entries as the log has them")

    def test_what_is_no_message_at_all(self):
        hook = Hook()
        with self.assertRaises(ConnectionError):
            post(hook, b"hello")
        self.assertIn("JSONDecodeError", hook.faults[0])


class FaultsOf(unittest.TestCase):
    def refuse(self, messages, wanted, *faults):
        self.assertEqual(faults_of("desk", messages, wanted), [f"desk: {fault}" for fault in faults])

    def test_what_is_as_it_must_be(self):
        self.refuse(MESSAGES, [1, 2, 3, 4])

    def test_what_is_missing_or_too_much(self):
        self.refuse(MESSAGES, [1, 2, 3, 4, 5], "1 entries are missing, the first 5")
        self.refuse(MESSAGES, [1, 2, 3], "entries that were not for it")

    def test_another_order(self):
        self.refuse(MESSAGES[::-1], [1, 2, 3, 4], "not in the order of the log")

    def test_ids_that_do_not_tell_messages_apart(self):
        self.refuse([*MESSAGES, ("c", (5,))], [1, 2, 3, 4, 5], "two messages have the id c")
        self.refuse([*MESSAGES, ("d", (4,))], [1, 2, 3, 4], "one message came under two ids")


if __name__ == "__main__":
    unittest.main()
