from shop.lamp import blink


def test_blink():
    assert blink(times=2) == 4
