"""A handler that raises again, or one of another error, does not get to what is behind it."""

import unittest
from unittest import mock

import shop


class TestPrice(unittest.TestCase):
    def test_handler_fails(self):
        original = shop.price
        shop.price = mock.Mock(return_value=3)  # MLK202
        try:
            shop.order("tea")
        except Exception as error:
            self.fail(str(error))
        shop.price = original

    def test_other_error(self):
        original = shop.convert
        shop.convert = mock.Mock(return_value=3)  # MLK202
        try:
            shop.order("tea")
        except KeyError:
            pass
        shop.convert = original

    def test_fails_in_the_else(self):
        original = shop.order
        shop.order = mock.Mock(return_value=3)  # MLK202
        try:
            shop.find("tea")
        except Exception:
            pass
        else:
            shop.find("coffee")
        shop.order = original

    def test_patched_within(self):
        patcher = mock.patch("shop.find")
        try:
            shop.order("tea")
            shop.order("coffee")
            shop.order("cocoa")
            patcher.start()  # MLK102
        except Exception:
            pass
        self.assertTrue(shop.order("tea"))
        patcher.stop()
