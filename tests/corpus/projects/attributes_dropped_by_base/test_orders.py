from unittest import mock

import shop
from bases import Base


class TestOrders(Base):
    def test_get(self):
        shop.client.get = mock.Mock(return_value="tea")
        self.assertEqual(shop.client.get(), "tea")

    def test_rate(self):
        shop.rate = mock.Mock(return_value=3)  # MLK201
        self.assertEqual(shop.rate(), 3)
