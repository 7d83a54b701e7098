from contextlib import contextmanager
from unittest import mock

import shop


class BrokenStore:
    def load(self, key):
        raise LookupError(key)


@contextmanager
def stored_by(name, store):
    before = shop.STORES[name]
    shop.STORES[name] = store  # MLK202
    yield
    shop.STORES[name] = before


@contextmanager
def replaced(owner, name, value):
    before = getattr(owner, name)
    setattr(owner, name, value)  # MLK202
    yield
    setattr(owner, name, before)


@contextmanager
def changed(owner, name, value):
    before = getattr(owner, name)
    setattr(owner, name, value)
    yield
    setattr(owner, name, before)


@contextmanager
def safely(owner, name, value):
    before = getattr(owner, name)
    setattr(owner, name, value)
    try:
        yield
    finally:
        setattr(owner, name, before)


@contextmanager
def kept(owner, name):
    before = getattr(owner, name)
    try:
        yield
    finally:
        setattr(owner, name, before)


def test_store():
    with stored_by("sql", BrokenStore):
        assert shop.load(1) is None


def test_replaced():
    with replaced(shop, "send", mock.Mock()):
        assert shop.order() == 1


def test_number():
    with changed(shop, "TIMEOUT", 3):
        assert shop.order() == 1


def test_own_object():
    with changed(shop.Till(), "open", mock.Mock()):
        assert shop.order() == 1


def test_safely():
    with safely(shop, "receive", mock.Mock()):
        assert shop.order() == 1


def test_kept():
    with kept(shop, "charge"):
        shop.charge = mock.Mock()
        assert shop.order() == 1
