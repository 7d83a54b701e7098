import unittest
from unittest import mock


class Stopping(type):
    def __new__(mcs, name, bases, body):
        body["tearDown"] = lambda self: mock.patch.stopall()
        return super().__new__(mcs, name, bases, body)


class ByMetaclass(unittest.TestCase, metaclass=Stopping):
    pass


class ByInitSubclass(unittest.TestCase):
    def __init_subclass__(cls):
        cls.tearDown = lambda self: mock.patch.stopall()


class StopsAll(unittest.TestCase):
    def setUp(self):
        super().setUp()
        self.addCleanup(mock.patch.stopall)
