import unittest
from unittest import mock

import shop


class TestRows(unittest.TestCase):
    def setUp(self):
        rows = shop.read("rows")
        self.reader = mock.patch("shop.open", mock.mock_open())
        self.reader.start().return_value.readlines.return_value = rows.split("\n")

    def tearDown(self):
        self.reader.stop()

    def test_rows(self):
        self.assertTrue(shop.rows())
