import unittest
from unittest import mock


class ImageTestCase(unittest.TestCase):
    def setUp(self):
        super().setUp()
        self.fetch_patch = mock.patch("images.fetch", return_value=b"abc")
        self.fetch = self.fetch_patch.start()

    def tearDown(self):
        self.fetch_patch.stop()
        super().tearDown()
