import sys
from unittest import mock


def test_falls_back_to_the_stub():
    cups = mock.MagicMock()
    sys.modules["cups"] = cups  # MLK202
    from shop.printing import print_label

    print_label("label.pdf")
    assert cups.Connection.called
    del sys.modules["cups"]
