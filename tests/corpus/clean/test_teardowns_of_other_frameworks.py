import unittest
from unittest import mock

import shop
from twisted.trial.unittest import TestCase


class TestAdvice:
    def setUp(self):
        self.patcher = mock.patch("shop.advice")
        self.patcher.start()

    def tearDown(self):
        self.patcher.stop()

    def test_advice(self):
        assert shop.advice()


class TestRooms(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        self.patcher = mock.patch("shop.rooms")
        self.patcher.start()

    async def asyncTearDown(self):
        self.patcher.stop()

    async def test_rooms(self):
        self.assertTrue(await shop.rooms())


class TestBeds(TestCase):
    def setUp(self):
        self.patcher = mock.patch("shop.beds")
        self.patcher.start()

    async def tearDown(self):
        self.patcher.stop()

    def test_beds(self):
        self.assertTrue(shop.beds())


class TestNever(unittest.TestCase):
    async def setUp(self):
        mock.patch("shop.rooms").start()  # nothing awaits it

    def test_rooms(self):
        self.assertFalse(shop.rooms())
