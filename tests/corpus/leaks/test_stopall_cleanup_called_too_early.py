import unittest
from unittest.mock import patch

from shop.queue import drain


class TestQueue(unittest.TestCase):
    def setUp(self):
        patch("shop.queue.pop", return_value=None).start()
        self.addCleanup(patch.stopall())  # MLK104

    def test_is_empty(self):
        self.assertEqual(drain(), [])
