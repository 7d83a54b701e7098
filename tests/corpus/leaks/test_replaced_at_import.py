from unittest.mock import MagicMock

import shop.remote
from shop.models import Order

shop.remote.create_client = MagicMock()  # MLK201


def test_order_without_client():
    assert Order().total == 0
