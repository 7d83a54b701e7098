from unittest.mock import patch

from shop.tax import tax


class TestTax:
    rate_patch = patch("shop.tax.rate", return_value=0.2)

    def setup_method(self):
        self.rate_patch.start()  # MLK108

    @classmethod
    def teardown_class(cls):
        cls.rate_patch.stop()

    def test_tax(self):
        assert tax(100) == 20

    def test_tax_of_nothing(self):
        assert tax(0) == 0
