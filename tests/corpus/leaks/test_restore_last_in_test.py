import unittest
from unittest.mock import Mock

from shop import weather


class TestWeather(unittest.TestCase):
    def test_sun(self):
        old_fetch = weather.fetch
        weather.fetch = Mock(return_value={"sky": "clear"})  # MLK202
        self.assertEqual(weather.describe("Rome"), "sunny")
        weather.fetch = old_fetch
