"""Tests that leave their mocks behind. Each of them passes; the ones at the end, which mock nothing, pay for it."""

import sys
import unittest
from unittest import mock

import printer
import shop


class TestCheckPrice(unittest.TestCase):
    def setUp(self):
        self.rate_patch = mock.patch("shop.rate", return_value=2.0)
        self.rate = self.rate_patch.start()

    def test_asks_for_the_rate(self):
        self.assertEqual(shop.price(10, "USD"), 20.0)
        self.rate.assert_called_once_with("USD")


class TestCheckReceipt(unittest.TestCase):
    def test_contains_the_price(self):
        price_patch = mock.patch("shop.price", return_value=7.5)
        price_patch.start()
        self.assertIn("7.5 EUR", shop.receipt(6, "EUR"))
        price_patch.stop()

    def test_prints_one_line(self):
        printer.line = mock.Mock(return_value="printed")
        self.assertEqual(shop.receipt(6, "EUR"), "printed")


class TestCheckTill(unittest.TestCase):
    def test_is_asked_for_the_total(self):
        shop.Till.charge = mock.MagicMock(return_value=3.0)
        self.assertEqual(shop.Till().charge(3), 3.0)

    def test_works_without_a_printer(self):
        sys.modules["printer"] = mock.MagicMock()
        self.assertEqual(shop.Till().total, 0.0)


class TestInnocent(unittest.TestCase):
    def test_price(self):
        self.assertEqual(shop.price(10, "USD"), 12.5)

    def test_receipt(self):
        self.assertEqual(shop.receipt(10, "EUR"), "............10.0 EUR")

    def test_till(self):
        self.assertEqual(shop.Till().charge(5), 5.0)

    def test_width_of_the_paper(self):
        import printer as installed

        self.assertEqual(installed.WIDTH, 20)


if __name__ == "__main__":
    unittest.main()
