import shop
from base import RateBase


class TestHooks(RateBase):
    def setup_method(self):
        super().setup_method()
        self.hooks = []

    def teardown_method(self):  # MLK101
        self.hooks.clear()

    def test_rate(self):
        assert shop.rate is self.rate


class TestCalls(RateBase):
    def teardown_method(self):
        super().teardown_method()

    def test_rate(self):
        assert shop.rate is self.rate
