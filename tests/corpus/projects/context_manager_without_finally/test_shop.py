import unittest
from unittest.mock import Mock

import pytest

import shop
from swap import limited, outbox, swapped, swapped_for_sure


class TestRate(unittest.TestCase):
    def test_swapped(self):
        with swapped(shop, "rate", Mock(return_value=2)):  # MLK202
            self.assertEqual(shop.rate(), 2)

    def test_swapped_by_lambda(self):
        with swapped(shop, "rate", lambda: 2):  # MLK202
            self.assertEqual(shop.rate(), 2)

    def test_swapped_for_sure(self):
        with swapped_for_sure(shop, "rate", Mock(return_value=2)):
            self.assertEqual(shop.rate(), 2)

    def test_left_when_the_test_ends(self):
        self.enterContext(swapped(shop, "rate", Mock(return_value=2)))
        self.assertEqual(shop.rate(), 2)

    def test_plain_value(self):
        with limited(9):
            self.assertEqual(shop.LIMIT, 9)

    def test_attribute_of_its_own(self):
        till = Mock()
        with swapped(till, "rate", Mock(return_value=2)):
            self.assertEqual(till.rate(), 2)


class TestSend(unittest.TestCase):
    def test_send(self):
        with outbox() as sent:
            shop.send()
            self.assertEqual(sent, ["sent"])


@pytest.fixture
def sent():
    with outbox() as made:
        yield made


def test_fixture(sent):
    shop.send()
    assert sent == ["sent"]
