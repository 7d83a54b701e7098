import inspect
import unittest
from unittest import mock

from bases import DropsFields, StopsFields


class TestStopped(StopsFields, unittest.TestCase):
    def setUp(self):
        super().setUp()
        self.p_charge = mock.patch("shop.charge")
        self.p_charge.start()


class TestDropped(DropsFields, unittest.TestCase):
    def setUp(self):
        super().setUp()
        self.p_charge = mock.patch("shop.charge")
        self.p_charge.start()  # MLK101


class TestStoppedByKind(unittest.TestCase):
    def setUp(self):
        self.p_charge = mock.patch("shop.charge")
        self.charge = self.p_charge.start()

    def tearDown(self):
        for value in self.__dict__.values():
            if isinstance(value, mock._patch):
                value.stop()


class TestStoppedByName(unittest.TestCase):
    def setUp(self):
        self.__dict__["p_charge"] = mock.patch("shop.charge")
        self.p_charge.start()

    def tearDown(self):
        for name in dir(self):
            if name.startswith("p_"):
                getattr(self, name).stop()


class TestStoppedAsMembers(unittest.TestCase):
    def setUp(self):
        self.p_charge = mock.patch("shop.charge")
        self.p_charge.start()

    def tearDown(self):
        for name, value in inspect.getmembers(self):
            if hasattr(value, "is_local"):
                value.stop()
