from unittest import mock

import pytest
from shop.socket import listen


@pytest.mark.asyncio
@mock.patch("shop.socket.receive", new_callable=mock.AsyncMock)
async def test_echo(receive):
    receive.return_value = b"hello"
    with mock.patch("shop.socket.log") as log:
        assert await listen() == b"hello"
    log.assert_called_once_with(b"hello")
