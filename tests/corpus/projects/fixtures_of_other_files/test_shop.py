"""Fixtures of a plugin that conftest.py names, and one that is imported, put back what tests assign."""

from unittest import mock

import shop
from shop_fixtures import keep_table


def test_rates():
    shop.RATES = mock.Mock()
    assert shop.RATES.load()


def test_order(keep_order):
    shop.order = mock.Mock()
    shop.order("tea")


def test_table(keep_table):
    shop.TABLE["tea"] = mock.Mock()
    assert shop.TABLE


def test_price():
    shop.price = mock.Mock()  # MLK201
    shop.price("tea")
