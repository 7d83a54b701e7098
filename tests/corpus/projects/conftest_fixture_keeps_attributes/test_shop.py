"""Fixtures of conftest.py put attributes back, around all tests or those that ask for them."""

from unittest import mock

import shop


def test_rate():
    shop.rate = mock.Mock(return_value=2)
    shop.is_open = mock.Mock(return_value=True)
    shop.greeting = mock.Mock()
    assert shop.price(1) == 2


def test_log(quiet):
    shop.log = mock.Mock()
    shop.tax = mock.Mock()  # MLK201
    assert shop.price(1) == 1
