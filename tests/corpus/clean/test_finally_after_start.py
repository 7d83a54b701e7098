import unittest
from unittest.mock import patch

from shop import stock


class TestStock(unittest.TestCase):
    def test_sold_out(self):
        patcher = patch.object(stock, "count", return_value=0)
        patcher.start()
        try:
            self.assertTrue(stock.is_sold_out("book"))
        finally:
            patcher.stop()
