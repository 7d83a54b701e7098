from unittest import mock


class FrozenMixin:
    def setUp(self):
        super().setUp()
        self.patcher = mock.patch("shop.new_id", return_value="id-0")
        self.new_id = self.patcher.start()  # MLK101

    def teardown(self):
        self.patcher.stop()
        super().tearDown()


class ThawedMixin:
    def setUp(self):
        super().setUp()
        self.patcher = mock.patch("shop.new_id", return_value="id-0")
        self.new_id = self.patcher.start()

    def tearDown(self):
        self.patcher.stop()
        super().tearDown()
