from unittest import mock


class RateBase:
    def setup_method(self):
        self.patcher = mock.patch("shop.rate")
        self.rate = self.patcher.start()

    def teardown_method(self):
        self.patcher.stop()
