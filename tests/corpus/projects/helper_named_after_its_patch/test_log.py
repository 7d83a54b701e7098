import subprocess
import unittest
from unittest import mock

from shell import patch_clock, patch_shell


class TestLog(unittest.TestCase):
    def tearDown(self):
        mock.patch.stopall()

    def test_log(self):
        patch_shell(b"")
        patch_clock()
        assert subprocess.check_output(["git", "log"]) == b""
