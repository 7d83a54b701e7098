from unittest import mock

import pytest

import tide


class Tides:
    def __init__(self):
        self.patcher = mock.patch.object(tide, "fetch")

    def end(self):
        self.patcher.stop()


@pytest.fixture
def tides(request):
    tides = Tides()
    request.addfinalizer(tides.end)
    tides.patcher.start()
    return tides


def test_metres(tides):
    tide.unit = mock.Mock(return_value="m")  # MLK201
    assert tide.high("Brest") == "9 m"


def test_without():
    tide.fetch = mock.Mock(return_value=[9])  # MLK201
    assert tide.high("Brest") == "9 m"
