from unittest.mock import patch

import pytest

import shop as shop_module
from shop import TILLS


@pytest.fixture
def shop():
    found = shop_module.shop
    found.name = "Tea & Co"
    return found


@pytest.fixture
def tills():
    return TILLS


@pytest.fixture
def new_shop():
    return shop_module.Shop()


@pytest.fixture
def mailer():
    yield shop_module.shop.mailer
    shop_module.shop.mailer = shop_module.Mailer()


@pytest.fixture
def stopped():
    yield
    patch.stopall()
