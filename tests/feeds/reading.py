"""Reads feeds over HTTP as readers do."""

import json
import urllib.error
import urllib.request

import check_feeds


def get(url, headers=None):
    """(status, headers, body)"""
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers or {}), timeout=20) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def read_all(url):
    """Of a JSON Feed: the items of all its pages, the newest first, and what is wrong with them."""
    items, faults, pages = [], [], 0
    while url:
        status, _, body = get(url)
        if status != 200:
            return items, [*faults, f"{url}: {status}"], pages
        faults += [f"{url}: {fault}" for fault in check_feeds.faults_of_json_feed(body)]
        feed = json.loads(body)
        items += feed["items"]
        pages += 1
        url = feed.get("next_url")
    return items, faults, pages
