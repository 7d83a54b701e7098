from unittest.mock import AsyncMock, Mock

from shop.bot import Bot


def test_bot_answers(bot, event_loop):
    bot.send = Mock()
    bot.http.get = AsyncMock(return_value="ok")
    assert isinstance(bot, Bot)
    bot.on_message("ping")
    bot.send.assert_called_once_with("pong")
