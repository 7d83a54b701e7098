from unittest import mock

from shop.tax import tax

rate_patch = mock.patch("shop.tax.rate", return_value=0.2)


def setup_module(module):
    rate_patch.start()


def teardown_module(module):
    rate_patch.stop()


def test_tax():
    assert tax(100) == 20
