import unittest
from unittest.mock import Mock

from shop import backends


class TestBackend(unittest.TestCase):
    def test_retries(self):
        cls = backends.HttpBackend
        cls.send = Mock(side_effect=[TimeoutError, "ok"])  # MLK201
        self.assertEqual(cls("http://localhost").post("x"), "ok")
