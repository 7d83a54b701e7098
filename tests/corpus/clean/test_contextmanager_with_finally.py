from contextlib import contextmanager
from unittest.mock import patch

from shop import stock


@contextmanager
def stock_of(count):
    patcher = patch.object(stock, "count", return_value=count)
    patcher.start()
    try:
        yield
    finally:
        patcher.stop()


def test_sold_out():
    with stock_of(0):
        assert stock.is_sold_out("book")
