import unittest
from unittest.mock import patch

from shop.queue import drain


class TestQueue(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.patcher = patch("shop.queue.pop", return_value=None)
        cls.patcher.start()
        cls.addClassCleanup(cls.patcher.stop())  # MLK104

    def test_is_empty(self):
        self.assertEqual(drain(), [])
