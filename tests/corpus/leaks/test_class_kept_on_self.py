import unittest
from unittest import mock

from shop.backends import HttpBackend


class TestBackend(unittest.TestCase):
    def setUp(self):
        self.klass = HttpBackend
        self.klass.send = mock.MagicMock(return_value="ok")  # MLK201

    def test_post(self):
        self.assertEqual(self.klass("http://localhost").post("x"), "ok")
