import unittest
from unittest import mock

import till
from support import GuardedCase, PlainCase, RememberingCase, isolated, remember, stops_all


class IsolatedTest(unittest.TestCase):
    @isolated(till)
    def test_charge(self):
        till.charge = mock.Mock(return_value=1)
        self.assertEqual(till.charge(), 1)


@stops_all
class StoppedTest(unittest.TestCase):
    def setUp(self):
        self.charge = mock.patch("till.charge").start()

    def test_charge(self):
        till.charge()
        self.charge.assert_called_once_with()


class RememberedTest(RememberingCase):
    def setUp(self):
        remember(self, (till.Till, "open"))
        till.Till.open = mock.Mock(return_value=1)

    def test_open(self):
        self.assertEqual(till.Till().open(), 1)


class GuardedTest(GuardedCase, table=till.FORMATS):
    def test_format(self):
        till.FORMATS["csv"] = mock.Mock()
        self.assertIn("csv", till.FORMATS)


class PlainTest(PlainCase):
    def test_charge(self):
        till.charge = mock.Mock(return_value=1)  # MLK201
        self.assertEqual(till.charge(), 1)
