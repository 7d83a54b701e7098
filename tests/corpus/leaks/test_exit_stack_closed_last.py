import contextlib
from unittest import mock

from shop.basket import Basket


def test_checkout():
    stack = contextlib.ExitStack()
    pay = stack.enter_context(mock.patch("shop.basket.pay"))  # MLK102
    Basket(["book"]).checkout()
    assert pay.called
    stack.close()
