from contextlib import ExitStack
from unittest.mock import patch

from shop.orders import place_order


def test_order():
    with ExitStack() as stack:
        charge = stack.enter_context(patch("shop.orders.charge"))
        mail = patch("shop.orders.mail")
        mail.start()
        stack.callback(mail.stop)
        place_order("book")
        assert charge.called
