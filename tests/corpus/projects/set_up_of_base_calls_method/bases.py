import unittest


class UserTestCase(unittest.TestCase):
    def setUp(self):
        super().setUp()
        self.prepare_user()

    def prepare_user(self):
        self.user = "nobody"
