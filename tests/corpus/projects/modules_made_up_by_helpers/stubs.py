import sys
import types
from unittest import mock


def stub_module(name, **attributes):
    """Make a library importable that is not installed."""
    module = types.ModuleType(name)
    vars(module).update(attributes)
    sys.modules[name] = module
    return module


def stub_for_the_test(case, name):
    patch = mock.patch.dict(sys.modules, {name: types.ModuleType(name)})
    patch.start()
    case.addCleanup(patch.stop)
