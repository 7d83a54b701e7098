import subprocess
import time

from shell import patch_clock, patch_shell


def test_head():
    run = patch_shell(b"abc")  # MLK101
    assert subprocess.check_output(["git", "rev-parse", "HEAD"]) == b"abc"
    run.assert_called_once()


def test_clock():
    patch_clock()  # MLK101
    assert time.time() == 0
