from unittest import mock

import pytest


@pytest.fixture
def charge():
    patcher = mock.patch("shop.orders.charge", return_value=True)
    return patcher.start()  # MLK101


@pytest.fixture
def mail():
    with mock.patch("shop.orders.mail") as mail:
        yield mail
