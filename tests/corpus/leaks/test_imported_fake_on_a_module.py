import unittest

from shop import cloud
from shop.tests import fakes
from shop.tests.test_http import CloudMockHttp


class TestCloud(unittest.TestCase):
    def setUp(self):
        self.create_client = cloud.create_client
        cloud.create_client = fakes.fake_create_client  # MLK204
        cloud.Connection = CloudMockHttp  # MLK204
        cloud.CONNECTIONS = (None, fakes.FakeConnection)  # MLK204

    def test_no_server_yet(self):
        self.assertEqual(cloud.servers(), [])
