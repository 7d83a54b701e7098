from unittest import mock

import pytest
from shop import orders, stock


@pytest.fixture(scope="class")
def count(request):
    patcher = mock.patch.object(stock, "count", return_value=3)
    request.cls.count = patcher.start()
    request.addfinalizer(patcher.stop)


@pytest.fixture(scope="module")
def charge(request):
    patcher = mock.patch.object(orders, "charge")

    @request.addfinalizer
    def stop():
        patcher.stop()

    return patcher.start()


@pytest.mark.usefixtures("count")
class TestOrders:
    def test_count(self, charge):
        assert stock.count("book") == 3
        charge.assert_not_called()
