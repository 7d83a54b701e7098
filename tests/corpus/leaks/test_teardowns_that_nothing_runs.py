import unittest
from unittest import mock

import shop


class TestAdvice:
    def setup_method(self, method):
        self.patcher = mock.patch("shop.advice")
        self.patcher.start()  # MLK101

    def tearDown(self):
        self.patcher.stop()

    def test_advice(self):
        assert shop.advice()


class TestEnough(object):
    def setup_method(self):
        self.patcher = mock.patch("shop.enough")
        self.patcher.start()  # MLK101

    def teardwon_method(self):
        self.patcher.stop()

    def test_enough(self):
        assert shop.enough()


class TestRooms(unittest.IsolatedAsyncioTestCase):
    def setUp(self):
        self.patcher = mock.patch("shop.rooms")
        self.patcher.start()  # MLK101

    async def tearDown(self):
        self.patcher.stop()

    async def test_rooms(self):
        self.assertTrue(await shop.rooms())
