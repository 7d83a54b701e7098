from unittest import TestCase, mock

import shop


class TestRate(TestCase):
    def _price_at(self, rate):
        rate_mock = mock.patch.object(shop, "rate")
        rate_mock = rate_mock.start()
        try:
            rate_mock.return_value = rate
            return shop.price(2)
        finally:
            rate_mock.stop()  # MLK109

    def test_low(self):
        self.assertEqual(self._price_at(1), 2)

    def test_high(self):
        self.assertEqual(self._price_at(3), 6)
