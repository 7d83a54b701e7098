from unittest import mock


class ShopFake:
    def __init__(self):
        self._rate = mock.patch("shop.rate")
        self._price = mock.patch("shop.price")

    def start(self):
        self.rate = self._rate.start()
        self.price = self._price.start()  # MLK101
        return self

    def stop(self):
        self._rate.stop()


class WholeFake:
    def __init__(self):
        self._rate = mock.patch("shop.rate")
        self._price = mock.patch("shop.price")

    def start(self):
        self.rate = self._rate.start()
        self.price = self._price.start()

    def stop(self):
        self._stop_rate()
        self._price.stop()

    def _stop_rate(self):
        self._rate.stop()


class LeftToOthers:
    def start(self):
        self.rate_patch = mock.patch("shop.rate")
        self.rate = self.rate_patch.start()
