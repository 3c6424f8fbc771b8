#!/usr/bin/python3
"""The check must fail where it should: each test is one mistake in a small dashboard and one alert."""

import json
import tempfile
import unittest
from pathlib import Path

import check_operations

EXPOSED = check_operations.read_exposition(
    """# HELP a_state The state.
# TYPE a_state gauge
a_state{list="one",state="ok"} 1
a_state{list="one",state="silent"} 0
a_leader 1
a_seconds_bucket{le="1"} 0
a_seconds_count 0
"""
)
ALERT = """# Alerts.
groups:
  - name: a
    rules:
      - alert: Silent
        # Why so.
        expr: >-
          a_state{state="silent"} == 1
          and on (job, instance) a_leader == 1
        for: 2h
        labels:
          severity: warning
        annotations:
          summary: "The {{ $labels.list }} list: silent"
          description: >-
            Look
            at it.
"""
PANEL = {"title": "P", "targets": [{"expr": 'sum by (list) (a_state{state!="ok"})', "legendFormat": "{{list}}"}]}
VARIABLE = {"name": "job", "type": "query", "query": {"query": "label_values(a_leader, job)"}}
TEST = '{alertname="Silent"}'


class CheckOperations(unittest.TestCase):
    def check(self, alerts=ALERT, panel=None, variable=None, test=TEST):
        dashboard = {"panels": [panel or PANEL], "templating": {"list": [variable or VARIABLE]}}
        with tempfile.TemporaryDirectory() as name:
            root = Path(name)
            for folder in ("docs", "tests"):
                (root / folder / "operations").mkdir(parents=True)
            (root / "docs" / "operations" / "alerts.yml").write_text(alerts, encoding="utf-8")
            (root / "docs" / "operations" / "grafana-dashboard.json").write_text(json.dumps(dashboard), encoding="utf-8")
            (root / "tests" / "operations" / "alerts_test.yml").write_text(test, encoding="utf-8")
            return "\n".join(check_operations.faults(EXPOSED, root))

    def query(self, text):
        return "\n".join(check_operations.faults_of_query(text, EXPOSED))

    def refuse_alert(self, old, new, fault):
        self.assertIn(old, ALERT)
        self.assertIn(fault, self.check(alerts=ALERT.replace(old, new)))

    def test_what_is_right_has_no_fault(self):
        self.assertEqual(self.check(), "")

    def test_a_metric_nobody_exposes(self):
        self.refuse_alert("a_leader", "a_leaders", "alerts.yml: Silent: the program exposes no a_leaders")
        wrong = {"title": "P", "targets": [{"expr": "rate(b_total[5m])"}]}
        self.assertEqual(self.check(panel=wrong), "grafana-dashboard.json: P: the program exposes no b_total")

    def test_a_metric_wherever_it_stands(self):
        for query in (
            "wrong",
            "-wrong",
            "a_leader + wrong",
            "a_leader unless on (job) wrong == 1",
            "sum(wrong) by (job)",
            "sum by (job) (rate(wrong[5m] offset 1h))",
            "time() - (max by (list) (wrong) > 0)",
            'wrong{job="a_leader"}',
            "histogram_quantile(0.95, sum by (le) (rate(wrong[1d])))",
        ):
            self.assertIn("the program exposes no wrong", self.query(query), query)

    def test_a_label_value_nobody_exposes(self):
        self.refuse_alert('"silent"}', '"quiet"}', "a_state has no state quiet")
        self.assertEqual(self.query('a_state{state!="quiet"}'), "a_state has no state quiet")
        self.assertEqual(self.query('a_state{state=~"ok|silent"}'), "")
        self.assertEqual(self.query('a_state{state=~"ok|quiet"}'), "a_state has no state quiet")
        self.assertEqual(self.query('a_state{state=~"sil"}'), "a_state has no state sil")
        self.assertEqual(self.query('a_state{list="one", state="o."}'), "a_state has no state o.")

    def test_a_label_nobody_has(self):
        self.assertEqual(self.query('a_leader{list="one"}'), "a_leader has no label list")
        self.assertEqual(self.query("sum by (agency) (a_state)"), "no metric here has a label agency")
        self.assertEqual(self.query("sum by (le, job) (a_seconds_bucket)"), "")
        self.refuse_alert("$labels.list", "$labels.agency", "no metric here has a label agency")
        wrong = {"title": "P", "targets": [{"expr": "a_leader", "legendFormat": "{{list}}"}]}
        self.assertIn("no metric here has a label list", self.check(panel=wrong))

    def test_labels_of_the_target_and_the_dashboards_variables_are_free(self):
        self.assertEqual(self.query('a_state{job=~"$job", instance="b", list="$list"}'), "")
        self.assertEqual(self.query('absent(up{job="x"})'), "")

    def test_a_variable(self):
        for query, fault in (
            ("label_values(a_leaders, job)", "variable job: the program exposes no a_leaders"),
            ("label_values(a_leader, agency)", "variable job: no metric here has a label agency"),
            ("metrics(a.*)", "variable job: not in the form this check can read"),
        ):
            variable = {"name": "job", "type": "query", "query": {"query": query}}
            self.assertIn(fault, self.check(variable=variable))

    def test_a_metric_in_what_an_alert_says(self):
        wrong = ALERT.replace("            at it.", "            at agreementd_it.")
        self.assertEqual(self.check(alerts=wrong), "alerts.yml: Silent: the program exposes no agreementd_it")

    def test_an_alert_that_does_not_say_what_to_do(self):
        self.refuse_alert("description: >-\n            Look\n            at it.\n", "", "Silent: no description")
        self.refuse_alert("            Look\n            at it.\n", "", "Silent: no description")
        self.refuse_alert("summary", "title", "Silent: no summary")
        self.refuse_alert("severity: warning", "severity: page", "Silent: severity is neither")

    def test_an_alert_nobody_tests(self):
        self.assertEqual(self.check(test='{alertname="SilentToo"}'), "alerts.yml: Silent: no test makes it fire")

    def test_nothing_is_no_success(self):
        self.assertEqual(self.check(alerts="groups:\n"), "alerts.yml: no rule in it")
        self.assertIn("no query in it", self.check(panel={"title": "P"}))
        self.assertIn("names no metric", self.query("1 == 1"))


if __name__ == "__main__":
    unittest.main()
