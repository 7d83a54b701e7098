import functools
import unittest
import weakref
from unittest import mock

_before = weakref.WeakKeyDictionary()


def isolated(module):
    def decorate(test):
        @functools.wraps(test)
        def wrapper(*args):
            kept = module.__dict__.copy()
            try:
                return test(*args)
            finally:
                module.__dict__.update(kept)

        return wrapper

    return decorate


def stops_all(cls):
    original = cls.setUp

    @functools.wraps(original)
    def setUp(self):
        self.addCleanup(mock.patch.stopall)
        original(self)

    cls.setUp = setUp
    return cls


def remember(case, *places):
    _before.setdefault(case, []).extend((owner, name, getattr(owner, name)) for owner, name in places)


class RememberingCase(unittest.TestCase):
    __hash__ = object.__hash__

    def tearDown(self):
        for owner, name, value in reversed(_before.pop(self, [])):
            setattr(owner, name, value)


class GuardedCase(unittest.TestCase):
    def __init_subclass__(cls, table=None, **options):
        super().__init_subclass__(**options)
        for name in [name for name in vars(cls) if name.startswith("test")]:
            setattr(cls, name, cls.guard(getattr(cls, name), table))

    @staticmethod
    def guard(test, table):
        @functools.wraps(test)
        def wrapper(self):
            kept = dict(table)
            try:
                return test(self)
            finally:
                table.clear()
                table.update(kept)

        return wrapper


class PlainCase(unittest.TestCase):
    """Puts nothing back."""

    def tearDown(self):
        for name in list(self.__dict__):
            del self.__dict__[name]


def setUp(self):
    self.kept = mock.sentinel.kept
