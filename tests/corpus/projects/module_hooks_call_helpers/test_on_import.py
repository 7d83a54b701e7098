import shop
from helpers import price_patcher

patcher = price_patcher()
patcher.start()  # MLK107


def test_price():
    assert shop.price() is not None
