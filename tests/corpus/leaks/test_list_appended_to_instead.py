import time
import unittest

import shop


class TestWait(unittest.TestCase):
    def setUp(self):
        self.slept = []
        time.sleep = self.slept.append  # MLK204

    def test_at_once(self):
        self.assertTrue(shop.wait())
        self.assertEqual(self.slept, [])
