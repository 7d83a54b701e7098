import shop
from helpers import replace


class TestForgotten:
    def setup_method(self):
        replace(shop.Gateway, "charge", lambda self, amount: amount)  # MLK101

    def test_charge(self):
        assert shop.Gateway().charge(3) == 3


class TestUndone:
    def setup_method(self):
        self.replaced = replace(shop.Gateway, "charge", lambda self, amount: amount)

    def teardown_method(self):
        self.replaced.undo()

    def test_charge(self):
        assert shop.Gateway().charge(3) == 3
