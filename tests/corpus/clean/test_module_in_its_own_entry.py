"""A module that puts a wrapper of itself in its own entry of `sys.modules` means it to stay."""

import sys
import types
import warnings


class _Deprecated(types.ModuleType):
    def __init__(self, module):
        super().__init__(module.__name__)
        self._module = module

    def __getattr__(self, name):
        warnings.warn("use shop.testing", DeprecationWarning, stacklevel=2)
        return getattr(self._module, name)


def test_warns():
    assert sys.modules[__name__].test_warns is test_warns


sys.modules[__name__] = _Deprecated(sys.modules[__name__])
