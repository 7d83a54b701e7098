import unittest
from unittest import mock

import shop.utils


class TestUtils(unittest.TestCase):
    def setUp(self):
        super(TestUtils, self).setUp()
        setattr(shop.utils, "execute", mock.Mock(return_value=("", "")))  # MLK201

    def test_list(self):
        self.assertEqual(shop.utils.list_disks(), [])
