import unittest
from unittest import mock


class AsyncTestCase(unittest.IsolatedAsyncioTestCase):
    async def asyncTearDown(self):
        mock.patch.stopall()
        await super().asyncTearDown()


class CleaningTestCase(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        await super().asyncSetUp()
        self.addCleanup(mock.patch.stopall)
