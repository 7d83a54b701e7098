from unittest import mock


class HourMixin:
    def setUp(self):
        super().setUp()
        self.hour_patcher = mock.patch("shop.hour", return_value=9)
        self.hour = self.hour_patcher.start()

    def stop_hour(self):
        self.hour_patcher.stop()


class CleanedMixin:
    def setUp(self):
        super().setUp()
        self.hour_patcher = mock.patch("shop.hour", return_value=9)
        self.hour = self.hour_patcher.start()

    def cleanUp(self):
        self.hour_patcher.stop()
        super().cleanUp()


class RegisteringMixin:
    def setUp(self):
        super().setUp()
        self.hour_patcher = mock.patch("shop.hour", return_value=9)
        self.hour = self.hour_patcher.start()
        self.addCleanup(self.end_hour)

    def end_hour(self):
        self.hour_patcher.stop()
