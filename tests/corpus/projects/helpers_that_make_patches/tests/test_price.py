import unittest

import shop
from tests.doubles import fixed_rate, rates


class TestPrice(unittest.TestCase):
    def test_forgotten(self):
        rate = fixed_rate(3).start()  # MLK101
        self.assertEqual(shop.rate(2), 3)
        rate.assert_called_once_with(2)

    def test_stopped_at_the_end(self):
        patcher = fixed_rate(3)
        patcher.start()  # MLK102
        self.assertEqual(shop.rate(2), 3)
        patcher.stop()

    def test_known_rates(self):
        rates(two=3)  # MLK101
        self.assertEqual(shop.rate("two"), 3)

    def test_for_a_while(self):
        with fixed_rate(3):
            self.assertEqual(shop.rate(2), 3)

    def test_cleaned_up(self):
        patcher = fixed_rate(3)
        patcher.start()
        self.addCleanup(patcher.stop)
        self.assertEqual(shop.rate(2), 3)
