from unittest.mock import patch

import pytest


@pytest.fixture
def account():
    return "account"


@patch("shop.charge")
def test_mock_first(charge, account):
    assert account == "account"


@pytest.mark.parametrize("amount", [1, 2])
@patch("shop.charge")
def test_parametrized(charge, amount):
    assert charge.call_count == 0


@patch("shop.request")
def test_mock_with_the_name_of_a_fixture(request):
    assert request.call_count == 0


@patch("shop.charge", autospec=True)
def test_keywords(charge, *, account):
    assert account == "account"
