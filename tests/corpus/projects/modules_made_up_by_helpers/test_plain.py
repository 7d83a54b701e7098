import draw
from stubs import stub_module


def test_plain():
    stub_module("fastplot", size=lambda: 5)  # MLK203
    assert draw.size() == 5
