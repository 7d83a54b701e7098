from unittest import mock

import pytest
from shop.tax import tax


@pytest.fixture
def rate(request):
    rate = mock.patch("shop.tax.rate").start()
    request.addfinalizer(rate.stop)  # MLK109
    return rate


def test_tax(rate):
    rate.return_value = 0.2
    assert tax(100) == 20
