from unittest import mock

from shop import basket


def test_checkout_pays():
    patcher = mock.patch.object(basket, "pay")
    pay = patcher.__enter__()  # MLK102
    basket.Basket(["book"]).checkout()
    assert pay.called
    patcher.__exit__(None, None, None)
