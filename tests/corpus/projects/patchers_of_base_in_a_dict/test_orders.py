from bases import Base, SafeBase


class TestOrders(Base):
    def setUp(self):
        super().setUp()
        self.rate = self.patchers["rate"].start()  # MLK101

    def test_rate(self):
        self.rate.assert_not_called()


class TestSafeOrders(SafeBase):
    def setUp(self):
        super().setUp()
        self.rate = self.patchers["rate"].start()

    def test_rate(self):
        self.rate.assert_not_called()
