import shop
from framework_that_is_not_installed import TestCase


class ShopTestCase(TestCase):
    def tearDown(self):
        shop.RATES = None
        super().tearDown()
