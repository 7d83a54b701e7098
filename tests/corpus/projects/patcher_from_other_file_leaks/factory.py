from unittest import mock


def patch_display():
    return mock.patch("shop.display.get", return_value=mock.MagicMock())
