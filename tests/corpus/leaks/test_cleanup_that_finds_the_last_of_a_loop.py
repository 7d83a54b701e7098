import unittest
from unittest import mock

import shop


class TestRate(unittest.TestCase):
    def setUp(self):
        for name in ("rate", "price"):
            patcher = mock.patch.object(shop, name)
            patcher.start()  # MLK101
            self.addCleanup(lambda: patcher.stop())

    def test_target(self):
        for patcher in [mock.patch("shop.tax"), mock.patch("shop.charge")]:
            patcher.start()  # MLK101
            self.addCleanup(lambda: patcher.stop())

    def test_function(self):
        for name in ("tax", "charge"):
            patcher = mock.patch.object(shop, name)

            def stop():
                patcher.stop()

            patcher.start()  # MLK101
            self.addCleanup(stop)

    def test_default(self):
        for name in ("tax", "charge"):
            patcher = mock.patch.object(shop, name)
            patcher.start()
            self.addCleanup(lambda patcher=patcher: patcher.stop())

    def test_once(self):
        for name in ("tax",):
            patcher = mock.patch.object(shop, name)
            patcher.start()
            self.addCleanup(lambda: patcher.stop())

    def test_helper(self):
        for name in ("tax", "charge"):
            self._start(name)

    def _start(self, name):
        patcher = mock.patch.object(shop, name)
        patcher.start()
        self.addCleanup(lambda: patcher.stop())
