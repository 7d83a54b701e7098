import sys
import unittest
from unittest import mock

from shop import testing


def test_driver():
    with testing.uncache("shop_driver"):
        sys.modules["shop_printer"] = mock.Mock()  # MLK203
    assert testing.driver()


class TestDriver(unittest.TestCase):
    def test_each(self):
        with self.subTest("shop_driver"):
            sys.modules["shop_driver"] = mock.Mock()  # MLK203
