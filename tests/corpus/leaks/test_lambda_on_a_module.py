import shop.clock
from shop.greeting import greet


def test_good_morning():
    shop.clock.hour = lambda: 8  # MLK204
    assert greet() == "Good morning"
