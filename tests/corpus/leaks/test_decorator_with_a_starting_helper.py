import functools
from unittest import mock

from shop import basket


def started(price):
    patcher = mock.patch.object(basket, "price_of", return_value=price)
    patcher.start()
    return patcher


def with_price(function):
    @functools.wraps(function)
    def wrapped(*args, **kwargs):
        patcher = started(5)  # MLK102
        function(*args, **kwargs)
        patcher.stop()

    return wrapped


@with_price
def test_total():
    assert basket.total(["a", "b"]) == 10
