import sys
import types
from unittest import mock

import pytest

import shop

sys.modules["shop_driver"] = types.ModuleType("shop_driver")  # at import it may be there for all tests


def test_pops(request):
    sys.modules["shop_plugin"] = types.ModuleType("shop_plugin")
    try:
        assert shop.plugins()
    finally:
        sys.modules.pop("shop_plugin", None)


def test_under_patch():
    with mock.patch.dict("sys.modules"):
        sys.modules["shop_plugin"] = types.ModuleType("shop_plugin")
        assert shop.plugins()


@pytest.fixture
def plugin():
    module = types.ModuleType("shop_plugin")
    before = sys.modules.get("shop_plugin")
    sys.modules["shop_plugin"] = module
    yield module
    if before is None:
        del sys.modules["shop_plugin"]
    else:
        sys.modules["shop_plugin"] = before


@pytest.fixture
def register():
    names = []

    def add(name):
        sys.modules[name] = types.ModuleType(name)
        names.append(name)

    yield add
    for name in names:
        sys.modules.pop(name, None)


def test_module_of_its_own():
    outer = types.ModuleType("outer")
    outer.inner = types.ModuleType("outer.inner")
    assert outer.inner is not outer
