from unittest import mock

import pytest

import shop
from helpers import Keeper


@pytest.fixture(autouse=True)
def rate_kept(request):
    request.addfinalizer(Keeper())


def test_rate():
    shop.rate = mock.Mock(return_value=3)
    assert shop.rate("EUR") == 3


def test_price():
    shop.price = mock.Mock(return_value=3)  # MLK201
    assert shop.price("tea") == 3
