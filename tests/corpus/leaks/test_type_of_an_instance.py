from unittest.mock import PropertyMock

from shop.accounts import Account


def test_overdrawn():
    account = Account("ada")
    type(account).balance = PropertyMock(return_value=-5)  # MLK201
    assert account.is_overdrawn()
