#!/usr/bin/python3
"""Checks docs/operations/ against what the program exposes.

    check_operations.py PROGRAM ROOT       names of metrics, labels and their values, in the dashboard and the alerts; what
                                           each alert must say; that a test makes it fire. PROGRAM prints /metrics
    check_operations.py --promtool ROOT    what promtool says of rules, queries and tests. 77: it is not here

Exit status 1 where anything is wrong, which is printed.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

# What Prometheus itself adds: to every series, and of every target.
TARGET_LABELS = {"job", "instance"}
OF_PROMETHEUS = {"up": {}}

OPERATORS = {"and", "or", "unless", "bool", "offset"}
GROUPINGS = {"by", "without", "on", "ignoring", "group_left", "group_right"}
TOKEN = re.compile(r"""\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\[[^\]]*\]|\$\w+|[a-zA-Z_:][\w:]*|[0-9][\w.]*|[=!<>~]+|.)""", re.S)


def read_exposition(text):
    """metric -> label -> its values"""
    metrics = {}
    for name, labels in re.findall(r"^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? ", text, re.M):
        known = metrics.setdefault(name, {})
        for label, value in re.findall(r'(\w+)="((?:[^"\\]|\\.)*)"', labels):
            known.setdefault(label, set()).add(value)
    return metrics


def read_query(query):
    """What a PromQL query names: [(metric, [(label, operator, value)])], and the labels it groups by."""
    tokens = [token for token in TOKEN.findall(query) if token.strip()] + [""]
    selectors, groupings = [], set()
    at = 0
    while tokens[at]:
        token, following = tokens[at], tokens[at + 1]
        at += 1
        if token in GROUPINGS and following == "(":
            end = tokens.index(")", at)
            groupings.update(name for name in tokens[at + 1 : end] if name != ",")
            at = end + 1
        elif re.match(r"[a-zA-Z_:]", token) and token not in OPERATORS | GROUPINGS:
            if following == "(" or following in GROUPINGS:
                continue  # a function
            matchers = []
            if following == "{":
                end = tokens.index("}", at)
                inside = [part for part in tokens[at + 1 : end] if part != ","]
                matchers = [(inside[i], inside[i + 1], inside[i + 2][1:-1]) for i in range(0, len(inside), 3)]
                at = end + 1
            selectors.append((token, matchers))
    return selectors, groupings


def faults_of_matcher(metric, values, label, operator, value):
    if label in TARGET_LABELS or "$" in value:
        return
    if label not in values:
        yield f"{metric} has no label {label}"
        return
    for one in value.split("|"):
        pattern = one if "~" in operator else re.escape(one)
        if not any(re.fullmatch(pattern, known) for known in values[label]):
            yield f"{metric} has no {label} {one}"


def faults_of_query(query, exposed, labels_used=()):
    """`labels_used`: by what shows the answer."""
    selectors, groupings = read_query(query)
    if not selectors:
        yield "names no metric"
    known_labels = set(TARGET_LABELS)
    for metric, matchers in selectors:
        values = exposed.get(metric, OF_PROMETHEUS.get(metric))
        if values is None:
            yield f"the program exposes no {metric}"
            continue
        known_labels.update(values)
        for matcher in matchers:
            yield from faults_of_matcher(metric, values, *matcher)
    for label in sorted({*groupings, *labels_used} - known_labels):
        yield f"no metric here has a label {label}"


def read_rules(text):
    groups = yaml.safe_load(text)["groups"] or []
    return [rule for group in groups for rule in group["rules"]]


def faults_of_alerts(text, tests, exposed):
    rules = read_rules(text)
    if not rules:
        yield "no rule in it"
    for rule in rules:
        name = rule["alert"]
        annotations = rule.get("annotations", {})
        said = " ".join(str(text) for text in annotations.values())
        for fault in faults_of_query(rule.get("expr", ""), exposed, re.findall(r"\$labels\.(\w+)", said)):
            yield f"{name}: {fault}"
        for metric in sorted(set(re.findall(r"\bagreementd_\w+", said)) - set(exposed)):
            yield f"{name}: the program exposes no {metric}"
        for annotation in ("summary", "description"):
            if not annotations.get(annotation):
                yield f"{name}: no {annotation}"
        if rule.get("labels", {}).get("severity") not in ("critical", "warning"):
            yield f"{name}: severity is neither critical nor warning"
        if f'alertname="{name}"' not in tests:
            yield f"{name}: no test makes it fire"


def queries_of_dashboard(dashboard):
    """(where, query, labels that its legend uses) of every panel."""
    for panel in dashboard["panels"]:
        for target in panel.get("targets", []):
            yield panel["title"], target["expr"], re.findall(r"\{\{\s*(\w+)\s*\}\}", target.get("legendFormat", ""))


def faults_of_dashboard(dashboard, exposed):
    seen = 0
    for where, query, labels in queries_of_dashboard(dashboard):
        seen += 1
        for fault in faults_of_query(query, exposed, labels):
            yield f"{where}: {fault}"
    if not seen:
        yield "no query in it"
    for variable in dashboard["templating"]["list"]:
        if variable["type"] != "query":
            continue
        query = variable["query"]["query"]
        match = re.fullmatch(r"label_values\((.+), (\w+)\)", query)
        if not match:
            yield f"variable {variable['name']}: not in the form this check can read: {query}"
            continue
        for fault in faults_of_query(match[1], exposed, [match[2]]):
            yield f"variable {variable['name']}: {fault}"


def faults(exposed, root):
    folder = root / "docs" / "operations"
    if not exposed:
        yield "the program exposes nothing"
    tests = (root / "tests" / "operations" / "alerts_test.yml").read_text(encoding="utf-8")
    for fault in faults_of_alerts((folder / "alerts.yml").read_text(encoding="utf-8"), tests, exposed):
        yield f"alerts.yml: {fault}"
    dashboard = json.loads((folder / "grafana-dashboard.json").read_text(encoding="utf-8"))
    for fault in faults_of_dashboard(dashboard, exposed):
        yield f"grafana-dashboard.json: {fault}"


def rules_of(dashboard):
    """The dashboard's queries as a file of rules, for promtool to parse; JSON is YAML too."""
    rules = []
    for _, query, _ in queries_of_dashboard(dashboard):
        query = re.sub(r"\$__(rate_)?interval", "1h", query)
        rules.append({"record": f"query{len(rules)}", "expr": query})
    return json.dumps({"groups": [{"name": "dashboard", "rules": rules}]})


def run_promtool(root):
    promtool = shutil.which("promtool")
    if not promtool:
        print("promtool is not here (Debian: package prometheus)")
        return 77
    operations = root / "docs" / "operations"
    dashboard = json.loads((operations / "grafana-dashboard.json").read_text(encoding="utf-8"))
    with tempfile.NamedTemporaryFile("w", suffix=".yml") as queries:
        queries.write(rules_of(dashboard))
        queries.flush()
        done = [
            subprocess.run([promtool, *command], check=False).returncode
            for command in (
                ["check", "rules", operations / "alerts.yml"],
                ["check", "rules", queries.name],
                ["test", "rules", root / "tests" / "operations" / "alerts_test.yml"],
            )
        ]
    return 1 if any(done) else 0


def main():
    program, root = sys.argv[1], Path(sys.argv[2])
    if program == "--promtool":
        return run_promtool(root)
    exposition = subprocess.run([program], check=True, capture_output=True, text=True).stdout
    found = list(faults(read_exposition(exposition), root))
    print("\n".join(found) or "dashboard and alerts name what the program exposes")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
