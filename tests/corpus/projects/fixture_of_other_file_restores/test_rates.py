from unittest import mock

import rates
import testtools
from shop_fixtures import Loader, Rates


class TestRates(testtools.TestCase):
    def setUp(self):
        super().setUp()
        self.useFixture(Rates())
        self.useFixture(Loader())

    def test_table(self):
        rates.TABLE = mock.Mock()
        self.assertTrue(rates.TABLE.get("EUR"))

    def test_load(self):
        rates.load = mock.Mock()
        rates.load()


class TestLoader(testtools.TestCase):
    def setUp(self):
        super().setUp()
        self.useFixture(Loader())

    def test_cleanup(self):
        rates.cleanup = mock.Mock()  # MLK201
        rates.cleanup()
