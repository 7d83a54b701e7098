from unittest.mock import Mock

from shop import proxy
from twisted.trial import unittest


class ProxyTests(unittest.TestCase):
    def setUp(self):
        self.get_page = Mock(return_value=b"page")
        self.patch(proxy, "get_page", self.get_page)

    def test_fetch(self):
        self.assertEqual(proxy.fetch("http://localhost/"), b"page")
