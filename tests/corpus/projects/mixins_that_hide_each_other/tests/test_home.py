import unittest
from unittest import mock

import home
from tests.mixins import FireMixin, ListMixin, ReadMixin


class HiddenTest(ReadMixin, FireMixin, unittest.TestCase):  # MLK101
    def test_read(self):
        self.assertEqual(home.read(), 21)


class InOrderTest(FireMixin, ReadMixin, unittest.TestCase):
    def test_read(self):
        self.assertEqual(home.read(), 21)


class AloneTest(ReadMixin, unittest.TestCase):
    def test_read(self):
        self.assertEqual(home.read(), 21)


class ListReplacedTest(ListMixin, unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()  # MLK101
        cls.patchers = [mock.patch("home.open", create=True)]
        for patcher in cls.patchers:
            patcher.start()

    def test_read(self):
        self.assertIsNotNone(home.read())


class ListAddedToTest(ListMixin, unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        patcher = mock.patch("home.open", create=True)
        patcher.start()
        cls.patchers.append(patcher)

    def test_read(self):
        self.assertIsNotNone(home.read())
