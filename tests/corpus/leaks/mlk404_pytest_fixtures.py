from unittest.mock import patch

import pytest


@pytest.fixture
def account():
    return "account"


@patch("shop.charge")
def test_fixture_of_the_file_first(account, charge):  # MLK404
    assert account == "account"


@patch("shop.charge")
def test_no_parameter():  # MLK404
    assert True


class TestShop:
    @patch("shop.charge")
    @patch("shop.refund")
    def test_one_fixture_between(self, refund, monkeypatch, charge):  # MLK404
        assert refund.call_count == 0
