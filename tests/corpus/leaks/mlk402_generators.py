from contextlib import contextmanager
from unittest.mock import patch

import pytest


@pytest.fixture(scope="module")
@patch("shop.charge")  # MLK402
def charge(charge):
    yield charge


@contextmanager
@patch("shop.refund", new=3)  # MLK402
def no_refund():
    try:
        yield
    finally:
        pass


@patch("shop.log")  # MLK402
async def lines(log):
    yield log
