import sys
from unittest import mock

import shop


def test_errors():
    sys.stderr = mock.Mock()
    try:
        shop.greet()
    finally:
        sys.stderr = sys.__stdout__  # MLK208
