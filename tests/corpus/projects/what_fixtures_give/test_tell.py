from unittest import mock

import pytest

import shop as shop_module


def test_tell(shop):
    shop.mailer.send = mock.Mock()  # MLK201
    assert shop_module.tell("al")


def test_till(tills):
    tills["loud"] = mock.Mock()  # MLK205
    assert "loud" in shop_module.TILLS


def test_new(new_shop):
    new_shop.mailer.send = mock.Mock()
    assert new_shop.mailer.send("al")


def test_mailer(mailer):
    mailer.send = mock.Mock()
    assert shop_module.tell("al")


@pytest.mark.usefixtures("stopped")
class TestStopped:
    def test_rate(self):
        mock.patch("shop.rate", return_value=3).start()
        assert shop_module.rate() == 3


class TestNotStopped:
    def test_rate(self):
        mock.patch("shop.rate", return_value=3).start()  # MLK101
        assert shop_module.rate() == 3


class TestAsksForIt:
    def test_rate(self, stopped):
        mock.patch("shop.rate", return_value=3).start()
        assert shop_module.rate() == 3
