import unittest
from unittest import mock

import shop
from shop import Cart


class TestPayslip(unittest.TestCase):
    def setUp(self):
        shop.payroll = mock.Mock(return_value=100)
        shop.handler = mock.Mock()
        Cart.fetch = mock.Mock(return_value=[])
        Cart.total = mock.Mock(return_value=3)

    def tearDown(self):
        shop.payroll = None  # MLK208
        shop.handler = None
        del Cart.fetch  # MLK208
        del Cart.total

    def test_payslip(self):
        self.assertEqual(shop.payroll("e1"), 100)


class TestLimit(unittest.TestCase):
    def setUp(self):
        shop.handler = mock.Mock()
        self.real = shop.payroll
        shop.payroll = mock.Mock()

    def tearDown(self):
        delattr(shop, "handler")
        shop.payroll = None
        shop.payroll = self.real

    def test_limit(self):
        if shop.handler.call_count > 1:
            self.assertIsNone(shop.LIMIT)


class TestCalls(unittest.TestCase):
    def setUp(self):
        self.real = shop.payroll
        shop.payroll = mock.Mock()

    def tearDown(self):
        if shop.payroll.call_count > 1:
            shop.payroll = self.real  # MLK208

    def test_calls(self):
        self.assertTrue(shop.payroll())
