import shop
from bases import ShopTestCase


class TestShop(ShopTestCase):
    def setUp(self):
        super().setUp()
        self.price = self.start_patch("shop.price")
        self.rate = self.start_patcher("shop.rate")

    def test_price(self):
        self.assertIs(shop.price, self.price)
