import unittest
from unittest.mock import DEFAULT, patch

from shop import mailer


class TestMailer(unittest.TestCase):
    def setUp(self):
        patcher = patch.multiple("shop.mailer", connect=DEFAULT, login=DEFAULT)
        self.mocks = patcher.start()  # MLK101

    def test_logs_in(self):
        mailer.send("hello")
        self.assertTrue(self.mocks["login"].called)
