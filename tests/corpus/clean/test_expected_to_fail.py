from unittest import TestCase, mock

import pytest

import shop


class TestRefused(TestCase):
    def test_start_is_handed_over(self):
        patcher = mock.patch("shop.no_such_thing")
        self.assertRaises(AttributeError, patcher.start)

    def test_start_raises(self):
        with self.assertRaisesRegex(AttributeError, "no_such_thing"):
            mock.patch.object(shop, "no_such_thing").start()

    def test_patch_raises(self):
        with self.assertRaises(TypeError):
            mock.patch("nothing")


def test_assignment_raises():
    with pytest.raises(AttributeError):
        shop.settings.LOCKED = mock.Mock()


def test_name_is_refused():
    price = mock.Mock()
    with pytest.raises(AttributeError):
        price.called_once_with(3)
