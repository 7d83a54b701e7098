from unittest import mock

import mail
from bases import AsyncTestCase, CleaningTestCase


class TestForgets(AsyncTestCase):
    async def asyncSetUp(self):
        await super().asyncSetUp()
        mock.patch("mail.send").start()  # MLK101

    async def asyncTearDown(self):
        self.box = None

    async def test_send(self):
        self.assertIsNotNone(await mail.deliver("hi"))


class TestCalls(AsyncTestCase):
    async def asyncSetUp(self):
        await super().asyncSetUp()
        mock.patch("mail.send").start()

    async def asyncTearDown(self):
        self.box = None
        await super().asyncTearDown()

    async def test_send(self):
        self.assertIsNotNone(await mail.deliver("hi"))


class TestNeverRegistered(CleaningTestCase):
    async def asyncSetUp(self):
        mock.patch("mail.send").start()  # MLK101

    async def test_send(self):
        self.assertIsNotNone(await mail.deliver("hi"))


class TestRegistered(CleaningTestCase):
    def setUp(self):
        mock.patch("mail.send").start()

    async def test_send(self):
        self.assertIsNotNone(await mail.deliver("hi"))
