import shop
from base import HelpedCase, RateCase


class TestRate(RateCase):
    def test_rate(self):
        self.assertIs(shop.rate, self.rate)


class TestHelped(HelpedCase):
    def tearDown(self):
        self.stop_rates()

    def test_rate(self):
        self.assertIs(shop.rate, self.rate)
