import pytest

import shop
from helpers import answering, later, rates


@pytest.mark.asyncio
async def test_charge():
    shop.gateway.charge = later("ok")  # MLK201
    assert await shop.gateway.charge(3) == "ok"
    shop.gateway.charge.assert_awaited_once_with(3)


def test_refund():
    original = shop.gateway.refund
    shop.gateway.refund = answering("ok")
    try:
        assert shop.gateway.refund(3) == "ok"
    finally:
        shop.gateway.refund = original


def test_rates():
    shop.RATES = rates()
    assert shop.RATES["EUR"] == 1
