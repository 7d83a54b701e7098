import unittest
from unittest import mock

from shop import stock


class DeviceTestCase(unittest.TestCase):
    def setUp(self):
        super().setUp()
        self.sync_patcher = mock.patch("shop.device.sync")
        self.sync = self.sync_patcher.start()
        self.count = stock.count
        stock.count = mock.Mock(return_value=3)

    def tearDown(self):
        self.sync_patcher.stop()
        stock.count = self.count
        super().tearDown()


class CleanTestCase(unittest.TestCase):
    def setUp(self):
        patcher = mock.patch("shop.device.open")
        self.open = patcher.start()
        self.addCleanup(patcher.stop)

    def tearDown(self):
        self.open = None
