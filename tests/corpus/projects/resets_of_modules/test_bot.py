import unittest
from unittest import mock

import bot


class TestCounts(unittest.TestCase):
    def setUp(self):
        self.addCleanup(bot.reset)

    def test_handler(self):
        bot.HANDLERS["ping"] = mock.Mock()  # MLK205
        self.assertTrue(bot.answer("ping"))

    def test_reply(self):
        bot.HANDLERS.pop("ping", None)
        bot.REPLIES["ping"] = mock.Mock()
        self.assertIn("ping", bot.REPLIES)


class TestAll(unittest.TestCase):
    def tearDown(self):
        bot.reset_all()

    def test_handler(self):
        bot.HANDLERS["pong"] = mock.Mock()
        self.assertTrue(bot.answer("pong"))
