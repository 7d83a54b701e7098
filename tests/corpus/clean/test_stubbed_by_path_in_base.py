from unittest import mock

from shop import driver
from shop.tests import base


class TestDriver(base.TestCase):
    def setUp(self):
        self.stub_out("shop.driver.Driver._conn", mock.Mock())
        driver.Driver._conn.lookup = mock.Mock()

    def test_driver(self):
        self.assertTrue(driver.Driver())
