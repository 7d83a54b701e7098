import unittest
from unittest import mock

import shop


class StoppedByRunTest(unittest.TestCase):
    def run(self, result=None):
        try:
            return super().run(result)
        finally:
            self.rate.stop()

    def setUp(self):
        self.rate = mock.patch.object(shop, "rate", return_value=2)
        self.rate.start()

    def test_rate(self):
        self.assertEqual(shop.rate(), 2)
