import contextlib
import unittest
from unittest import mock


class TestListen(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        self.stack = contextlib.AsyncExitStack()
        self.addAsyncCleanup(self.stack.aclose)
        self.receive = self.stack.enter_context(mock.patch("shop.socket.receive"))

    async def test_echo(self):
        from shop.socket import listen

        self.receive.return_value = b"x"
        self.assertEqual(await listen(), b"x")
