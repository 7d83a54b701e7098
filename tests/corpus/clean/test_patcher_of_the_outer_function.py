"""An inner function sets the name of the function around it, which stops the patcher by it."""

from unittest import mock

import pytest


@pytest.fixture
def price():
    patcher = None

    def begin():
        nonlocal patcher
        patcher = mock.patch("shop.price")
        return patcher.start()

    yield begin()
    patcher.stop()


def test_price(price):
    price.assert_not_called()
