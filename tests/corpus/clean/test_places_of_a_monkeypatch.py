from unittest.mock import Mock

import pytest

from geo import lookup


def install(monkeypatch):
    monkeypatch.setattr("geo.lookup.whois", Mock())
    monkeypatch.setattr(lookup.Database, "find", Mock())


@pytest.fixture
def offline(monkeypatch):
    install(monkeypatch)


@pytest.fixture(scope="class")
def fast():
    patch = pytest.MonkeyPatch()
    patch.setattr("geo.lookup.wait", Mock())
    yield
    patch.undo()


@pytest.fixture
def small(request):
    patch = pytest.MonkeyPatch()
    patch.setattr(lookup, "SIZE", Mock())
    request.addfinalizer(patch.undo)


def test_handed_to_a_helper(offline):
    lookup.whois = Mock()
    lookup.Database.find = Mock()


def test_undone_with_the_class(fast):
    lookup.wait = Mock()


def test_undone_by_a_finalizer(small):
    lookup.SIZE = Mock()
