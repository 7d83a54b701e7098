from unittest import mock

import pytest_asyncio
from shop.socket import listen


@pytest_asyncio.fixture
async def receive():
    patcher = mock.patch("shop.socket.receive", new_callable=mock.AsyncMock)
    yield patcher.start()
    patcher.stop()


async def test_echo(receive):
    receive.return_value = b"x"
    assert await listen() == b"x"
