import getpass
import unittest
from unittest import mock


class GreetingTest(unittest.TestCase):
    def test_side_by_side(self):
        names = ["ann", "ben"]
        patchers = [mock.patch("getpass.getuser", return_value=name) for name in names]
        try:
            for name, patcher in zip(names, patchers):
                patcher.start()
                self.assertEqual(getpass.getuser(), name)
        finally:
            for patcher in patchers:
                patcher.stop()  # MLK110

    def test_in_reverse(self):
        patchers = [mock.patch("getpass.getuser", return_value=name) for name in ["ann", "ben"]]
        for patcher in patchers:
            self.addCleanup(patcher.stop)
            patcher.start()
        self.assertEqual(getpass.getuser(), "ben")

    def test_places_that_differ(self):
        patchers = [mock.patch("getpass." + name) for name in ("getuser", "getpass")]
        for patcher in patchers:
            patcher.start()
        try:
            self.assertIsNotNone(getpass.getuser())
        finally:
            for patcher in patchers:
                patcher.stop()
