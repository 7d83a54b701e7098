from unittest import mock


class NoShop:
    def setUp(self):
        super().setUp()
        self.rates = [mock.patch("shop.rate")]
        self.mails = [mock.patch("shop.send")]
        for patcher in self.rates:
            patcher.start()
        for patcher in self.mails:
            patcher.start()  # MLK101

    def tearDown(self):
        for patcher in self.rates:
            patcher.stop()
        super().tearDown()
