from unittest import mock

from shop.volumes import is_ready


class VolumeMock(mock.Mock):
    pass


VolumeMock.status = "available"


def test_is_ready():
    assert is_ready(VolumeMock())
