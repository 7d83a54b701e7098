from unittest import mock

import pytest

import shop

rate = mock.patch("shop.rate", return_value=2)


@pytest.fixture(autouse=True)
def no_real_rate():
    rate.start()
    yield
    rate.stop()


def test_rate():
    assert shop.rate() == 2


def test_started_again():
    found = rate.start()  # MLK106
    assert shop.rate() == 2
    found.assert_called_once_with()
