from unittest import mock

import pytest
from shop.socket import listen


@pytest.mark.asyncio
async def test_echo():
    patcher = mock.patch("shop.socket.receive", new=mock.AsyncMock(return_value=b"x"))
    patcher.start()  # MLK102
    assert await listen() == b"x"
    patcher.stop()
