import pytest
from shop import orders


@pytest.fixture
def charge(mocker):
    return mocker.patch("shop.orders.charge", return_value=True)


def test_order(charge, mocker):
    mail = mocker.patch.object(orders, "mail")
    mocker.patch.dict("os.environ", {"SHOP_DEBUG": "1"})
    orders.place_order("book")
    charge.assert_called_once_with(12)
    mail.assert_called_once_with("book")
