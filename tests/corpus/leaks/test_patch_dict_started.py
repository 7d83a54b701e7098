import os
import unittest
from unittest.mock import patch

from shop.config import load


class TestConfig(unittest.TestCase):
    def setUp(self):
        self.environ = patch.dict(os.environ, {"SHOP_DEBUG": "1"})
        self.environ.start()  # MLK101

    def test_debug(self):
        self.assertTrue(load().debug)
