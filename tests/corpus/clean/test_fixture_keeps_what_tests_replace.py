"""A fixture for all tests sets attributes to what they are, so that pytest puts them back whatever tests do to them."""

import os.path
from unittest import mock

import pytest
import shop


@pytest.fixture(autouse=True)
def keep_paths(monkeypatch):
    monkeypatch.setattr(os.path, "join", os.path.join)
    monkeypatch.setattr("shop.rate", shop.rate)


@pytest.fixture
def quiet(mocker):
    mocker.patch.object(shop, "log")


@pytest.fixture
def quiet_shop(quiet):
    return shop


@pytest.fixture
def closed():
    with mock.patch("shop.is_open", return_value=False):
        yield


class TestPaths:
    def test_backslashes(self):
        os.path.join = lambda *parts: "\\".join(parts)
        assert shop.receipt_path("a") == "receipts\\a"


def test_rate():
    shop.rate = mock.Mock(return_value=2)
    assert shop.price(1) == 2


def test_log(quiet_shop):
    shop.log = mock.Mock()
    quiet_shop.price(1)
    shop.log.assert_called_once_with("price")


def test_open_after_all(closed):
    shop.is_open = lambda: True
    assert shop.enter()


@pytest.mark.usefixtures("closed")
def test_closed_twice():
    shop.is_open = mock.Mock(side_effect=[False, False])
    assert not shop.enter()


def test_named_by_mocker(mocker):
    mocker.patch("shop.tax")
    shop.tax = lambda amount: 0
    assert shop.price(1) == 1
