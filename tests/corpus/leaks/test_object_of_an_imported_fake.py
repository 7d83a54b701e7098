from unittest import TestCase

from shop import gateways
from shop.tests import fakes
from shop.tests.fakes import FakeGateway


class TestGateways(TestCase):
    def setUp(self):
        gateways.FIRST = FakeGateway("first")  # MLK204
        gateways.SECOND = fakes.StubGateway()  # MLK204

    def test_pays(self):
        self.assertTrue(gateways.pay(3))
