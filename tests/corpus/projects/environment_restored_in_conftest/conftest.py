"""An entry whose name is computed is not the entry of another function, which puts back its own."""

import contextlib
import os

import pytest


@contextlib.contextmanager
def forked_state_kept():
    before = os.environ.get("SHOP_FORKED")
    try:
        yield
    finally:
        if before is None:
            os.environ.pop("SHOP_FORKED", None)
        else:
            os.environ["SHOP_FORKED"] = before


@pytest.fixture
def marked_environ(request):
    name, value = request.node.get_closest_marker("environ").args
    previous = os.environ.get(name)
    os.environ[name] = value
    try:
        yield
    finally:
        if previous is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = previous
