from unittest import mock

import pytest

from crawler import net


class Recorder:
    def __call__(self, path):
        self.path = path


@pytest.fixture
def upload(monkeypatch):
    recorder = Recorder()
    monkeypatch.setattr(net, "upload", recorder)
    return recorder


@pytest.fixture
def connection(upload):
    return net.connect()


@pytest.fixture
def clock():
    with mock.patch.object(net, "now", return_value=1):
        yield


def test_asks(upload):
    net.upload = mock.Mock()


def test_asks_through_another(connection):
    net.upload = mock.Mock()


def test_does_not_ask():
    net.upload = mock.Mock()  # MLK201


@pytest.mark.parametrize("path, size", [("a", 1), ("b", 2)])
def test_asks_for_others_only(path, size, tmp_path):
    net.upload = mock.Mock()  # MLK201


def test_asks_for_what_is_not_here(client):
    net.upload = mock.Mock()


def test_of_the_clock(clock):
    net.now = mock.Mock(return_value=2)


def test_without_the_clock(upload):
    net.now = mock.Mock(return_value=2)  # MLK201
