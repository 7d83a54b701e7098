from unittest import TestCase

from shop import db


class Refusal:
    """Stands in for a method that tests may not call."""

    def __init__(self, method):
        self.wrapped = method


class TestWithoutDatabase(TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for name in ("connect", "cursor"):
            setattr(db.connection, name, Refusal(getattr(db.connection, name)))

    @classmethod
    def tearDownClass(cls):
        for name in ("connect", "cursor"):
            setattr(db.connection, name, getattr(db.connection, name).wrapped)
        super().tearDownClass()

    def test_nothing(self):
        self.assertTrue(db.connection)


class TestLive(TestWithoutDatabase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = db.serve()

    @classmethod
    def _end(cls):
        if hasattr(cls, "server"):
            cls.server.close()
            super().tearDownClass()

    @classmethod
    def tearDownClass(cls):
        cls._end()

    def test_serves(self):
        self.assertTrue(self.server)
