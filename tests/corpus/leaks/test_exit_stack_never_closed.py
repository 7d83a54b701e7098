import unittest
from contextlib import ExitStack
from unittest.mock import patch


class TestImport(unittest.TestCase):
    def setUp(self):
        self.stack = ExitStack()
        self.open = self.stack.enter_context(patch("shop.importer.open_file"))  # MLK101
        self.parse = self.stack.enter_context(patch("shop.importer.parse"))  # MLK101

    def test_opens_then_parses(self):
        from shop.importer import run

        run("goods.csv")
        self.parse.assert_called_once_with(self.open.return_value)
