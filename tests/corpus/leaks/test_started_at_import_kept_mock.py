from unittest import mock

import shop.tax

mock.patch("shop.tax.rate", lambda country: 0.2).start()  # MLK107


class TestTax:
    def test_tax(self):
        assert shop.tax.tax(100) == 20

    def test_no_tax(self):
        assert shop.tax.tax(0) == 0
