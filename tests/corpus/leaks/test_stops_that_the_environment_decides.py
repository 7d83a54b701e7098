import os
import sys
import unittest
from unittest.mock import patch

import jobs


class SlowTest(unittest.TestCase):
    def setUp(self):
        self.slow = bool(os.environ.get("SLOW_TESTS"))
        self.job = patch("jobs.run")
        self.job.start()  # MLK101

    def tearDown(self):
        if self.slow:
            self.job.stop()


class LinuxTest(unittest.TestCase):
    def setUp(self):
        self.linux = sys.platform == "linux"
        if not self.linux:
            return
        self.fork = patch("jobs.fork")
        self.fork.start()

    def tearDown(self):
        if self.linux:
            self.fork.stop()


class HelpedTest(unittest.TestCase):
    def setUp(self):
        self.remote = os.getenv("REMOTE") == "1"
        self._start()

    def _start(self):
        if self.remote:
            self.call = patch.object(jobs, "call")
            self.call.start()

    def tearDown(self):
        if self.remote:
            self.call.stop()
