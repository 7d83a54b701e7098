from unittest import mock

import bases
import shop


class TestSwallowed(bases.ClockMixin, bases.ShopTestCase):
    def setUp(self):
        super().setUp()
        mock.patch.object(shop, "hour", return_value=self.now).start()  # MLK101

    def test_hour(self):
        self.assertEqual(shop.hour(), 12)


class TestCalled(bases.PoliteClockMixin, bases.ShopTestCase):
    def setUp(self):
        super().setUp()
        mock.patch.object(shop, "hour", return_value=self.now).start()

    def test_hour(self):
        self.assertEqual(shop.hour(), 12)


class TestInFront(bases.ShopTestCase, bases.ClockMixin):
    def setUp(self):
        super().setUp()
        mock.patch.object(shop, "hour", return_value=12).start()

    def test_hour(self):
        self.assertEqual(shop.hour(), 12)
