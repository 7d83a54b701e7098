import unittest
from unittest.mock import patch

from shop import login


class LoginTest(unittest.TestCase):
    def setUp(self):
        self.patcher = patch("shop.login.find_user")
        self.find_user = self.patcher.start()  # MLK101
        self.patcher = patch("shop.login.hash_password", return_value="x")
        self.patcher.start()

    def tearDown(self):
        self.patcher.stop()

    def test_unknown_user(self):
        self.find_user.return_value = None
        self.assertFalse(login.check("ada", "pw"))
