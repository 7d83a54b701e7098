import unittest

from shop import cloud
from shop.cloud_pb2_grpc import CloudStub
from shop.http import SmockHttp
from shop.samples import FAKE_SERVER, fake_server


class TestCloud(unittest.TestCase):
    def setUp(self):
        cloud.Stub = CloudStub
        cloud.Connection = SmockHttp
        cloud.SERVERS = [fake_server, FAKE_SERVER]

    def test_servers(self):
        self.assertEqual(2, len(cloud.servers()))
