from unittest import mock


class StockMixin:
    def setUp(self):
        super().setUp()
        self.count_patch = mock.patch("shop.stock.count")
        self.count = self.count_patch.start()  # MLK101

    def tear_down(self):
        self.count_patch.stop()
        super().tearDown()
