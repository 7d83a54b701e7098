import unittest
from unittest import mock

import pytest
import shop


@pytest.fixture(params=["card", "cash"])
def till(request):
    till_patch = mock.patch("shop.till")
    till_patch.start()  # MLK101
    yield request.param
    if request.param == "cash":
        return
    till_patch.stop()


@pytest.fixture
def meter(request):
    meter_patch = mock.patch.object(shop, "meter")
    fake = meter_patch.start()  # MLK101
    if not shop.FEATURES["metering"]:
        return fake
    request.addfinalizer(meter_patch.stop)
    return fake


class TestPrice(unittest.TestCase):
    def setUp(self):
        rate = mock.patch("shop.rate")
        rate.start()  # MLK101
        if shop.CLOSED:
            return
        self.addCleanup(rate.stop)

    def test_price(self):
        self.assertEqual(shop.price(2), 2)
