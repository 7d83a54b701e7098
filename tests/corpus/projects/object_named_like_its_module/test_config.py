"""A package that names an object like the module it comes from hides the module."""

from unittest import mock

from published import config


@mock.patch("catalog.config.filename", "shop.cfg")
def test_object():
    assert mock.sentinel.a


def test_published():
    with mock.patch.object(config, "filename", "shop.cfg"):
        assert config.filename == "shop.cfg"


@mock.patch("starred.config.filename", "shop.cfg")
def test_starred():
    assert mock.sentinel.a


@mock.patch("plain.config.filename", "shop.cfg")  # MLK407
def test_module():
    assert mock.sentinel.a
