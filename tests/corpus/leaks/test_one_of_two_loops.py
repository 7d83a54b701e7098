import unittest
from unittest import mock

READERS = ("shop.io.read_csv", "shop.io.read_xlsx")
WRITERS = ("shop.io.write_csv", "shop.io.write_xlsx")


class TestConvert(unittest.TestCase):
    def setUp(self):
        self.readers = [mock.patch(name) for name in READERS]
        self.writers = [mock.patch(name) for name in WRITERS]
        for patcher in self.readers:
            patcher.start()
        for patcher in self.writers:
            patcher.start()  # MLK101

    def tearDown(self):
        for patcher in self.readers:
            patcher.stop()

    def test_nothing_is_written(self):
        from shop import io

        io.convert([])
        self.assertFalse(io.write_csv.called)
