import unittest
from unittest import mock

import shop
import till
from helpers import JournalTestCase, ReloadingTestCase, rated, recorded, stubbed


def test_rates(mocker):
    rated(mocker)
    shop.RATES["eur"] = mocker.Mock()
    assert {"usd", "eur"} <= set(shop.RATES)


class RecordedTest(unittest.TestCase):
    def setUp(self):
        steps = recorded()
        self.log = next(steps)
        self.addCleanup(next, steps, None)

    def test_send(self):
        shop.send("hello")
        self.log.send.assert_called_once_with("hello")


class StubbedTest(unittest.TestCase):
    def setUp(self):
        self.price, self.restore = stubbed()

    def tearDown(self):
        self.restore()

    def test_price(self):
        self.assertEqual(shop.price(), 1)


class ReloadedTest(ReloadingTestCase):
    def test_charge(self):
        till.charge = shop.send = mock.Mock()
        till.charge()
        shop.send.assert_called_once_with()


class JournalTest(JournalTestCase):
    def setUp(self):
        super().setUp()
        self.price = self.replace(shop, "price", mock.Mock(return_value=1))

    def test_charge(self):
        charge = self.replace(till, "charge", mock.Mock())
        till.charge()
        charge.assert_called_once_with()

    def test_send(self):
        send = self.replace(shop, "send", mock.Mock())
        shop.send()
        send.assert_called_once_with()
