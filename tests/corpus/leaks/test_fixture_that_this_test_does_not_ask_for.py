"""Fixtures put back what tests replace, but only around those that use them."""

from unittest import mock

import pytest
import shop


@pytest.fixture
def quiet(monkeypatch):
    monkeypatch.setattr(shop, "log", shop.log)


@pytest.fixture
def closed():
    with mock.patch("shop.is_open"):
        yield


class TestShop:
    def setup_method(self):
        shop.is_open = mock.Mock()  # MLK201

    def test_log(self):
        shop.log = mock.Mock()  # MLK201
        assert shop.price(1) == 1

    def test_log_kept(self, quiet):
        shop.log = mock.Mock()
        assert shop.price(1) == 1

    def test_closed(self, closed):
        assert not shop.enter()
