import shop
from tests.helpers import replace_rate


def test_forgotten():
    replace_rate()  # MLK201
    assert shop.price(2) == 6
