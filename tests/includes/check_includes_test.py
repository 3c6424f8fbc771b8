#!/usr/bin/env python3
"""The check must fail where it should: each test is a small tree with one include in it."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

CHECK = pathlib.Path(__file__).with_name("check_includes.py")


class CheckIncludes(unittest.TestCase):
    def check(self, file, *lines):
        """(exit status, output) of the check on a tree that holds one file."""
        with tempfile.TemporaryDirectory() as root:
            path = pathlib.Path(root, file)
            path.parent.mkdir(parents=True)
            path.write_text("\n".join(lines) + "\n", encoding="utf-8")
            done = subprocess.run([sys.executable, CHECK, root], capture_output=True, text=True, check=False)
            return done.returncode, done.stdout

    def assert_allowed(self, file, *lines):
        status, output = self.check(file, *lines)
        self.assertEqual(status, 0, output)

    def assert_refused(self, where, file, *lines):
        status, output = self.check(file, *lines)
        self.assertEqual(status, 1, output)
        self.assertIn(where, output)

    def test_a_folder_may_include_itself_the_model_and_the_standard_library(self):
        self.assert_allowed("parsers/a.cpp", '#include "parsers/a.h"', "#include <string_view>", '#include "model/time.h"')

    def test_the_daemon_may_include_every_folder(self):
        self.assert_allowed("daemon/a.cpp", '#include "storage/store.h"', '#include "tracking/fold.h"', "#include <unistd.h>")

    def test_the_model_includes_nobody(self):
        self.assert_refused("model/a.h:2: parsers/list.h", "model/a.h", "#pragma once", '#include "parsers/list.h"')

    def test_the_middle_does_not_include_the_middle(self):
        self.assert_refused("tracking/a.cpp:1: storage/store.h", "tracking/a.cpp", '#include "storage/store.h"')

    def test_the_middle_does_not_include_what_stands_above_it(self):
        self.assert_refused("storage/a.cpp:1", "storage/a.cpp", '#  include "daemon/config.h"')

    def test_alerts_and_web_know_nothing_of_each_other(self):
        self.assert_allowed("alerts/a.cpp", '#include "fetchers/url.h"', '#include "storage/store.h"')
        self.assert_refused("web/a.cpp:1: alerts/words.h", "web/a.cpp", '#include "alerts/words.h"')
        self.assert_refused("alerts/a.cpp:1: web/server.h", "alerts/a.cpp", '#include "web/server.h"')

    def test_the_two_programs_know_nothing_of_each_other(self):
        self.assert_allowed("daemon/service/a.cpp", '#include "daemon/service/b.h"', '#include "daemon/run_once.h"')
        self.assert_refused("daemon/service/a.cpp:1", "daemon/service/a.cpp", '#include "daemon/commands/b.h"')
        self.assert_refused("daemon/a.cpp:1", "daemon/a.cpp", '#include "daemon/commands/b.h"')

    def test_code_does_not_include_tests(self):
        self.assert_refused("daemon/a.cpp:1", "daemon/a.cpp", '#include "tests/fakes/clock.h"')

    def test_a_path_relative_to_the_file_is_refused(self):
        self.assert_refused("daemon/a.cpp:1", "daemon/a.cpp", '#include "config.h"')
        self.assert_refused("daemon/b.cpp:1", "daemon/b.cpp", '#include "../storage/store.h"')

    def test_a_folder_below_a_folder_follows_the_same_rules(self):
        self.assert_refused("parsers/deep/a.cpp:1", "parsers/deep/a.cpp", '#include "storage/store.h"')

    def test_a_library_outside_its_folder_is_refused(self):
        self.assert_allowed("storage/a.cpp", "#include <pqxx/connection>")
        self.assert_refused("daemon/a.cpp:1: pqxx/pqxx", "daemon/a.cpp", "#include <pqxx/pqxx>")
        self.assert_refused("tracking/a.cpp:1: nlohmann/json.hpp", "tracking/a.cpp", "#include <nlohmann/json.hpp>")

    def test_a_library_nobody_knows_is_refused(self):
        self.assert_refused("daemon/a.cpp:1: boost/asio.hpp", "daemon/a.cpp", "#include <boost/asio.hpp>")

    def test_a_header_of_ours_in_angle_brackets_is_refused(self):
        self.assert_refused("tracking/a.cpp:1", "tracking/a.cpp", "#include <storage/store.h>")

    def test_the_pure_folders_ask_nothing_of_the_system(self):
        self.assert_refused("tracking/a.cpp:1: unistd.h", "tracking/a.cpp", "#include <unistd.h>")
        self.assert_refused("parsers/a.cpp:1: spdlog/spdlog.h", "parsers/a.cpp", "#include <spdlog/spdlog.h>")

    def test_a_folder_no_rule_speaks_of_is_refused(self):
        self.assert_refused("misc/", "misc/a.cpp", "#include <string>")

    def test_an_empty_tree_is_no_success(self):
        self.assert_refused("no source file", "docs/readme.md", "text")


if __name__ == "__main__":
    unittest.main()
