from unittest import mock

import shop
from stopping import StoppingTestCase


class TestMockKept(StoppingTestCase):
    def setUp(self):
        super().setUp()
        self.patcher = mock.patch.object(shop, "price", return_value=2).start()  # MLK101

    def test_price(self):
        self.assertEqual(shop.price(), 2)
        self.patcher.assert_called_once_with()


class TestPatcherKept(StoppingTestCase):
    def setUp(self):
        super().setUp()
        self.patcher = mock.patch.object(shop, "price", return_value=2)
        self.patcher.start()

    def test_price(self):
        self.assertEqual(shop.price(), 2)
