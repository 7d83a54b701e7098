"""One original is put back in two places, the second of which is never read."""

import pytest
import shop.connection
from shop.pool import Pool


class FailingConnection:
    def connect(self):
        raise OSError


@pytest.fixture
def failing():
    original = shop.connection.Connection
    shop.connection.Connection = FailingConnection
    Pool.connection_class = FailingConnection
    try:
        yield
    finally:
        shop.connection.Connection = original
        Pool.connection_class = original
