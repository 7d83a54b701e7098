import csv
import unittest
from unittest import mock


class CsvTests(unittest.TestCase):
    def setUp(self):
        self.reader_patch = mock.patch("csv.reader")
        self.writer_patch = mock.patch("csv.writer")
        self.reader = self.reader_patch.start()
        self.writer = self.writer_patch.start()
        self.shop_fields_patch = mock.patch("csv.field_size_limit")
        self.shop_fields_patch.start()

    def tearDown(self):
        for name in ("reader", "writer"):
            getattr(self, name + "_patch").stop()
        for name in ("fields",):
            getattr(self, f"shop_{name}_patch").stop()

    def test_read(self):
        self.reader.return_value = [["a"]]
        self.assertEqual(csv.reader("f"), [["a"]])
