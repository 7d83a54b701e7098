# select: MLK206
"""The environment is put back in a `finally`, in a teardown, or by what is named for it."""

import os
import unittest
from unittest import mock

from shop import EnvVars, temp_environ, with_environment


class TestZone(unittest.TestCase):
    def setUp(self):
        self.kept = os.environ.copy()
        self.zone = os.environ.get("TZ")
        os.environ["TZ"] = "UTC"

    def tearDown(self):
        os.environ.clear()
        os.environ.update(self.kept)
        if self.zone is not None:
            os.environ["TZ"] = self.zone

    def test_zone(self):
        self.assertEqual(os.environ["TZ"], "UTC")

    def test_home(self):
        home = os.environ.get("HOME")
        os.environ["HOME"] = "/nowhere"
        try:
            self.assertEqual(os.path.expanduser("~"), "/nowhere")
        finally:
            os.environ["HOME"] = home or ""


def test_path():
    with EnvVars(exclude=["PATH"]):
        os.environ["PATH"] = "/nowhere"
        assert os.environ["PATH"] == "/nowhere"


def test_lists():
    with temp_environ():
        os.environ.update({"LISTS": "a,b"})
        assert os.environ["LISTS"] == "a,b"


@with_environment
def test_user():
    os.environ["USER"] = mock.sentinel.user.name
    assert os.environ["USER"] == "user"
