from unittest import mock

import pytest
import shop


@pytest.fixture(autouse=True)
def keep_rate(monkeypatch):
    monkeypatch.setattr(shop, "rate", shop.rate)


@pytest.fixture(autouse=True)
def closed():
    with mock.patch("shop.is_open", return_value=False):
        yield


@pytest.fixture
def quiet(mocker):
    mocker.patch.object(shop, "log")


@pytest.fixture
def free(mocker):
    mocker.patch.object(shop, "tax")


@pytest.fixture(autouse=True)
def keep_greeting():
    greeting = shop.greeting
    yield
    shop.greeting = greeting
