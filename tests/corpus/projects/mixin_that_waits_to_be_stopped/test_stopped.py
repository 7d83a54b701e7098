import unittest

import fixtures
import shop
from mixins import CleanedMixin, HourMixin


class TestOpen(HourMixin, unittest.TestCase):
    def tearDown(self):
        self.stop_hour()
        super().tearDown()

    def test_open(self):
        self.assertTrue(shop.is_open())


class Hour(CleanedMixin, fixtures.Fixture):
    pass


class TestByFixture(unittest.TestCase):
    def setUp(self):
        hour = Hour()
        hour.setUp()
        self.addCleanup(hour.cleanUp)

    def test_open(self):
        self.assertTrue(shop.is_open())
