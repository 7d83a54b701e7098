import atexit
from unittest import mock

import pytest
import shop


@pytest.fixture(scope="session")
def till():
    till_patch = mock.patch("shop.till")
    yield till_patch.start()
    till_patch.stop()


@pytest.fixture(scope="session")
def server():
    rate = mock.patch("shop.rate")
    rate.start()
    atexit.register(rate.stop)


def test_till(till):
    assert shop.pay() is till.return_value
