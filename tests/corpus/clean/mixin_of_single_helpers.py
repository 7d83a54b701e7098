from unittest import mock


class ClockMixin:
    """Its tests stop all that was started; one of them wants the real clock back in between."""

    def stop_the_clock(self):
        self.time_patch = mock.patch("time.time", return_value=1000.0)
        self.time_patch.start()

    def use_the_real_clock(self):
        self.time_patch.stop()

    def count_nothing(self):
        self.count_patch = mock.patch("shop.stock.count", return_value=0)
        self.count = self.count_patch.start()


class StockMixin:
    """The tests call either."""

    def start_counting(self):
        self.count_patch = mock.patch("shop.stock.count", return_value=0)
        self.count = self.count_patch.start()

    def tear_down_counting(self):
        self.count_patch.stop()


class ShopMixin:
    """It cleans up after one, and leaves the other to the test case that it is mixed into."""

    def setUp(self):
        super().setUp()
        mail_patch = mock.patch("shop.services.mail")
        mail_patch.start()
        mock.patch("shop.services.text").start()
        self.addCleanup(mail_patch.stop)
        self.count = self._start_mock("shop.stock.count")

    def _start_mock(self, path):
        patcher = mock.patch(path)
        self.addCleanup(patcher.stop)
        return patcher.start()
