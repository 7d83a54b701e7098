from unittest import mock

import pytest

import shop


def test_order_raises():
    with pytest.raises(ValueError):
        mock.patch("shop.price", side_effect=ValueError).start()  # MLK101
        shop.order("tea")


def start_and_order():
    mock.patch("shop.price", side_effect=ValueError).start()  # MLK101
    shop.order("tea")


def test_helper_raises():
    with pytest.raises(ValueError):
        start_and_order()
