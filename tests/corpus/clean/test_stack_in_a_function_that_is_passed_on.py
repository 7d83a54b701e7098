"""A function that other code calls enters patches in a `with` of its own."""

from contextlib import ExitStack
from unittest.mock import patch

from shop import Basket


def test_prices_are_asked_once():
    asked = []
    original = Basket.flush

    def record(basket):
        with ExitStack() as stack:
            for item in basket.items:
                stack.enter_context(patch.object(item, "price", side_effect=asked.append))
            original(basket)

    with patch.object(Basket, "flush", autospec=True, side_effect=record):
        Basket().flush()
    assert len(asked) == len(set(asked))
