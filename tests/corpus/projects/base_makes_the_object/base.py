import unittest
from unittest import mock

from blockdev import drivers


class DriverTestCase(unittest.TestCase):
    def setUp(self):
        super().setUp()
        self.driver_class = drivers.LoopDriver
        self.driver = self.make_driver()
        self.volume = self.make_volume()

    def make_driver(self, path="/dev/loop0"):
        return self.driver_class(path)

    def make_volume(self, **options):
        return mock.MagicMock(**options)
