import shop


class Recorder:
    """Records prices."""

    def __init__(self, original):
        self.original = original


def test_prices():
    original = shop.price_of
    shop.price_of = Recorder(original)  # MLK204
    shop.order("tea")

    original = shop.price_of
    shop.price_of = Recorder(original)
    try:
        shop.order("coffee")
    finally:
        shop.price_of = original


def test_names():
    original = shop.price_of
    shop.price_of = Recorder(original)
    try:
        shop.order("tea")
    finally:
        shop.name_of = original  # MLK208
