import os

import pytest


@pytest.mark.environ("SHOP_MODE", "test")
def test_mode(marked_environ):
    assert os.environ["SHOP_MODE"] == "test"
