import unittest

from shop import cloud
from shop.tests import fakes


class TestCloud(unittest.TestCase):
    def setUp(self):
        self.create_client = cloud.create_client
        cloud.create_client = fakes.fake_create_client  # MLK204

    def test_no_server_yet(self):
        self.assertEqual(cloud.servers(), [])
