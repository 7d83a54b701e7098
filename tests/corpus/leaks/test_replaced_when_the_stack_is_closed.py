from contextlib import ExitStack
from unittest import mock

import shop


def test_rate():
    stack = ExitStack()
    stack.enter_context(mock.patch.object(shop, "rate"))
    stack.close()
    shop.rate = mock.Mock(return_value=2)  # MLK201
    assert shop.rate("EUR") == 2
