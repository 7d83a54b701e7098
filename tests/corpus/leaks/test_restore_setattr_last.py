from unittest.mock import MagicMock

import shop.weather


def test_rain():
    saved = getattr(shop.weather, "fetch")
    setattr(shop.weather, "fetch", MagicMock(return_value={"sky": "rain"}))  # MLK202
    assert shop.weather.describe("Bergen") == "rainy"
    setattr(shop.weather, "fetch", saved)
