import unittest
from unittest.mock import MagicMock, Mock, patch

import shop

fake = Mock()  # MLK301


def pay(client=MagicMock()):  # MLK303
    client.charge(3)


@patch.object(shop, "rate", MagicMock())  # MLK302
class TestRate(unittest.TestCase):
    def test_once(self):
        fake(1)
        fake.assert_called_once_with(1)
        shop.rate()
        shop.rate.assert_called_once_with()

    def test_again(self):
        fake.side_effect = ValueError
        self.assertRaises(ValueError, fake)
        shop.rate()
        shop.rate.assert_called_once_with()


@patch.multiple("shop", price=Mock(), charge=Mock(), tax=3)  # MLK302
class TestPrice(unittest.TestCase):
    def test_once(self):
        shop.charge()
        assert shop.charge.call_count == 1

    def test_again(self):
        shop.charge()
        assert shop.charge.call_count == 1


@patch.multiple("shop", price=Mock(return_value=3), charge=lambda: 3)
class TestCharge(unittest.TestCase):
    def test_once(self):
        self.assertEqual(shop.price(), shop.charge())

    def test_again(self):
        self.assertEqual(shop.charge(), shop.price())
