# select: MLK408
from unittest import mock
from unittest.mock import patch

import stock
from shop import money


@patch("shop.money.rounded")  # MLK408
def test_patched_where_it_is_defined(rounded):
    rounded.return_value = 1
    assert stock.price() == 1


@patch.object(money, "rounded", return_value=1)  # MLK408
def test_patched_where_it_is_defined_as_object(rounded):
    assert stock.price() == 1


@patch("shop.money.unused")
def test_of_what_the_module_only_imports(unused):
    assert stock.price() == 1


@patch("shop.money.round", return_value=1)
def test_of_what_the_defining_module_uses(rounded):
    assert stock.price() == 1


@mock.patch("shop.mail.send")
def test_through_the_module(send):
    stock.remind()
