# select: MLK408
from unittest.mock import patch

import stock


@patch("shop.money.rounded")
@patch("stock.as_money")
def test_both_names(as_money, rounded):
    assert stock.price() is as_money.return_value


@patch("shop.rates.rate")  # MLK408
def test_that_calls_the_module(rate):
    assert stock.tax() > 1


@patch("shop.rates.rate")
def test_that_does_not(rate):
    pass


@patch("shop.money.Decimal")
def test_of_what_rounded_may_look_up(decimal):
    assert stock.price() == 1
