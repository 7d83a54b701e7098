# select: MLK206
"""A fixture of conftest.py keeps the environment as it was, for the tests that ask for it."""

import os


def test_key(environ):
    os.environ["SHOP_KEY"] = "secret"
    assert os.environ["SHOP_KEY"] == "secret"
