from unittest import mock

import pytest

import shop


@pytest.fixture
def own():
    kept = []
    yield kept
    for patcher in kept:
        patcher.stop()


def test_rate(started):
    patcher = mock.patch("shop.rate", return_value=3)
    patcher.start()  # MLK101
    started.append(patcher)
    assert shop.rate() == 3


def test_own(own):
    patcher = mock.patch("shop.rate", return_value=3)
    patcher.start()
    own.append(patcher)
    assert shop.rate() == 3
