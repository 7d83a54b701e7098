from unittest import mock

import shop


class TestPrices:
    @classmethod
    def setup_class(cls):
        cls.patcher = mock.patch.object(shop, "price", return_value=1)
        cls.patcher.start()  # MLK101

    @classmethod
    def tearDownClass(cls):
        cls.patcher.stop()

    def test_price(self):
        assert shop.price() == 1


class TestRates:
    @classmethod
    def setup_class(cls):
        cls.patcher = mock.patch.object(shop, "rate", return_value=1)
        cls.patcher.start()

    @classmethod
    def teardown_class(cls):
        cls.patcher.stop()

    def test_rate(self):
        assert shop.rate() == 1
