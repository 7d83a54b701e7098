import unittest
from unittest import mock
from unittest.mock import DEFAULT, patch


class TestCounts(unittest.TestCase):
    @patch("shop.charge")
    @patch("shop.refund")
    def test_one_parameter_for_two(self, refund):  # MLK404
        refund.assert_not_called()

    @patch("shop.charge")
    def test_two_parameters_for_one(self, charge, refund):  # MLK404
        refund.assert_not_called()

    @patch("shop.charge", new=mock.Mock())
    def test_given_value_is_not_passed(self, charge):  # MLK404
        charge.assert_not_called()

    @patch.dict("os.environ", {"A": "b"})
    def test_dict_is_not_passed(self, environ):  # MLK404
        self.assertTrue(environ)

    @patch.object(unittest, "skip", lambda reason: reason)
    def test_object_with_a_value(self, skip):  # MLK404
        skip.assert_not_called()

    @patch("shop.charge", DEFAULT)
    def test_default_is_passed(self):  # MLK404
        self.assertTrue(True)


@patch("shop.charge")
class TestOfDecoratedClass(unittest.TestCase):
    def test_without_the_mock_of_the_class(self):  # MLK404
        self.assertTrue(True)

    @patch("shop.refund")
    def test_without_one_of_two(self, refund):  # MLK404
        refund.assert_not_called()


class TestHook(unittest.TestCase):
    @patch("shop.refund")
    async def test_coroutine(self):  # MLK404
        self.assertTrue(True)
