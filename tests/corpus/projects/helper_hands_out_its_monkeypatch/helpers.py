import pytest


def replace(target, name, value):
    patch = pytest.MonkeyPatch()
    patch.setattr(target, name, value)
    return patch
