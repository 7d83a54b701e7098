from dataclasses import dataclass, field
from unittest import mock

import pytest

import tide


@dataclass
class Tides:
    levels: list
    patchers: list = field(default_factory=list)

    def begin(self):
        self.patchers.append(mock.patch.object(tide, "fetch", return_value=self.levels))
        return [patcher.start() for patcher in self.patchers]

    def end(self):
        for patcher in self.patchers:
            patcher.stop()


@pytest.fixture
def tides(request):
    tides = Tides([1, 4, 2])
    request.addfinalizer(tides.end)
    tides.begin()
    return tides


def test_metres(tides):
    tide.fetch = mock.Mock(return_value=[9])
    assert tide.high("Brest") == "9 m"
