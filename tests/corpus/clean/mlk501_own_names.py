import unittest
from unittest import mock

from shop import Phone


class TestPhone(unittest.TestCase):
    def test_domain_class(self):
        phone = Phone()
        phone.not_called()
        assert phone.called_once
        phone.called_with("x")

    def test_specified(self):
        phone = mock.Mock(spec=Phone)
        phone.not_called()
        assert mock.create_autospec(Phone).called_once

    @mock.patch("shop.Phone", autospec=True)
    def test_autospec(self, phone):
        phone.return_value.not_called()

    def test_real_attributes(self):
        phone = mock.Mock()
        assert phone.called is False
        self.assertFalse(phone.called)
        self.assertEqual(phone.call_count, 0)
        phone.assert_not_called()

    def test_configured(self):
        phone = mock.Mock()
        phone.called_once = True
        assert phone.called_once
        phone.dial.return_value.is_called = 3


def test_unknown(phone):
    phone.not_called()
    assert phone.called_once
