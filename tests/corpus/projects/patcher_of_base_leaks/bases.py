import unittest
from unittest import mock


class ApiTestCase(unittest.TestCase):
    def setUp(self):
        super().setUp()
        self.check_patch = mock.patch("shop.api.check")
