"""A patch of one module leaves alone the attribute of the same name of another one, if both are known."""

import unittest
from unittest import mock

from bazaar import costs, legacy, prices, rates


class TestRate(unittest.TestCase):
    @mock.patch("bazaar.rates.ask", return_value="2")
    def test_another_module(self, ask):
        prices.ask = mock.Mock(return_value="3")  # MLK201
        self.assertEqual(rates.rate(), 2)

    @mock.patch("bazaar.ask", return_value="2")
    def test_the_package(self, ask):
        prices.ask = mock.Mock(return_value="3")  # MLK201
        self.assertEqual(prices.ask("price? "), "3")

    @mock.patch("bazaar.prices.ask")
    def test_the_module_itself(self, ask):
        prices.ask = mock.Mock(return_value="3")
        self.assertEqual(prices.ask("price? "), "3")

    @mock.patch("bazaar.prices.ask")
    def test_the_module_by_another_name(self, ask):
        costs.ask = mock.Mock(return_value="3")
        self.assertEqual(prices.ask("price? "), "3")

    @mock.patch("bazaar.legacy.ask")
    def test_a_module_that_another_stands_for(self, ask):
        prices.ask = mock.Mock(return_value="3")
        self.assertEqual(legacy.ask("price? "), "3")

    @mock.patch("time.ask", create=True)
    def test_a_module_without_a_file(self, ask):
        prices.ask = mock.Mock(return_value="3")  # MLK201
        self.assertEqual(prices.ask("price? "), "3")

    @mock.patch("bazaar.legacy.Legacy.ask")
    def test_a_class(self, ask):
        prices.ask = mock.Mock(return_value="3")  # MLK201
        self.assertEqual(prices.ask("price? "), "3")

    @mock.patch("bazaar.legacy.Legacy.ask")
    def test_another_class(self, ask):
        prices.Seller.ask = mock.Mock(return_value="3")  # MLK201
        self.assertEqual(prices.Seller().ask(), "3")

    @mock.patch("bazaar.legacy.Legacy.ask")
    def test_a_class_below_it(self, ask):
        prices.Older.ask = mock.Mock(return_value="3")
        self.assertEqual(prices.Older().ask(), "3")

    @mock.patch("market.ask")
    def test_a_module_that_is_not_there(self, ask):
        prices.ask = mock.Mock(return_value="3")
        self.assertEqual(prices.ask("price? "), "3")
