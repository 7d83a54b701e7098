import unittest

import mock


class Root(unittest.TestCase):
    def tearDown(self):
        mock.patch.stopall()
        super().tearDown()
