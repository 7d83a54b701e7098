import pytest


@pytest.fixture
def setting(request):
    module, name, value = request.node.get_closest_marker("setting").args
    before = getattr(module, name, None)
    setattr(module, name, value)
    try:
        yield
    finally:
        setattr(module, name, before)
