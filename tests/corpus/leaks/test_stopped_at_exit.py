import atexit
import unittest
from unittest import mock

import pytest
import shop


class TestPrice(unittest.TestCase):
    def setUp(self):
        rate = mock.patch("shop.rate", return_value=2)
        rate.start()  # MLK108
        atexit.register(rate.stop)

    def test_price(self):
        self.assertEqual(shop.price(2), 4)


@pytest.fixture(scope="session")
def till():
    till_patch = mock.patch("shop.till")
    return till_patch.start()  # MLK101


def test_till(till):
    assert shop.pay() is till.return_value
