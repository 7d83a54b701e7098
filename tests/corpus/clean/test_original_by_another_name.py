"""What is put back is imported from where the replaced name got it."""

import unittest
from unittest import mock

import shop
from shop.formats import HtmlFormatter

real_input = input


class UpperFormatter:
    def format(self, text):
        return text.upper()


class TestReceipt(unittest.TestCase):
    def tearDown(self):
        shop.ask = real_input

    def test_answer(self):
        shop.ask = mock.Mock(return_value="yes")
        self.assertTrue(shop.confirm())

    def test_formatter(self):
        shop.Receipt.formatter = UpperFormatter
        try:
            self.assertEqual(shop.Receipt().text("a"), "A")
        finally:
            shop.Receipt.formatter = HtmlFormatter
