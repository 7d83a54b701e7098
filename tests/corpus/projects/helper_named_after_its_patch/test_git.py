import subprocess
import time
import unittest

from shell import patch_clock, patch_shell


def test_head():
    run = patch_shell(b"abc")  # MLK101
    assert subprocess.check_output(["git", "rev-parse", "HEAD"]) == b"abc"
    run.assert_called_once()


def test_clock():
    patch_clock()  # MLK101
    assert time.time() == 0


class TestLog(unittest.TestCase):
    def tearDown(self):
        unittest.mock.patch.stopall()

    def test_log(self):
        patch_shell(b"")
        patch_clock()
        assert subprocess.check_output(["git", "log"]) == b""
