from unittest.mock import patch

from shop import proxy
from twisted.internet import defer
from twisted.trial import unittest


class ProxyTests(unittest.TestCase):
    def setUp(self):
        patcher = patch.object(proxy, "get_page")
        self.get_page = patcher.start()
        self.addCleanup(patcher.stop)

    @defer.inlineCallbacks
    def test_fetch(self):
        self.get_page.return_value = defer.succeed(b"page")
        page = yield proxy.fetch("http://localhost/")
        self.assertEqual(page, b"page")
