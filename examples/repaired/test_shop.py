"""The same tests, and every mock is certain to be gone when its test ends."""

import sys
import unittest
from unittest import mock

import shop


class TestCheckPrice(unittest.TestCase):
    def setUp(self):
        rate_patch = mock.patch("shop.rate", return_value=2.0)
        self.rate = rate_patch.start()
        self.addCleanup(rate_patch.stop)

    def test_asks_for_the_rate(self):
        self.assertEqual(shop.price(10, "USD"), 20.0)
        self.rate.assert_called_once_with("USD")


class TestCheckReceipt(unittest.TestCase):
    def test_contains_the_price(self):
        with mock.patch("shop.price", return_value=7.5):
            self.assertIn("7.5 EUR", shop.receipt(6, "EUR"))

    @mock.patch("printer.line", return_value="printed")
    def test_prints_one_line(self, line):
        self.assertEqual(shop.receipt(6, "EUR"), "printed")
        line.assert_called_once_with("6.0 EUR")


class TestCheckTill(unittest.TestCase):
    def test_is_asked_for_the_total(self):
        with mock.patch.object(shop.Till, "charge", return_value=3.0):
            self.assertEqual(shop.Till().charge(3), 3.0)

    def test_works_without_a_printer(self):
        with mock.patch.dict(sys.modules, {"printer": mock.MagicMock()}):
            self.assertEqual(shop.Till().total, 0.0)


class TestInnocent(unittest.TestCase):
    def test_price(self):
        self.assertEqual(shop.price(10, "USD"), 12.5)

    def test_receipt(self):
        self.assertEqual(shop.receipt(10, "EUR"), "............10.0 EUR")

    def test_till(self):
        self.assertEqual(shop.Till().charge(5), 5.0)

    def test_width_of_the_paper(self):
        import printer

        self.assertEqual(printer.WIDTH, 20)


if __name__ == "__main__":
    unittest.main()
