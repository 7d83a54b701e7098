from unittest import mock

from shop.base import Plugin


def test_plugin_is_loaded():
    class Probe(Plugin):
        name = "probe"

    Probe.load = mock.Mock(return_value=3)
    Probe.check = staticmethod(lambda value: value > 2)
    assert Probe().run() == 3
