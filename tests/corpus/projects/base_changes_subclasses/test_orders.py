from unittest import mock

from bases import ByInitSubclass, ByMetaclass


class TestByMetaclass(ByMetaclass):
    def setUp(self):
        self.charge = mock.patch("shop.charge").start()


class TestByInitSubclass(ByInitSubclass):
    def setUp(self):
        self.charge = mock.patch("shop.charge").start()

    def tearDown(self):
        self.charge = None
