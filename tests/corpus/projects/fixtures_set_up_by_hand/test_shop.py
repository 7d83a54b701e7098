import unittest

import shop
import testtools
from testlib import HostFixture, RowsFixture


class TestForgotten(unittest.TestCase):
    def setUp(self):
        super().setUp()
        self.host = HostFixture()
        self.host.setUp()  # MLK101

    def test_host(self):
        self.assertEqual(shop.host(), "box")


class TestCleanup(unittest.TestCase):
    def setUp(self):
        super().setUp()
        self.host = HostFixture()
        self.host.setUp()
        self.addCleanup(self.host.cleanUp)

    def test_host(self):
        self.assertEqual(shop.host(), "box")


class TestTearDown(unittest.TestCase):
    def setUp(self):
        self.host = HostFixture()
        self.host.setUp()
        self.rows = RowsFixture()
        self.rows.setUp()

    def tearDown(self):
        self.host.cleanUp()

    def test_host(self):
        self.assertEqual(shop.host(), "box")


class TestUsed(testtools.TestCase):
    def setUp(self):
        super().setUp()
        self.host = self.useFixture(HostFixture())

    def test_host(self):
        self.assertEqual(shop.host(), "box")

    def test_with(self):
        with HostFixture():
            self.assertEqual(shop.host(), "box")
