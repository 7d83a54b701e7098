import unittest
from unittest import mock


class Cleaning(unittest.TestCase):
    def setUp(self):
        super().setUp()
        self.addCleanup(mock.patch.stopall)


class Plain(unittest.TestCase):
    pass


def cleaning_base():
    return Cleaning


def plain_base():
    return Plain
