import unittest

from fakes import ShopFake, WholeFake


class TestShop(unittest.TestCase):
    def setUp(self):
        self.fake = ShopFake().start()
        self.addCleanup(self.fake.stop)
        self.whole = WholeFake()
        self.whole.start()
        self.addCleanup(self.whole.stop)

    def test_rate(self):
        self.fake.rate.assert_not_called()
