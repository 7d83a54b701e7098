import unittest
from unittest import mock


class PatchingTestCase(unittest.TestCase):
    def tearDown(self):
        mock.patch.stopall()
