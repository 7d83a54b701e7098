import functools
from unittest import mock

from shop import basket


def with_price(price):
    def wrapper(function):
        @functools.wraps(function)
        def wrapped(*args, **kwargs):
            patcher = mock.patch.object(basket, "price_of", return_value=price)
            patcher.start()  # MLK102
            result = function(*args, **kwargs)
            patcher.stop()
            return result

        return wrapped

    return wrapper


@with_price(5)
def test_total():
    assert basket.total(["a", "b"]) == 10
