from unittest.mock import patch

from shop.proxy import fetch_page
from twisted.internet import defer
from twisted.trial import unittest


class FetchTests(unittest.TestCase):
    def setUp(self):
        self.get_page = patch("shop.proxy.get_page").start()  # MLK101

    @defer.inlineCallbacks
    def test_fetch(self):
        self.get_page.return_value = defer.succeed(b"page")
        page = yield fetch_page("http://localhost/")
        self.assertEqual(page, b"page")
