import unittest


class QuietTestCase(unittest.TestCase):
    def setUp(self):
        super().setUp()
        self.lines = []
