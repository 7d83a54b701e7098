import unittest
from unittest import mock

import crawler
from crawler import settings
from tests.helpers import crawling, override_settings, with_market


class TestCrawling(unittest.TestCase):
    def test_in_the_block(self):
        with crawling() as mocks:
            mocks["fetch"].return_value = "http://x"
            crawler.fetch = lambda url: ""
            self.assertEqual("", crawler.fetch("x"))

    def test_behind_the_block(self):
        with crawling():
            self.assertIsNotNone(crawler.fetch("x"))
        crawler.fetch = lambda url: ""  # MLK204

    @with_market
    def test_under_the_decorator(self):
        crawler.sell = mock.Mock(side_effect=LookupError)
        self.assertRaises(LookupError, crawler.sell, 1)

    def test_without_the_decorator(self):
        crawler.sell = mock.Mock(side_effect=LookupError)  # MLK201
        self.assertRaises(LookupError, crawler.sell, 1)


class TestSettings(unittest.TestCase):
    def setUp(self):
        override = override_settings(BACKENDS={"default": 1})
        override.enable()
        self.addCleanup(override.disable)

    def test_backends(self):
        settings.BACKENDS["other"] = mock.Mock()
        self.assertIn("other", settings.BACKENDS)


class TestPlainSettings(unittest.TestCase):
    def test_backends(self):
        settings.BACKENDS["other"] = mock.Mock()  # MLK205
        self.assertIn("other", settings.BACKENDS)
