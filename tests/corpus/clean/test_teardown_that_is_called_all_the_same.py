import secrets
from unittest import mock

import pytest

from shop import stock
from shop.testing import StockCase

counted = mock.patch("shop.stock.count", return_value=3)
weighed = mock.patch("shop.stock.weigh", return_value=1)


def setup():
    counted.start()


def teardown():
    counted.stop()


def start_weighing():
    weighed.start()


def stop_weighing():
    weighed.stop()


@pytest.fixture(autouse=True)
def _weighing(request):
    start_weighing()
    request.addfinalizer(stop_weighing)


class TestToken(StockCase):
    def setup_method(self):
        self.patcher = mock.patch("secrets.token_hex", return_value="00ff")
        self.patcher.start()

    def undo(self):  # the base calls it
        self.patcher.stop()

    def test_token(self):
        assert secrets.token_hex(2) == "00ff"
        assert stock.count() == 3
