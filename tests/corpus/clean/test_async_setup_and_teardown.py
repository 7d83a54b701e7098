import unittest
from unittest.mock import AsyncMock, patch

from shop.socket import listen


class TestListen(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        self.patcher = patch("shop.socket.receive", new_callable=AsyncMock)
        self.receive = self.patcher.start()

    async def asyncTearDown(self):
        self.patcher.stop()

    async def test_echo(self):
        self.receive.return_value = b"hello"
        self.assertEqual(await listen(), b"hello")
