import sys
import types

import pytest


@pytest.fixture
def loaded(request):
    made = []
    for name in request.node.get_closest_marker("loaded").args:
        module = types.ModuleType(name)
        made.append(module)
        sys.modules[module.__name__] = module
    try:
        for module in made:
            parent, _, attribute = module.__name__.rpartition(".")
            if parent:
                setattr(sys.modules[parent], attribute, module)
        yield made
    finally:
        for module in made:
            sys.modules.pop(module.__name__, None)
