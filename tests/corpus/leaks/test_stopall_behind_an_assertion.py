"""A test function stops everything in its last line, which a failing assertion skips."""

from unittest import mock

import shop


def test_price():
    mock.patch("shop.rate").start()  # MLK102
    assert shop.price("tea") == 3
    mock.patch.stopall()


def test_tax():
    tax_patch = mock.patch("shop.tax")
    tax_patch.start()  # MLK102
    assert shop.price("tea") == 3
    mock.patch.stopall()
