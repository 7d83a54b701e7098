from unittest import mock


def test_started():
    mock.patch("shop.count").start()  # MLK101
