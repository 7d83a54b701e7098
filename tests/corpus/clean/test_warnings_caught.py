"""`warnings.catch_warnings` puts `showwarning` back."""

import warnings
from unittest import mock

import shop


def test_warning_is_shown():
    shown = []

    def show(*args):
        shown.append(args)

    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.showwarning = show
        shop.old_price()
    assert len(shown) == 1


def test_warning_is_mocked():
    with warnings.catch_warnings():
        warnings.showwarning = mock.Mock()
        shop.old_price()
