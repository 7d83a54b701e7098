from unittest import mock

from shop.plugins import REGISTRY, run


def test_runs_the_plugin():
    with mock.patch.dict(REGISTRY):
        REGISTRY["probe"] = mock.Mock(return_value=3)
        assert run("probe") == 3
