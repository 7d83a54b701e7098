from unittest import mock

import shop
from bases import CalledBase, DirectoryCase, ListCase, PlainBase


class TestStopped(ListCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        patcher = mock.patch("shop.rate", return_value=2)
        patcher.start()
        cls.class_patchers.append(patcher)

    def test_price(self):
        patcher = mock.patch("shop.rate", return_value=3)
        patcher.start()
        self.patchers.append(patcher)
        self.assertEqual(shop.price(2), 6)


class TestForgotten(ListCase):
    def test_price(self):
        patcher = mock.patch("shop.rate", return_value=3)
        patcher.start()  # MLK101
        self.forgotten.append(patcher)
        self.assertEqual(shop.price(2), 6)


class TestHidden(DirectoryCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        patcher = mock.patch("shop.rate", return_value=2)
        patcher.start()  # MLK101
        cls.class_patchers.append(patcher)

    def test_price(self):
        self.assertEqual(shop.price(2), 4)


class TestNeverCalled(PlainBase):
    def setup_method(self):
        super().setup_method()
        patcher = mock.patch("shop.rate", return_value=2)
        patcher.start()  # MLK101
        self.patchers.append(patcher)

    def test_price(self):
        assert shop.price(2) == 4


class TestCalled(CalledBase):
    def setup_method(self):
        super().setup_method()
        patcher = mock.patch("shop.rate", return_value=2)
        patcher.start()
        self.patchers.append(patcher)

    def test_price(self):
        assert shop.price(2) == 4
